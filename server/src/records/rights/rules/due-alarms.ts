/** What officers are alarmed of before a date of a case passes: fifteen days before, five days before, and after. */

import { openClocks } from './case-clocks.js';
import type { CaseFacts } from './case-facts.js';

const DAY_MS = 24 * 3_600_000;

export type DueAlarm = 'casesDue15' | 'casesDue5' | 'casesLate';

/** The gravest alone. What is due within days of its receipt, as a referral, is near from the start. */
export function dueAlarmOf(cases: readonly CaseFacts[], now: number): DueAlarm | undefined {
  const dates = cases.flatMap((facts) => openClocks(facts, now).map(({ at }) => at - now));
  const next = Math.min(...dates);
  if (next < 0) return 'casesLate';
  if (next <= 5 * DAY_MS) return 'casesDue5';
  return next <= 15 * DAY_MS ? 'casesDue15' : undefined;
}
