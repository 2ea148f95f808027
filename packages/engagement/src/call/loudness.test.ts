import { expect, it } from 'vitest';
import { heardLoudness, loudnessOf } from './loudness.js';

const tone = (peak: number) => Float32Array.from({ length: 2048 }, (_, at) => peak * Math.sin(at / 7));

it('a voice is heard and a room is not, on a scale from 0 to 1', () => {
  expect(loudnessOf(new Float32Array(0))).toBe(0);
  expect(loudnessOf(tone(0))).toBe(0);
  expect(loudnessOf(tone(0.001))).toBeLessThan(heardLoudness);
  expect(loudnessOf(tone(0.05))).toBeGreaterThan(heardLoudness);
  expect(loudnessOf(tone(0.5))).toBeGreaterThan(loudnessOf(tone(0.05)));
  expect(loudnessOf(tone(1))).toBe(1);
});
