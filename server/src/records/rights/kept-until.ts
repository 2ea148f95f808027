/** How long the rows of an engagement are kept: whole months from its end, by class. The purge counts alike, in SQL. */

import type { KeptClass } from '@alongside/protocol';
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
  const begunAt = engagement.requestedAt.getTime();
  const until = (dataClass: KeptClass): number => {
    const told = termsOf(customer, dataClass).filter(({ begunBefore }) => begunAt < begunBefore);
    return addMonths(from, Math.min(...told.map(({ months }) => months))).getTime();
  };
  return { transcript: until('transcript'), survey: until('survey'), metadata: until('metadata') };
}

export interface Term {
  readonly months: number;
  /** What began later has another one. */
  readonly begunBefore: number;
}

/** The one in force, and shorter ones that visitors of before were told of: they hold for them. */
export function termsOf(customer: CustomerRow, dataClass: KeptClass): readonly [Term, ...Term[]] {
  const { transcriptMonths, surveyMonths, metadataMonths, formerTerms } = customer;
  const months = { transcript: transcriptMonths, survey: surveyMonths, metadata: metadataMonths }[dataClass];
  const shorter = formerTerms.filter((each) => each.dataClass === dataClass && each.months < months);
  return [
    { months, begunBefore: Number.POSITIVE_INFINITY },
    ...shorter.map((each) => ({ months: each.months, begunBefore: each.until })),
  ];
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
