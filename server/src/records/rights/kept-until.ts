/** How long the rows of an engagement are kept: whole months from its end, by class. */

import type { CustomerRow } from '../entities/customer-entity.js';
import type { EngagementRow } from '../entities/engagement-entity.js';

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
