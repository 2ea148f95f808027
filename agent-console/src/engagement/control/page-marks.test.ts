/** What others draw is shown as theirs, what comes back of one's own as one's own, and a laser's line is gone soon. */

import type { Mark } from '@alongside/protocol';
import { colourOf, intentLimits } from '@alongside/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PageMarks } from './page-marks.js';

let marks: PageMarks;
beforeEach(() => {
  vi.useFakeTimers();
  marks = new PageMarks();
});
afterEach(() => {
  marks.clear();
  vi.useRealTimers();
});

const line = (mark: 'pen' | 'laser', stroke: number, ...points: [number, number][]): Mark => ({
  ...{ mark, stroke, anchor: 3 },
  points,
});
const shown = () => marks.marks.value;

it('joins the pieces of a line, and keeps the lines of two people apart', () => {
  marks.received({ outcome: 'marked', by: { slot: 0, name: 'Mira' }, mark: line('pen', 1, [0, 0]) });
  marks.received({ outcome: 'marked', by: { slot: 2, name: 'Noor' }, mark: line('pen', 1, [1, 1]) });
  marks.received({ outcome: 'marked', by: { slot: 0, name: 'Mira' }, mark: line('pen', 1, [0.5, 0]) });
  expect(shown().map(({ drawer, mark }) => [drawer, 'points' in mark && mark.points])).toEqual([
    ['2', [[1, 1]]],
    [
      '0',
      [
        [0, 0],
        [0.5, 0],
      ],
    ],
  ]);
  expect(new Set(shown().map(({ colour }) => colour)).size).toBe(2);
  marks.received({ outcome: 'marked', by: { slot: 0, name: 'Mira' }, mark: { mark: 'clear' } });
  expect(shown()).toMatchObject([{ name: 'Noor' }]);
});

it('knows its own marks again by the place that the visitor’s page tells', () => {
  marks.received({ outcome: 'marked', by: { slot: 4, name: 'Aki' }, mark: line('pen', 1, [0, 0]) });
  marks.ownSlot(4);
  expect(shown()).toMatchObject([{ drawer: 'own', colour: colourOf(4) }]);
  marks.received({ outcome: 'marked', by: { slot: 4, name: 'Aki' }, mark: line('pen', 2, [0, 0]) });
  marks.own({ mark: 'undo' });
  expect(shown()).toHaveLength(1);
});

it('takes back what is still there, as the visitor’s page does, where an element has gone with its mark', () => {
  marks.own(line('pen', 1, [0, 0]));
  marks.own({ mark: 'highlight', stroke: 2, anchor: 8 });
  marks.gone(8);
  marks.own({ mark: 'undo' });
  expect(shown()).toEqual([]);
});

it('lets a laser’s line go, and a pen’s stay', () => {
  marks.own(line('pen', 1, [0, 0]));
  marks.own(line('laser', 2, [0, 0]));
  vi.advanceTimersByTime(1000);
  marks.own(line('laser', 2, [1, 0]));
  vi.advanceTimersByTime(1000);
  expect(shown()).toHaveLength(2);
  vi.advanceTimersByTime(1000);
  expect(shown()).toMatchObject([{ mark: { mark: 'pen' } }]);
});

it('lets go of what is oldest where there is more than the visitor’s page keeps', () => {
  const { marks: most, linePoints } = intentLimits;
  for (let stroke = 0; stroke <= most; stroke += 1) marks.own(line('pen', stroke, [0, 0]));
  expect(shown().map(({ mark }) => mark.stroke)).toEqual(Array.from({ length: most }, (_, at) => at + 1));
  for (let at = 0; at <= linePoints; at += 1) marks.own(line('pen', most, [at / linePoints, 0]));
  const { mark } = shown().at(-1) ?? {};
  const points = mark !== undefined && 'points' in mark ? mark.points : [];
  expect([points.length, points[0], points.at(-1)]).toEqual([linePoints, [1 / linePoints, 0], [1, 0]]);
});
