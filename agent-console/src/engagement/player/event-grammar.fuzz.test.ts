/** Random streams at the event grammar: nothing throws, and nothing passes that is not of the grammar. */

import { expect, it } from 'vitest';
import { fuzzGrammar } from '../../../test/fuzz-grammar.js';

it('takes of random streams only what is in the grammar, and throws at none', { timeout: 60_000 }, () => {
  const { broken, passed, refused } = fuzzGrammar(1, 4_000);
  expect(broken).toBeUndefined();
  expect(passed).toBeGreaterThan(1_000);
  expect(refused).toBeGreaterThan(50);
});
