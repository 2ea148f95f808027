/** By when the terms of a customer and what its transfers rest on are to be looked at again. */

import { type KeptClass, keptClasses } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { CustomerRow } from '../entities/customer-entity.js';
import { type RetentionReviewRow, retentionReviewEntity } from '../entities/retention-review-entity.js';
import { recipientAlarms } from '../recipients/recipient-alarms.js';
import { addMonths } from '../rights/kept-until.js';
import { contractAlarms } from '../sites/contract-alarms.js';

/** Within a year of the last look, or of the beginning. */
export const REVIEW_MONTHS = 12;

export interface ReviewDate {
  readonly dataClass: KeptClass;
  readonly dueAt: Date;
  readonly last: RetentionReviewRow | undefined;
}

export async function reviewDates(
  manager: EntityManager,
  customer: CustomerRow,
): Promise<readonly ReviewDate[]> {
  const found = await manager
    .getRepository(retentionReviewEntity)
    .createQueryBuilder('review')
    .distinctOn(['review.data_class'])
    .orderBy('review.data_class')
    .addOrderBy('review.reviewed_at', 'DESC')
    .getMany();
  const first = addMonths(customer.createdAt, REVIEW_MONTHS);
  return keptClasses.map((dataClass) => {
    const last = found.find((each) => each.dataClass === dataClass);
    return { dataClass, dueAt: last?.dueAt ?? first, last };
  });
}

/** What officers are alarmed of: codes, as of anything else that is missing. */
export async function overdueReviews(
  manager: EntityManager,
  customer: CustomerRow,
  now: Date,
): Promise<readonly string[]> {
  const terms = (await reviewDates(manager, customer)).filter(({ dueAt }) => dueAt <= now);
  return [
    ...terms.map(({ dataClass }) => `retention:${dataClass}`),
    ...(await contractAlarms(manager, now)),
    ...(await recipientAlarms(manager, now)),
  ];
}
