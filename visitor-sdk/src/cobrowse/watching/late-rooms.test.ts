/** A page is asked for as a whole when something in it has room that had none, and once only. */

import { expect, it } from 'vitest';
import { LateRooms } from './late-rooms.js';

type Tell = (entries: readonly { readonly target: Element }[], sizes: FakeSizes) => void;

class FakeSizes {
  static made: FakeSizes[] = [];
  readonly watched = new Set<Element>();
  readonly #tell: Tell;
  constructor(tell: Tell) {
    this.#tell = tell;
    FakeSizes.made.push(this);
  }
  observe = (element: Element) => void this.watched.add(element);
  unobserve = (element: Element) => void this.watched.delete(element);
  disconnect = () => this.watched.clear();
  change = (target: Element) => this.watched.has(target) && this.#tell([{ target }], this);
}

it('watches what has no room until it has some', () => {
  const roomy = new Set<Element>();
  let asked = 0;
  const rooms = new LateRooms({
    window: { ResizeObserver: FakeSizes } as unknown as Window & typeof globalThis,
    hasRoom: (element) => roomy.has(element),
    onRoom: () => {
      asked += 1;
    },
  });
  const [formula, other] = [{}, {}] as [Element, Element];
  rooms.note(formula);
  rooms.note(other);
  const [sizes] = FakeSizes.made;
  sizes?.change(formula);
  expect(asked).toBe(0);
  roomy.add(formula);
  sizes?.change(formula);
  sizes?.change(formula);
  expect([asked, sizes?.watched]).toEqual([1, new Set([other])]);
  rooms.stop();
  expect([FakeSizes.made.length, sizes?.watched.size]).toEqual([1, 0]);
});
