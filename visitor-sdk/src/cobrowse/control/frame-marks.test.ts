/** What is known of drawings in frames is as short as it can be told to whoever comes. */

import type { Mark } from '@alongside/protocol';
import { intentLimits } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { FrameMarks } from './frame-marks.js';

const aki = { slot: 1, name: 'Aki' };
const piece = (stroke: number, points: number): Mark => ({
  ...{ mark: 'pen', stroke, anchor: 9 },
  points: Array.from({ length: points }, (_, at): [number, number] => [at, 0]),
});

it('keeps a line in as few pieces as may be on their way', () => {
  const marks = new FrameMarks<string>();
  for (let at = 0; at < intentLimits.strokePoints; at += 1) marks.add('frame', piece(1, 1), aki);
  expect(marks.inFrames()).toHaveLength(1);
  marks.add('frame', piece(1, 1), aki);
  expect(marks.inFrames()).toHaveLength(2);
});

it('joins no pieces of several lines, places or people', () => {
  const marks = new FrameMarks<string>();
  marks.add('frame', piece(1, 2), aki);
  marks.add('frame', piece(2, 2), aki);
  marks.add('other', piece(2, 2), aki);
  marks.add('other', piece(2, 2), { slot: 2, name: 'Bo' });
  expect(marks.inFrames()).toHaveLength(4);
  expect(marks.undo(1)).toBe('other');
  expect(marks.inFrames()).toHaveLength(3);
});

it('knows one highlight of an element, and a shape as it was drawn out last', () => {
  const marks = new FrameMarks<string>();
  for (const stroke of [1, 2]) marks.add('frame', { mark: 'highlight', stroke, anchor: 9 }, aki);
  for (const to of [1, 2, 3])
    marks.add('frame', { mark: 'arrow', stroke: 3, anchor: 9, from: [0, 0], to: [to, to] }, aki);
  expect(marks.inFrames().map(({ mark }) => mark)).toMatchObject([{ stroke: 2 }, { stroke: 3, to: [3, 3] }]);
});
