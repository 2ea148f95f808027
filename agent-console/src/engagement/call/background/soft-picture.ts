/** A picture so small and soft that nothing can be read from it, which is then drawn large. */

import { LOOK_HEIGHT, LOOK_WIDTH } from './look-size.js';

const SHRINK = 4;
export const SOFT_WIDTH = LOOK_WIDTH / SHRINK;
export const SOFT_HEIGHT = LOOK_HEIGHT / SHRINK;
/** Of the small picture's pixels, each of which is a sixty-fourth of the width; three times is nearly Gaussian. */
const RADIUS = 2;
const ROUNDS = 3;

/** From RGBA bytes of the size in which frames are looked at. */
export function softened(pixels: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  let soft = shrunk(pixels);
  for (let round = 0; round < ROUNDS; round += 1) {
    soft = averaged(soft, { count: SOFT_WIDTH, step: 4, lines: SOFT_HEIGHT, lineStep: SOFT_WIDTH * 4 });
    soft = averaged(soft, { count: SOFT_HEIGHT, step: SOFT_WIDTH * 4, lines: SOFT_WIDTH, lineStep: 4 });
  }
  return new Uint8ClampedArray(soft);
}

function shrunk(pixels: Uint8ClampedArray): Float32Array<ArrayBuffer> {
  const small = new Float32Array(SOFT_WIDTH * SOFT_HEIGHT * 4);
  const share = 1 / (SHRINK * SHRINK);
  for (let y = 0; y < LOOK_HEIGHT; y += 1) {
    for (let x = 0; x < LOOK_WIDTH; x += 1) {
      const from = (y * LOOK_WIDTH + x) * 4;
      const to = (Math.floor(y / SHRINK) * SOFT_WIDTH + Math.floor(x / SHRINK)) * 4;
      for (let channel = 0; channel < 4; channel += 1)
        small[to + channel] = (small[to + channel] ?? 0) + (pixels[from + channel] ?? 0) * share;
    }
  }
  return small;
}

interface Lines {
  readonly count: number;
  readonly step: number;
  readonly lines: number;
  readonly lineStep: number;
}

/** Each pixel becomes the middle of those around it on its line; beyond the edges the last one goes on. */
function averaged(from: Float32Array, { count, step, lines, lineStep }: Lines): Float32Array<ArrayBuffer> {
  const to = new Float32Array(from.length);
  const share = 1 / (RADIUS * 2 + 1);
  for (let line = 0; line < lines; line += 1) {
    for (let at = 0; at < count; at += 1) {
      for (let off = -RADIUS; off <= RADIUS; off += 1) {
        const near = line * lineStep + Math.min(count - 1, Math.max(0, at + off)) * step;
        const here = line * lineStep + at * step;
        for (let channel = 0; channel < 4; channel += 1)
          to[here + channel] = (to[here + channel] ?? 0) + (from[near + channel] ?? 0) * share;
      }
    }
  }
  return to;
}
