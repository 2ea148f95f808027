/** How loud sound samples are, from 0 to 1 as a meter shows it: a quiet voice is well above nothing. */

export function loudnessOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  return Math.min(1, power ** 0.25 * 1.6);
}

/** On the same scale: a voice, and not the room. */
export const heardLoudness = 0.25;
