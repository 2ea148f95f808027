/** A line on its way to the visitor is no further behind the hand than a frame of a screen. */

import type { Mark } from '@alongside/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Stroke } from './stroke.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('sends the first point at once, and what follows it with each frame', () => {
  const sent: Mark[] = [];
  const box = { left: 0, top: 0, width: 100, height: 100 };
  const located = { place: { id: 7, fx: 0, fy: 0 }, box, tag: 'p', label: '', field: 'none' } as const;
  const stroke = new Stroke(
    { tool: 'draw', stroke: 1, located, show: () => undefined, send: (mark) => sent.push(mark) },
    { x: 0, y: 0 },
  );
  const points = () => sent.map((mark) => ('points' in mark ? mark.points.length : 0));
  stroke.add({ x: 1, y: 1 });
  vi.advanceTimersByTime(0);
  expect(points()).toEqual([1]);
  for (let at = 2; at <= 18; at += 1) {
    stroke.add({ x: at, y: at });
    vi.advanceTimersByTime(1);
  }
  expect(points()).toEqual([1, 17]);
});
