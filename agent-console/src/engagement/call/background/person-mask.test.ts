import { describe, expect, it } from 'vitest';
import { opacityOf, settled } from './person-mask.js';

describe('what is shown of a pixel', () => {
  it('is nothing where the model is not sure, all where it is, and more in between', () => {
    expect([0, 0.4, 0.8, 1].map(opacityOf)).toEqual([0, 0, 255, 255]);
    const between = [0.45, 0.55, 0.65, 0.75].map(opacityOf);
    expect(between).toEqual(between.toSorted((a, b) => a - b));
    expect(new Set(between).size).toBe(4);
  });

  it('closes with the frame in which nobody is there any more, and opens over a few', () => {
    expect(opacityOf(settled(1, 0))).toBe(0);
    const first = settled(0, 1);
    const second = settled(first, 1);
    expect([first, second].map(opacityOf)).toEqual([opacityOf(0.6), 255]);
    expect(opacityOf(first)).toBeLessThan(255);
  });
});
