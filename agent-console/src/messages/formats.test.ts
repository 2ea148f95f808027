/** Days are the same wherever they are read: an answer that is due at the end of one is not shown to be due on the next. */

import { afterEach, expect, it, vi } from 'vitest';
import { formatsIn } from './formats.js';

afterEach(() => vi.unstubAllEnvs());

it.each(['Europe/Helsinki', 'America/New_York'])('names the day of the law in %s', (zone) => {
  vi.stubEnv('TZ', zone);
  const { day } = formatsIn('en');
  expect(day(Date.parse('2026-11-30T23:59:59.999Z'))).toBe('30 Nov 2026');
  expect(day('2026-12-01')).toBe('1 Dec 2026');
  const local = formatsIn('en').date(
    Date.parse(zone.startsWith('Europe') ? '2026-11-30T23:59:59.999Z' : '2026-12-01'),
  );
  expect(local, 'the zone is really another one').toBe(
    zone.startsWith('Europe') ? '1 Dec 2026' : '30 Nov 2026',
  );
});
