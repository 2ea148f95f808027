/** Month arithmetic: the same day of a later month, or the last day of a shorter one. */

import { expect, it } from 'vitest';
import { addMonths } from './kept-until.js';

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
