/** What the replay says is a claim: by shape and within limits, or nothing. */

import { describe, expect, it } from 'vitest';
import { readFromReplay } from './replay-messages.js';

const found = {
  place: { id: 12, fx: 0.5, fy: 1 },
  box: { left: 1, top: 2, width: 30, height: 4 },
  tag: 'button',
  label: 'Pay',
  field: 'none',
};

describe('messages of the replay', () => {
  it('tell what lies at a point', () => {
    expect(readFromReplay({ kind: 'located', ask: 3, found })).toEqual({ kind: 'located', ask: 3, found });
  });

  it('tell that nothing lies there', () => {
    expect(readFromReplay({ kind: 'located', ask: 3 })).toEqual({
      kind: 'located',
      ask: 3,
      found: undefined,
    });
  });

  it.each([
    { ...found, place: { id: 0, fx: 0, fy: 0 } },
    { ...found, place: { id: 1, fx: 1.1, fy: 0 } },
    { ...found, place: { id: 1.5, fx: 0, fy: 0 } },
    { ...found, box: { ...found.box, width: Number.POSITIVE_INFINITY } },
    { ...found, field: 'password' },
    { ...found, tag: undefined },
    'anything',
  ])('are nothing found when the place is %o', (wrong) => {
    expect(readFromReplay({ kind: 'located', ask: 1, found: wrong })).toMatchObject({ found: undefined });
  });

  it('carry labels of bounded length and a bounded list', () => {
    const items = Array.from({ length: 2_000 }, () => ({ ...found, label: 'x'.repeat(500) }));
    const message = readFromReplay({ kind: 'listed', ask: 1, items });
    if (message?.kind !== 'listed') throw new Error('not read');
    expect(message.items).toHaveLength(500);
    expect(message.items[0]?.label).toHaveLength(80);
  });

  it('pass no field on that is not of the shape', () => {
    const message = readFromReplay({ kind: 'located', ask: 1, found: { ...found, html: '<b>' }, token: 'x' });
    expect(JSON.stringify(message)).not.toMatch(/html|token/);
  });

  it.each([
    undefined,
    'ready',
    { kind: 'unknown', ask: 1 },
    { kind: 'size', width: 0, height: 10 },
    { kind: 'size', width: 10, height: 99_999 },
    { kind: 'located' },
    { kind: 'listed', ask: 1, items: 'x' },
  ])('are refused when they are %o', (value) => {
    expect(readFromReplay(value)).toBeUndefined();
  });
});
