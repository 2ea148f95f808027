/** Finished months, each once, and none of which something was gone already. */
import { describe, expect, it } from 'vitest';
import { monthsToCount } from './months-to-count.js';

const since = new Date('2026-01-31T23:59:59Z');
const now = new Date('2026-04-01T00:00:00Z');
const asked = { since, now, counted: [], purgedTo: undefined };

describe('[ST5] months', () => {
  it('are finished, from the first of a customer on, in UTC', () => {
    expect(monthsToCount(asked)).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
    const before = new Date('2026-03-31T23:59:59.999Z');
    expect(monthsToCount({ ...asked, now: before })).toEqual(['2026-01-01', '2026-02-01']);
    expect(monthsToCount({ ...asked, now: since })).toEqual([]);
  });

  it('are counted once', () => {
    expect(monthsToCount({ ...asked, counted: ['2026-01-01', '2026-03-01'] })).toEqual(['2026-02-01']);
  });
});

describe('[ST7] a month of which something was purged', () => {
  it.each([
    ['the day before it', '2026-01-31T23:59:59.999Z', ['2026-02-01', '2026-03-01']],
    ['its first moment', '2026-02-01T00:00:00Z', ['2026-03-01']],
    ['its middle', '2026-02-14T12:00:00Z', ['2026-03-01']],
    ['its last moment', '2026-02-28T23:59:59.999Z', ['2026-03-01']],
    ['all of them', '2026-04-01T00:00:00Z', []],
  ])('is not counted when the purge reached %s', (_reached, purgedTo, months) => {
    expect(monthsToCount({ ...asked, purgedTo: new Date(purgedTo) })).toEqual(months);
  });
});
