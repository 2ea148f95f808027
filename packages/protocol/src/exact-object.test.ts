/** Notes and facts are read on pages whose scripts have given every object something more. */

import { afterEach, expect, it } from 'vitest';
import { readVisitorNote } from './visitor-note.js';

const everyObject = Object.prototype as { extra?: unknown; away?: unknown };

afterEach(() => {
  delete everyObject.extra;
  delete everyObject.away;
});

const text = JSON.stringify({
  peer: { slot: 3, agent: '00000000-0000-4000-8000-000000000003', present: true },
});

it('reads a note although every object of the page has an enumerable property', () => {
  const plain = readVisitorNote(text);
  expect(plain).toMatchObject({ peer: { slot: 3 } });
  everyObject.extra = 'of the page';
  const read = readVisitorNote(text);
  delete everyObject.extra;
  expect(read).toEqual(plain);
});

it('takes nothing that every object has for part of a note', () => {
  everyObject.away = true;
  const read = readVisitorNote(text);
  delete everyObject.away;
  expect(read === undefined ? [] : Object.keys((read as { peer: object }).peer)).toEqual([
    'slot',
    'agent',
    'present',
  ]);
});

it('still refuses what a note has no place for', () => {
  const named = JSON.parse(`{"behind":{"slot":1,"__proto__":{}}}`);
  expect(readVisitorNote(JSON.stringify(named))).toBeUndefined();
  expect(readVisitorNote('{"behind":{"slot":1,"more":1}}')).toBeUndefined();
  expect(readVisitorNote('{"behind":{"slot":1}}')).toEqual({ behind: { slot: 1 } });
});
