import { expect, it } from 'vitest';
import { LOOK_HEIGHT, LOOK_WIDTH } from './look-size.js';
import { SOFT_HEIGHT, SOFT_WIDTH, softened } from './soft-picture.js';

function drawn(light: (x: number, y: number) => number): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(LOOK_WIDTH * LOOK_HEIGHT * 4).fill(255);
  for (let y = 0; y < LOOK_HEIGHT; y += 1)
    for (let x = 0; x < LOOK_WIDTH; x += 1)
      pixels.fill(light(x, y), (y * LOOK_WIDTH + x) * 4, (y * LOOK_WIDTH + x) * 4 + 3);
  return pixels;
}

function range(soft: Uint8ClampedArray): number {
  const light = soft.filter((_, at) => at % 4 === 0);
  return Math.max(...light) - Math.min(...light);
}

it.each([2, 4, 6])('leaves nothing to tell of a pattern of %d pixels, black and white', (check) => {
  const soft = softened(drawn((x, y) => ((Math.floor(x / check) + Math.floor(y / check)) % 2) * 255));
  expect(range(soft)).toBeLessThan(40);
});

it('keeps what is large, in its place, and lets nothing shine through', () => {
  const soft = softened(drawn((x) => (x < LOOK_WIDTH / 2 ? 0 : 255)));
  expect(soft).toHaveLength(SOFT_WIDTH * SOFT_HEIGHT * 4);
  expect([soft[0], soft[(SOFT_WIDTH - 1) * 4]]).toEqual([0, 255]);
  expect(soft.filter((_, at) => at % 4 === 3).every((opacity) => opacity === 255)).toBe(true);
});
