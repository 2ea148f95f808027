/** Lines are said in the order of their numbers, each once, whatever the order of their acknowledgements. */

import type { ChatLine } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { LineOrder } from './line-order.js';

const line = (number: number) => ({ number }) as ChatLine;
const numbers = (lines: readonly ChatLine[]) => lines.map((each) => each.number);

describe('LineOrder', () => {
  it('says every permutation of acknowledgements in order', () => {
    for (const [a, b, c, d] of permutations([5, 6, 7, 8])) {
      const order = new LineOrder(4);
      const said = [a, b, c, d].flatMap((number) => numbers(order.committed(line(number ?? 0))));
      expect(said).toEqual([5, 6, 7, 8]);
    }
  });

  it('says a repeated line once', () => {
    const order = new LineOrder(0);
    expect(numbers(order.committed(line(1)))).toEqual([1]);
    expect(order.committed(line(1))).toEqual([]);
    order.committed(line(3));
    order.committed(line(3));
    expect(numbers(order.committed(line(2)))).toEqual([2, 3]);
  });

  it('says what is behind a gap when nothing is under way any more', () => {
    const order = new LineOrder(0);
    expect(order.committed(line(3))).toEqual([]);
    expect(order.committed(line(2))).toEqual([]);
    expect(numbers(order.settle())).toEqual([2, 3]);
    expect(order.settle()).toEqual([]);
    expect(numbers(order.committed(line(4)))).toEqual([4]);
    expect(order.committed(line(1))).toEqual([]);
  });

  it('holds only so many', () => {
    const order = new LineOrder(0);
    const said = Array.from({ length: 40 }, (_, index) => numbers(order.committed(line(index + 2)))).flat();
    expect(said).toEqual(Array.from({ length: 40 }, (_, index) => index + 2));
  });
});

function permutations(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item) =>
    permutations(items.filter((each) => each !== item)).map((rest) => [item, ...rest]),
  );
}
