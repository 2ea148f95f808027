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
  { ref: 1, kind: 'point', at: { id: 3, fx: 0.5, fy: 1 } },
  { ref: 1, kind: 'point', at: null },
  {
    ref: 1,
    kind: 'draw',
    stroke: 1,
    anchor: 3,
    points: [
      [0, 0],
      [1.2, -0.4],
    ],
  },
  { ref: 1, kind: 'scroll', id: 1, left: 0, top: 640 },
  { ref: 1, kind: 'click', target, fx: 0.5, fy: 0.5 },
  { ref: 1, kind: 'type', target, text: 'Oulu' },
  { ref: 1, kind: 'navigate', path: '/basket' },
];

const malformed: [string, unknown][] = [
  ['nothing', undefined],
  ['a string', 'click'],
  ['an array', []],
  ['an unknown kind', { ref: 1, kind: 'unmask', id: 3 }],
  ['a style change', { ref: 1, kind: 'click', target, fx: 0.5, fy: 0.5, style: 'display:none' }],
  ['a place outside the element', { ref: 1, kind: 'point', at: { id: 3, fx: 1.5, fy: 0 } }],
  ['an id that no node has', { ref: 1, kind: 'point', at: { id: 0, fx: 0, fy: 0 } }],
  ['not a number', { ref: 1, kind: 'scroll', id: 1, left: Number.NaN, top: 0 }],
  ['an endless number', { ref: 1, kind: 'scroll', id: 1, left: Number.POSITIVE_INFINITY, top: 0 }],
  [
    'too many points',
    { ref: 1, kind: 'draw', stroke: 1, anchor: 3, points: Array(intentLimits.strokePoints + 1).fill([0, 0]) },
  ],
  ['no number to answer by', { kind: 'point', at: null }],
  ['no points', { ref: 1, kind: 'draw', stroke: 1, anchor: 3, points: [] }],
  ['too long a text', { ref: 1, kind: 'type', target, text: 'x'.repeat(intentLimits.textLength + 1) }],
  ['a target without a box', { ref: 1, kind: 'type', target: { ...target, box: undefined }, text: '' }],
  ['a path that is an address', { ref: 1, kind: 'navigate', path: 'https://elsewhere.example/' }],
  ['a script address', { ref: 1, kind: 'navigate', path: 'javascript:alert(1)' }],
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
    const done = { ref: 9, outcome: 'done' };
    expect(parseIntentAnswer(done)).toEqual(done);
    expect(parseIntentAnswer({ ...done, target })).toEqual({ ...done, target });
  });
  it.each(intentRefusals)('reads the refusal %s', (refusal) => {
    const refused = { ref: 9, outcome: 'refused', refusal };
    expect(parseIntentAnswer(refused)).toEqual(refused);
  });
  it('refuses a code outside the list', () => {
    expect(parseIntentAnswer({ ref: 9, outcome: 'refused', refusal: 'no' })).toBeUndefined();
  });
});
