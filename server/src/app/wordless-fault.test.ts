import { describe, expect, it } from 'vitest';
import { wordlessFault } from './wordless-fault.js';

const said = 'my card is 4111';

describe('An error that nobody caught', () => {
  it('is told by its class and its places', () => {
    const told = wordlessFault(new TypeError(said));
    expect(told).toMatch(/^an uncaught TypeError\n\s+at .*wordless-fault\.test\.ts/);
    expect(told).not.toContain('4111');
  });

  it.each([
    ['words in several lines that look like places', new Error(`No row\n    at ${said}`)],
    ['words that were changed later', Object.assign(new Error(said), { message: 'short' })],
    ['a name made of something', Object.assign(new Error('x'), { name: said })],
    ['a stack of its own', Object.assign(new Error('x'), { stack: said })],
    ['something else', said],
  ])('says nothing of %s', (_of, error) => {
    expect(wordlessFault(error)).not.toContain('4111');
  });
});
