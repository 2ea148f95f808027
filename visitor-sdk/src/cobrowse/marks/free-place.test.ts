import { describe, expect, it } from 'vitest';
import { overlap } from '../../embedding/panel-boxes.js';
import { freePlace } from './free-place.js';

const words = { width: 200, height: 40 };
const banner = { left: 210, top: 10, width: 380, height: 90 };
const room = { width: 800, height: 600, taken: [banner] };
const at = (left: number, top: number) => ({ left, top, width: 100, height: 20 });

describe('words beside what is marked', () => {
  it('stand below it, and above it at the lower edge', () => {
    expect(freePlace(words, at(300, 200), room)).toEqual({ x: 296, y: 228 });
    expect(freePlace(words, at(300, 575), room)).toEqual({ x: 296, y: 527 });
  });

  it('stay in the window', () => {
    expect(freePlace(words, at(790, 300), room).x).toBe(596);
    expect(freePlace(words, at(-90, -200), room)).toMatchObject({ x: 4, y: 4 });
  });

  it.each([
    [at(300, 20), room],
    [at(300, 110), { ...room, taken: [banner, { left: 0, top: 130, width: 800, height: 430 }] }],
    [at(0, 0), { width: 320, height: 600, taken: [{ left: 10, top: 10, width: 300, height: 150 }] }],
  ])('leave what lies over them %#', (marked, around) => {
    const { x, y } = freePlace(words, marked, around);
    const box = { left: x, top: y, ...words };
    expect(around.taken.some((taken) => overlap(box, taken))).toBe(false);
    expect([x >= 0, y >= 0, x + 200 <= around.width, y + 40 <= around.height]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it('stand below it where there is no room', () => {
    expect(
      freePlace(words, at(300, 200), { ...room, taken: [{ left: 0, top: 0, width: 800, height: 600 }] }),
    ).toEqual({
      x: 296,
      y: 228,
    });
  });
});
