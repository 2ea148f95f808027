import { describe, expect, it } from 'vitest';
import { intentKeys, intentLimits, intentRefusals, parseIntentAnswer, parseIntentBody } from './intent.js';

const target = {
  id: 7,
  tag: 'input',
  role: 'textbox',
  label: 'City',
  box: { left: 10, top: 20, width: 200, height: 30 },
};

const line = [
  [0, 0],
  [1, 1],
];
const wellFormed = [
  { ref: 1, kind: 'point', at: { id: 3, fx: 0.5, fy: 1 } },
  { ref: 1, kind: 'point', at: null },
  { ref: 1, kind: 'draw', mark: { mark: 'laser', stroke: 1, anchor: 3, points: [line[0], [1.2, -0.4]] } },
  { ref: 1, kind: 'draw', mark: { mark: 'pen', stroke: 1, anchor: 3, points: line } },
  { ref: 1, kind: 'draw', mark: { mark: 'arrow', stroke: 2, anchor: 3, from: line[0], to: line[1] } },
  { ref: 1, kind: 'draw', mark: { mark: 'rectangle', stroke: 2, anchor: 3, from: line[0], to: line[1] } },
  { ref: 1, kind: 'draw', mark: { mark: 'highlight', stroke: 3, anchor: 3 } },
  { ref: 1, kind: 'draw', mark: { mark: 'highlight', stroke: 3, anchor: 3, message: 'Look here' } },
  { ref: 1, kind: 'draw', mark: { mark: 'undo' } },
  { ref: 1, kind: 'draw', mark: { mark: 'undo', stroke: 3 } },
  { ref: 1, kind: 'draw', mark: { mark: 'clear' } },
  { ref: 1, kind: 'scroll', id: 1, left: 0, top: 640 },
  { ref: 1, kind: 'click', target, fx: 0.5, fy: 0.5 },
  { ref: 1, kind: 'click', target, fx: 0.1, fy: 0.5, to: { fx: 1.4, fy: 0.5 } },
  { ref: 1, kind: 'type', target, text: 'Oulu' },
  ...intentKeys.map((key) => ({ ref: 1, kind: 'type', target, key })),
  { ref: 1, kind: 'navigate', path: '/basket' },
];

const tooMany = Array(intentLimits.strokePoints + 1).fill([0, 0]);
const message = 'x'.repeat(intentLimits.messageLength + 1);
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
  ['too many points', { ref: 1, kind: 'draw', mark: { mark: 'pen', stroke: 1, anchor: 3, points: tooMany } }],
  ['no number to answer by', { kind: 'point', at: null }],
  ['no points', { ref: 1, kind: 'draw', mark: { mark: 'pen', stroke: 1, anchor: 3, points: [] } }],
  ['a mark of another kind', { ref: 1, kind: 'draw', mark: { mark: 'field', stroke: 1, anchor: 3 } }],
  ['a mark with a style', { ref: 1, kind: 'draw', mark: { mark: 'undo', style: 'x' } }],
  ['too much said', { ref: 1, kind: 'draw', mark: { mark: 'highlight', stroke: 1, anchor: 3, message } }],
  ['a shortcut', { ref: 1, kind: 'type', target, key: 'Control+V' }],
  ['a key that is text', { ref: 1, kind: 'type', target, key: 'a' }],
  ['a key and a text', { ref: 1, kind: 'type', target, key: 'Enter', text: 'x' }],
  ['too long a text', { ref: 1, kind: 'type', target, text: 'x'.repeat(intentLimits.textLength + 1) }],
  ['a target without a box', { ref: 1, kind: 'type', target: { ...target, box: undefined }, text: '' }],
  ['a path that is an address', { ref: 1, kind: 'navigate', path: 'https://elsewhere.example/' }],
  ['a script address', { ref: 1, kind: 'navigate', path: 'javascript:alert(1)' }],
];

describe('[C5 24] parseIntentBody', () => {
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
  it('reads by how much a busy page lags', () => {
    expect(parseIntentAnswer({ outcome: 'lagging', lagMs: 1000 })).toEqual({
      outcome: 'lagging',
      lagMs: 1000,
    });
    expect(parseIntentAnswer({ outcome: 'lagging', lagMs: -1 })).toBeUndefined();
    expect(parseIntentAnswer({ outcome: 'lagging' })).toBeUndefined();
  });
  it('reads that the visitor is asked about an act', () => {
    expect(parseIntentAnswer({ outcome: 'asking', open: true })).toEqual({ outcome: 'asking', open: true });
    expect(parseIntentAnswer({ outcome: 'asking' })).toBeUndefined();
  });
  it('reads what somebody else has marked', () => {
    const mark = { mark: 'rectangle', stroke: 1, anchor: 3, from: [0, 0], to: [1, 1] };
    const marked = { outcome: 'marked', by: { slot: 0, name: 'Mira' }, mark };
    expect(parseIntentAnswer(marked)).toEqual(marked);
    expect(parseIntentAnswer({ ...marked, by: { slot: -1, name: 'Mira' } })).toBeUndefined();
  });
  it('refuses a code outside the list', () => {
    expect(parseIntentAnswer({ ref: 9, outcome: 'refused', refusal: 'no' })).toBeUndefined();
  });
});
