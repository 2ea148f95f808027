/** The fuzz of the frame codec at its full length. */

import { expect, it } from 'vitest';
import { fuzzCodec } from '../test/fuzz-codec.js';

const INPUTS = 1_000_000;

it('takes none of a million inputs for what it is not, and throws at none', { timeout: 1_200_000 }, () => {
  const { broken, inputs } = fuzzCodec(2, INPUTS);
  expect(broken).toBeUndefined();
  expect(inputs).toBe(INPUTS);
});
