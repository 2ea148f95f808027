/** How long the rows of an engagement are kept: whole months from its end, by class. The purge counts alike, in SQL. */

import type { CustomerRow } from '../entities/customer-entity.js';
import type { EngagementRow } from '../entities/engagement-entity.js';

/** Of a case from its end: nothing a customer sets. */
export const CASE_MONTHS = 36;

export interface KeptUntil {
  readonly transcript: number;
  readonly survey: number;
  readonly metadata: number;
}

export function keptUntil(engagement: EngagementRow, customer: CustomerRow): KeptUntil {
  const from = engagement.endedAt ?? engagement.requestedAt;
  return {
    transcript: addMonths(from, customer.transcriptMonths).getTime(),
    survey: addMonths(from, customer.surveyMonths).getTime(),
    metadata: addMonths(from, customer.metadataMonths).getTime(),
  };
}

/** The same day of a later month, or that month's last day where it is shorter. */
export function addMonths(from: Date, months: number): Date {
  const to = new Date(from);
  const day = to.getUTCDate();
  to.setUTCDate(1);
  to.setUTCMonth(to.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(day, lastDay));
  return to;
}

/** The latest end from which these months are over: nothing later goes. */
export function latestOver(now: Date, months: number): Date {
  const monthEnd = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months + 1, 0));
  const lastDay = monthEnd.getUTCDate();
  const isLastOfMonth = new Date(now.getTime() + DAY_MS).getUTCDate() === 1;
  // A day that the earlier month lacks: all of that month is over.
  if (now.getUTCDate() > lastDay) return new Date(monthEnd.getTime() + DAY_MS - 1);
  const sinceMidnight = now.getTime() % DAY_MS;
  const day = isLastOfMonth ? lastDay : now.getUTCDate();
  return new Date(monthEnd.getTime() + (day - lastDay) * DAY_MS + sinceMidnight);
}

const DAY_MS = 24 * 3_600_000;
