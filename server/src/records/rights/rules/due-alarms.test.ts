/** Officers are alarmed in time, and of the gravest date alone. */

import { expect, it } from 'vitest';
import { newCase } from './case-facts.js';
import { dueAlarmOf } from './due-alarms.js';

const DAY_MS = 24 * 3_600_000;
const receivedAt = Date.UTC(2026, 7, 31, 9);
const complaint = newCase('complaint', { receivedAt });
/** 45 days. */
const due = Date.UTC(2026, 9, 15, 23, 59, 59, 999);

it.each([
  [due - 16 * DAY_MS, undefined],
  [due - 15 * DAY_MS, 'casesDue15'],
  [due - 6 * DAY_MS, 'casesDue15'],
  [due - 5 * DAY_MS, 'casesDue5'],
  [due, 'casesDue5'],
  [due + 1, 'casesLate'],
])('at %i it is %s', (now, alarm) => {
  expect(dueAlarmOf([complaint], now)).toBe(alarm);
  const later = newCase('complaint', { receivedAt: receivedAt + 20 * DAY_MS });
  expect(dueAlarmOf([later, complaint], now)).toBe(alarm);
});

it('is none of what was answered and carried out', () => {
  const met = {
    answeredAt: receivedAt,
    executedAt: receivedAt,
    outcome: 'granted',
    state: 'executed',
  } as const;
  expect(dueAlarmOf([newCase('complaint', { receivedAt, ...met })], due + DAY_MS)).toBeUndefined();
  expect(dueAlarmOf([], due)).toBeUndefined();
});
