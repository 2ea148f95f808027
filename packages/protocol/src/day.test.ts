/** Which days there are. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { Day } from './day.js';

it.each([
  ['2026-02-28', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-02-31', false],
  ['2026-04-31', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
])('%s is a day: %s', (text, is) => {
  expect(v.safeParse(Day, text).success).toBe(is);
});
