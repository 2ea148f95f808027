/** The fuzz of the event grammar at its full length. */

import { expect, it } from 'vitest';
import { fuzzGrammar } from '../../../test/fuzz-grammar.js';

const INPUTS = 1_000_000;

it('takes of a million random inputs only what is in the grammar', { timeout: 1_200_000 }, () => {
  const { broken, inputs } = fuzzGrammar(2, INPUTS);
  expect(broken).toBeUndefined();
  expect(inputs).toBeGreaterThanOrEqual(INPUTS);
});
