/** Month arithmetic: the same day of a later month, or the last day of a shorter one. */

import { expect, it } from 'vitest';
import { addMonths, latestOver } from './kept-until.js';

it.each([
  ['2026-01-31T10:00:00Z', 1, '2026-02-28T10:00:00Z'],
  ['2028-01-31T10:00:00Z', 1, '2028-02-29T10:00:00Z'],
  ['2026-08-31T00:00:00Z', 1, '2026-09-30T00:00:00Z'],
  ['2026-11-30T00:00:00Z', 3, '2027-02-28T00:00:00Z'],
  ['2026-03-31T00:00:00Z', -1, '2026-02-28T00:00:00Z'],
  ['2026-12-15T00:00:00Z', 24, '2028-12-15T00:00:00Z'],
])('%s and %i months is %s', (from, months, to) => {
  expect(addMonths(new Date(from), months).toISOString()).toBe(new Date(to).toISOString());
});

it.each([
  ['2026-06-15T10:00:00Z', 3, '2026-03-15T10:00:00Z'],
  // What ended on one of the last days of January was to be kept until the last of February.
  ['2026-02-28T10:00:00Z', 1, '2026-01-31T10:00:00Z'],
  ['2026-04-30T10:00:00Z', 1, '2026-03-31T10:00:00Z'],
  // All of February is over by then.
  ['2026-03-31T10:00:00Z', 1, '2026-02-28T23:59:59.999Z'],
  ['2026-03-28T10:00:00Z', 1, '2026-02-28T10:00:00Z'],
])('at %s what %i months are over for had ended by %s', (now, months, latest) => {
  const at = latestOver(new Date(now), months);
  expect(at.toISOString()).toBe(new Date(latest).toISOString());
  expect(addMonths(at, months).getTime()).toBeLessThanOrEqual(new Date(now).getTime());
  expect(addMonths(new Date(at.getTime() + 1), months).getTime()).toBeGreaterThan(new Date(now).getTime());
});
