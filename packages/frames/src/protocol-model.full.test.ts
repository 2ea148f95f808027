/** The random walks of the protocol, many and long. */

import { describe, expect, it } from 'vitest';
import { walkAtRandom } from '../test/random-walk.js';

const FIRST_SEED = 10_000;
const WALKS = 250;

describe('a view', () => {
  it('is never wrong on any of many random walks, and whole again after each', {
    timeout: 1_200_000,
  }, async () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + WALKS; seed += 1) {
      const { wrong, steps } = await walkAtRandom(seed, 20 + (seed % 120));
      expect(wrong, `seed ${seed}: ${steps.join('; ')}`).toBeUndefined();
    }
  });
});
