import { expect, it } from 'vitest';
import { afterCalls } from './patched-method.js';

it('tells nobody after its end, though the page has put its own patch over it', () => {
  const owner = { greet: (name: string) => `hello ${name}` };
  const told: unknown[] = [];
  const end = afterCalls(owner, 'greet', (_, [name]) => told.push(name));
  const ours = owner.greet;
  owner.greet = (name) => ours(name).toUpperCase();
  expect(owner.greet('one')).toBe('HELLO ONE');
  end();
  expect(owner.greet('two')).toBe('HELLO TWO');
  expect(told).toEqual(['one']);
});
