/** What a page may be made of, judged before anything is made of it. */

import { describe, expect, it } from 'vitest';
import { utf8 } from './bytes.js';
import { isWithin, pageJson } from './json-budget.js';

const tiny = { containers: 3, depth: 2, commas: 2 };

describe('JSON', () => {
  it.each([
    ['[{},{}]', true],
    ['[[],[],[]]', false],
    ['[[[]]]', false],
    ['[1,2,3]', true],
    ['[1,2,3,4]', false],
    ['["[[[[{{{{,,,,\\\\","]"]', true],
    ['"\\"[[[["', true],
    ['["', true],
    ['["\\\\",[[', false],
    ['', true],
  ])('%s is within a tiny budget: %s', (text, expected) => {
    expect(isWithin(utf8(text), tiny)).toBe(expected);
  });

  it('of a large page is within the budget of pages, and a bomb is not', () => {
    const node = { type: 2, id: 1, tagName: 'p', attributes: { class: 'x' }, childNodes: [] };
    const page = JSON.stringify(Array.from({ length: 50_000 }, () => node));
    expect(isWithin(utf8(page), pageJson)).toBe(true);
    expect(isWithin(utf8('['.repeat(2_000)), pageJson)).toBe(false);
    expect(isWithin(utf8('[],'.repeat(1_000_001)), pageJson)).toBe(false);
    expect(isWithin(utf8(`[${'1,'.repeat(4_000_001)}1]`), pageJson)).toBe(false);
  });

  it('is judged in a time that its length bounds', () => {
    const startedAt = performance.now();
    for (const part of ['\\\\', '\\"', '"', '""', '"\\\\"'])
      isWithin(utf8(`"${part.repeat(1_000_000)}`), pageJson);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
