/** The number that a picture of the page holds: read where it is clear, and nowhere else. */

import { describe, expect, it } from 'vitest';
import { cellsOf, layoutCode, numberIn } from './layout-code.js';

const SECRET = 0x5eed1234;
const bright = (number: number, white = 240, black = 20) =>
  cellsOf(number, SECRET).map((cell) => (cell ? white : black));

describe('the number in a picture', () => {
  it('is the one that was drawn, bright or dim', () => {
    for (let number = 0; number < layoutCode.numbers; number += 1) {
      expect(numberIn(bright(number), SECRET)).toBe(number);
      expect(numberIn(bright(number, 130, 40), SECRET)).toBe(number);
    }
  });

  it('is unknown where a single cell is another, or grey', () => {
    for (let cell = 0; cell < layoutCode.cells; cell += 1) {
      const turned = bright(1234).map((value, index) => (index === cell ? 260 - value : value));
      expect(numberIn(turned, SECRET), `cell ${cell} turned`).toBeUndefined();
      const grey = bright(1234).map((value, index) => (index === cell ? 130 : value));
      expect(numberIn(grey, SECRET), `cell ${cell} grey`).toBeUndefined();
    }
  });

  it('is unknown in what is no code, and in that of another showing', () => {
    expect(numberIn([], SECRET)).toBeUndefined();
    expect(
      numberIn(
        Array.from({ length: layoutCode.cells }, () => 255),
        SECRET,
      ),
    ).toBeUndefined();
    expect(numberIn(bright(1234, 120, 60), SECRET)).toBeUndefined();
    const read = Array.from({ length: 400 }, (_, number) => numberIn(bright(number), SECRET + 1 + number));
    expect(read.filter((each) => each !== undefined).length).toBeLessThan(3);
  });
});
