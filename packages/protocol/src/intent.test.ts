import { describe, expect, it } from 'vitest';
import { intentLimits, intentRefusals, parseIntentAnswer, parseIntentBody } from './intent.js';

const target = {
  id: 7,
  tag: 'input',
  role: 'textbox',
  label: 'City',
  box: { left: 10, top: 20, width: 200, height: 30 },
};

const wellFormed = [
  { kind: 'point', at: { id: 3, fx: 0.5, fy: 1 } },
  { kind: 'point', at: null },
  { kind: 'draw', stroke: 1, anchor: 3, points: [[0, 0], [1.2, -0.4]] },
  { kind: 'scroll', id: 1, left: 0, top: 640 },
  { kind: 'click', target, fx: 0.5, fy: 0.5 },
  { kind: 'type', target, text: 'Oulu' },
  { kind: 'navigate', path: '/basket' },
];

const malformed: [string, unknown][] = [
  ['nothing', undefined],
  ['a string', 'click'],
  ['an array', []],
  ['an unknown kind', { kind: 'unmask', id: 3 }],
  ['a style change', { kind: 'click', target, fx: 0.5, fy: 0.5, style: 'display:none' }],
  ['a place outside the element', { kind: 'point', at: { id: 3, fx: 1.5, fy: 0 } }],
  ['an id that no node has', { kind: 'point', at: { id: 0, fx: 0, fy: 0 } }],
  ['not a number', { kind: 'scroll', id: 1, left: Number.NaN, top: 0 }],
  ['an endless number', { kind: 'scroll', id: 1, left: Number.POSITIVE_INFINITY, top: 0 }],
  ['too many points', { kind: 'draw', stroke: 1, anchor: 3, points: Array(intentLimits.strokePoints + 1).fill([0, 0]) }],
  ['no points', { kind: 'draw', stroke: 1, anchor: 3, points: [] }],
  ['too long a text', { kind: 'type', target, text: 'x'.repeat(intentLimits.textLength + 1) }],
  ['a target without a box', { kind: 'type', target: { ...target, box: undefined }, text: '' }],
  ['a path that is an address', { kind: 'navigate', path: 'https://elsewhere.example/' }],
  ['a script address', { kind: 'navigate', path: 'javascript:alert(1)' }],
];

describe('parseIntentBody', () => {
  it.each(wellFormed)('reads %j', (body) => {
    expect(parseIntentBody(JSON.parse(JSON.stringify(body)))).toEqual(body);
  });
  it.each(malformed)('refuses %s', (_name, body) => {
    expect(parseIntentBody(body)).toBeUndefined();
  });
});

describe('parseIntentAnswer', () => {
  it('reads what was done, with and without a target', () => {
    const done = { epoch: 1, sequence: 4, outcome: 'done' };
    expect(parseIntentAnswer(done)).toEqual(done);
    expect(parseIntentAnswer({ ...done, target })).toEqual({ ...done, target });
  });
  it.each(intentRefusals)('reads the refusal %s', (refusal) => {
    const refused = { epoch: 1, sequence: 4, outcome: 'refused', refusal };
    expect(parseIntentAnswer(refused)).toEqual(refused);
  });
  it('refuses a code outside the list', () => {
    expect(parseIntentAnswer({ epoch: 1, sequence: 4, outcome: 'refused', refusal: 'no' })).toBeUndefined();
  });
});
