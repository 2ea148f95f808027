/** Positions that came together are shown apart, in order, and never after something newer. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SafeEvent } from '../engagement/player/event-grammar.js';
import { PointerPace } from './pointer-pace.js';

const move = (x: number, timestamp: number): SafeEvent => ({
  type: 3,
  timestamp,
  data: { source: 1, positions: [{ x, y: 0, id: 1, timeOffset: 0 }] },
});
const change: SafeEvent = { type: 3, timestamp: 0, data: { source: 0 } };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function paced() {
  const shown: SafeEvent[] = [];
  return { shown, pace: new PointerPace((each) => shown.push(each)) };
}

it('shows the first at once, and the others at their own pace', () => {
  const { shown, pace } = paced();
  const [a, b, c] = [move(1, 100), move(2, 116), move(3, 133)];
  expect(pace.take([a, change, b, c])).toEqual([a, change]);
  vi.advanceTimersByTime(16);
  expect(shown).toEqual([b]);
  vi.advanceTimersByTime(17);
  expect(shown).toEqual([b, c]);
});

it('leaves a single position, and what is none, as it is', () => {
  const { shown, pace } = paced();
  const alone = [change, move(1, 5)];
  expect(pace.take(alone)).toEqual(alone);
  vi.runAllTimers();
  expect(shown).toEqual([]);
});

it('lets the positions of the next batch wait for those of the one before, and nothing else', () => {
  const { shown, pace } = paced();
  const [a, b, c] = [move(1, 0), move(2, 16), move(3, 33)];
  pace.take([a, b]);
  expect(pace.take([change, c])).toEqual([change]);
  vi.advanceTimersByTime(16);
  expect(shown).toEqual([b]);
  vi.advanceTimersByTime(8);
  expect(shown).toEqual([b, c]);
});

it('shows only the last of those that wait once the pointer is too far behind', () => {
  const { shown, pace } = paced();
  for (let batch = 0; batch < 4; batch += 1) pace.take([move(3 * batch, 0), move(3 * batch + 1, 50)]);
  const before = shown.length;
  pace.take([move(100, 0), move(101, 10)]);
  expect(shown.length - before).toBeLessThanOrEqual(1);
  vi.advanceTimersByTime(200);
  expect(shown.at(-1)).toEqual(move(101, 10));
  expect(shown.length).toBeLessThan(9);
});

it('waits no longer than positions are held back, whatever their times say', () => {
  const { shown, pace } = paced();
  pace.take([move(1, 0), move(2, 1e9), move(3, -1e9)]);
  vi.advanceTimersByTime(50);
  expect(shown).toHaveLength(2);
});

it('shows nothing any more once it is closed', () => {
  const { shown, pace } = paced();
  pace.take([move(1, 0), move(2, 16)]);
  pace.close();
  vi.runAllTimers();
  expect(shown).toEqual([]);
});
