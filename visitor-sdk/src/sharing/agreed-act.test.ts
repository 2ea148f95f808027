/** A yes that came to nothing is told of, and nothing else is. */

import { beforeEach, expect, it } from 'vitest';
import { AgreedAct } from './agreed-act.js';

let act: AgreedAct;
beforeEach(() => {
  act = new AgreedAct();
  act.begins('click');
});
const gone = { slot: 1, kind: 'click', refusal: 'targetChanged' } as const;

it('is told of once, when the act is refused that the visitor said yes to', () => {
  act.answered(1, true);
  expect([act.ended(gone), act.ended(gone)]).toEqual([true, false]);
});

it.each([
  ['a no', () => act.answered(1, false)],
  ['no question', () => undefined],
  ['a yes to somebody else', () => act.answered(2, true)],
  [
    'a yes to what was done',
    () => {
      act.answered(1, true);
      act.ended({ slot: 1, kind: 'click' });
    },
  ],
  [
    'a yes to the form of an act that was over, before the next one',
    () => {
      act.answered(1, true);
      act.begins('click');
    },
  ],
])('is not told of after %s', (_, happen) => {
  happen();
  expect(act.ended(gone)).toBe(false);
});

it('is not mistaken for what is only shown, or sent too fast, meanwhile', () => {
  act.answered(1, true);
  act.begins('point');
  expect(act.ended({ slot: 1, kind: 'draw', refusal: 'targetGone' })).toBe(false);
  expect(act.ended({ slot: 1, kind: 'type', refusal: 'tooFast' })).toBe(false);
  expect(act.ended(gone)).toBe(true);
});
