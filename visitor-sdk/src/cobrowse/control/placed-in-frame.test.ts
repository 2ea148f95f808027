/** Acts on what a joined frame shows: its page is another one. */

import type { IntentBody } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { FIRST_FRAME_NUMBER } from '../joined/frame-numbers.js';
import { isPlacedInFrame } from './placed-in-frame.js';

const bodies = (id: number): readonly IntentBody[] => {
  const target = { id, tag: 'a', role: '', label: '', box: { left: 0, top: 0, width: 9, height: 9 } };
  return [
    { kind: 'point', ref: 1, at: { id, fx: 0, fy: 0 } },
    { kind: 'draw', ref: 1, mark: { mark: 'highlight', stroke: 1, anchor: id } },
    { kind: 'scroll', ref: 1, id, left: 0, top: 0 },
    { kind: 'click', ref: 1, target, fx: 0, fy: 0 },
    { kind: 'type', ref: 1, target, text: 'x' },
  ];
};

it('tells every act on a joined frame from one on the page', () => {
  expect(bodies(FIRST_FRAME_NUMBER + 5).map(isPlacedInFrame)).toEqual(Array(5).fill(true));
  expect(bodies(FIRST_FRAME_NUMBER - 1).map(isPlacedInFrame)).toEqual(Array(5).fill(false));
});

it('says nothing of acts that are at no place', () => {
  const placeless: readonly IntentBody[] = [
    { kind: 'point', ref: 1, at: null },
    { kind: 'draw', ref: 1, mark: { mark: 'undo' } },
    { kind: 'navigate', ref: 1, path: '/' },
  ];
  expect(placeless.map(isPlacedInFrame)).toEqual([false, false, false]);
});
