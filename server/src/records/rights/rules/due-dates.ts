/**
 * When something is due: whole months from the day of receipt, moved to the next working day (Regulation 1182/71), and
 * plain spans of days. All in UTC: a day more or less at its edge is the officer's to keep away from.
 */

import { addMonths } from '../kept-until.js';

const DAY_MS = 24 * 3_600_000;

/** The same day of a later month or its last, moved on from a weekend or a holiday to the end of a working day. */
export function monthsDue(receivedAt: number, months: number): number {
  let due = addMonths(new Date(receivedAt), months).getTime();
  while (!isWorkingDay(due)) due += DAY_MS;
  return endOfDay(due);
}

/** Calendar days, counted from the day after receipt. */
export function daysDue(receivedAt: number, days: number): number {
  return endOfDay(receivedAt + days * DAY_MS);
}

export function workingDaysDue(receivedAt: number, days: number): number {
  let due = receivedAt;
  for (let left = days; left > 0; ) {
    due += DAY_MS;
    if (isWorkingDay(due)) left -= 1;
  }
  return endOfDay(due);
}

export function addHours(from: number, hours: number): number {
  return from + hours * 3_600_000;
}

/**
 * Only the two holidays that every country of the three regimes keeps: one more would move a date later, and a date
 * that is too early harms nobody.
 */
function isWorkingDay(at: number): boolean {
  const day = new Date(at);
  const isWeekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
  const isHoliday = ['0-1', '11-25'].includes(`${day.getUTCMonth()}-${day.getUTCDate()}`);
  return !isWeekend && !isHoliday;
}

function endOfDay(at: number): number {
  return at - (at % DAY_MS) + DAY_MS - 1;
}
