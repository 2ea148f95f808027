/** What is covered in a picture of the page: all that was private around its moment, or nothing of it is shown. */

import { describe, expect, it } from 'vitest';
import type { CoverBox, LayoutState } from './cover-boxes.js';
import { coverFor, coverLimits } from './cover-boxes.js';

const EVERY_MS = 40;
const size = { width: 1000, height: 700 };

function box(id: number, left: number, top = 100): CoverBox {
  return { id, left, top, right: left + 80, bottom: top + 20 };
}

/** A look every 40 ms, each with what is private then. */
function looks(count: number, at: (index: number) => Partial<LayoutState>): LayoutState[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ ...size, number: index, atMs: index * EVERY_MS, isSure: true, boxes: [] },
    ...at(index),
  }));
}

function isInside(inner: CoverBox, outer: CoverBox): boolean {
  const { left, top, right, bottom } = outer;
  return left <= inner.left && top <= inner.top && right >= inner.right && bottom >= inner.bottom;
}

/** The same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('what is covered', () => {
  it('waits until the page was looked at after the picture as well', () => {
    const all = looks(12, () => ({ boxes: [box(1, 10)] }));
    expect(coverFor(all.slice(0, 6), 5, 220)).toEqual({ state: 'wait' });
    expect(coverFor(all.slice(0, 9), 5, 330)).toEqual({ state: 'wait' });
    expect(coverFor(all, 5, 440).state).toBe('known');
    expect(coverFor(all.slice(0, 6), 5, 5 * EVERY_MS + coverLimits.longestWaitMs + 1).state).toBe('doubt');
  });

  it('is unknown for a picture of no look, or of one before which nothing is known', () => {
    const all = looks(12, () => ({}));
    expect(coverFor(all, 77, 440).state).toBe('doubt');
    expect(coverFor(all, 1, 440).state).toBe('doubt');
  });

  it('holds what appears in the look after, and what was there in the one before', () => {
    const all = looks(12, (index) => ({
      boxes: [...(index < 5 ? [box(1, 10)] : []), ...(index > 5 ? [box(2, 300)] : [])],
    }));
    const cover = coverFor(all, 5, 440);
    expect(cover.state === 'known' && cover.boxes.map(({ id }) => id).sort()).toEqual([1, 2]);
  });

  const doubts: readonly [string, Partial<LayoutState>][] = [
    ['is scrolled or cannot be read', { isSure: false }],
    ['has another size', { width: 900 }],
    ['shows something that leaps', { boxes: [box(1, 10 + coverLimits.farthestMovePx + 1)] }],
  ];
  it.each(doubts)('is unknown where the page %s, just before, then or just after', (_name, odd) => {
    for (const when of [4, 5, 6, 8]) {
      const all = looks(12, (index) => ({ boxes: [box(1, 10)], ...(index === when ? odd : {}) }));
      expect(coverFor(all, 5, 440), `in look ${when}`).toEqual({ state: 'doubt' });
    }
  });

  it('is unknown where the page was too busy to be looked at', () => {
    const all = looks(12, (index) => ({
      atMs: index * EVERY_MS + (index > 6 ? coverLimits.longestGapMs : 0),
    }));
    expect(coverFor(all, 5, 800).state).toBe('doubt');
  });

  it('holds every private thing wherever it was between the looks around the picture', () => {
    const random = seeded(7);
    for (let round = 0; round < 300; round += 1) {
      const things = Array.from({ length: 1 + Math.floor(random() * 5) }, (_, id) => ({
        ...{ id, left: random() * 900, top: random() * 600 },
        dx: (random() - 0.5) * 1.5 * coverLimits.farthestMovePx,
        dy: (random() - 0.5) * 1.5 * coverLimits.farthestMovePx,
      }));
      const where = (thing: (typeof things)[number], index: number) =>
        box(thing.id, thing.left + thing.dx * index, thing.top + thing.dy * index);
      const all = looks(14, (index) => ({ boxes: things.map((thing) => where(thing, index)) }));
      const cover = coverFor(all, 6, 14 * EVERY_MS);
      expect(cover.state).toBe('known');
      if (cover.state !== 'known') continue;
      // What the picture shows is a moment from this look up to the one after the next.
      const moment = 6 + random() * 2;
      for (const thing of things) {
        const outer = cover.boxes.find(({ id }) => id === thing.id);
        expect(outer !== undefined && isInside(where(thing, moment), outer)).toBe(true);
      }
    }
  });

  it('takes no box that is no number for one', () => {
    const all = looks(12, (index) => ({ boxes: [box(1, index === 5 ? Number.NaN : 10)] }));
    expect(coverFor(all, 5, 440).state).toBe('doubt');
  });
});
