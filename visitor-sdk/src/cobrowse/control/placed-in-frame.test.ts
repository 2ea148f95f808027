/** Acts on what a joined frame shows: its page is another one, with numbers and a corner of its own. */

import type { IntentBody } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { FIRST_FRAME_NUMBER } from '../joined/frame-numbers.js';
import { asFrameSays, placeInFrame, pointOf } from './placed-in-frame.js';

const bodies = (id: number, left = 0, top = 0): readonly IntentBody[] => {
  const target = { id, tag: 'a', role: '', label: '', box: { left, top, width: 9, height: 9 } };
  return [
    { kind: 'point', ref: 1, at: { id, fx: 0, fy: 0 } },
    { kind: 'draw', ref: 1, mark: { mark: 'highlight', stroke: 1, anchor: id } },
    { kind: 'scroll', ref: 1, id, left: 0, top: 0 },
    { kind: 'click', ref: 1, target, fx: 0, fy: 0 },
    { kind: 'type', ref: 1, target, text: 'x' },
    { kind: 'type', ref: 1, target, key: 'Tab' },
  ];
};
const placeless: readonly IntentBody[] = [
  { kind: 'point', ref: 1, at: null },
  { kind: 'draw', ref: 1, mark: { mark: 'undo' } },
  { kind: 'navigate', ref: 1, path: '/' },
];

it('tells every act in a joined frame from one on the page', () => {
  const id = FIRST_FRAME_NUMBER + 5;
  expect(bodies(id).map(placeInFrame)).toEqual(Array(6).fill(id));
  expect(bodies(FIRST_FRAME_NUMBER - 1).map(placeInFrame)).toEqual(Array(6).fill(undefined));
  expect(placeless.map(placeInFrame)).toEqual([undefined, undefined, undefined]);
});

it('says each as the frame would say it', () => {
  const told = bodies(FIRST_FRAME_NUMBER + 5, 30, 40).map((body) => asFrameSays(body, 5, { x: 20, y: 10 }));
  expect(told).toEqual(bodies(5, 10, 30));
  expect(placeless.map((body) => asFrameSays(body, 5, { x: 20, y: 10 }))).toEqual(placeless);
});

it('knows which of them happen at a point', () => {
  const points = bodies(5, 100, 200).map(pointOf);
  expect(points).toEqual([
    ...Array(3).fill(undefined),
    { x: 100.5, y: 200.5 },
    { x: 104.5, y: 204.5 },
    undefined,
  ]);
});
