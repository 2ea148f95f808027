import { expect, it } from 'vitest';
import { attempt } from './attempt.js';

it('reads what may throw, and something else where it throws', () => {
  const element = {
    value: 'typed',
    get type(): string {
      throw new Error('of the page');
    },
  };
  expect(attempt(() => element.value, '')).toBe('typed');
  expect(attempt(() => element.type, 'unknown')).toBe('unknown');
});
