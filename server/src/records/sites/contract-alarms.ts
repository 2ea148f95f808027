/** What officers are told of the contracts that transfers rest on: that one runs out, or its assessment is to be made again. */

import { type EntityManager, IsNull, Not } from 'typeorm';
import { type ContractRow, contractEntity } from '../entities/contract-entity.js';

const DAY_MS = 24 * 3_600_000;
/** As long before as of an agreement. */
const AHEAD_DAYS = 30;

type Dated = Pick<ContractRow, 'validUntil' | 'reviewDue'>;

export async function contractAlarms(manager: EntityManager, now: Date): Promise<readonly string[]> {
  return alarmsOf(
    await manager.getRepository(contractEntity).findBy({ endedAt: IsNull(), approvedAt: Not(IsNull()) }),
    now,
  );
}

/** One that has run out is told of until somebody ends it; the last day of each counts still. */
export function alarmsOf(contracts: readonly Dated[], now: Date): readonly string[] {
  const today = dayOf(now.getTime());
  const ahead = dayOf(now.getTime() + AHEAD_DAYS * DAY_MS);
  const isDue = ({ reviewDue }: Dated) => reviewDue !== null && reviewDue < today;
  const isDueSoon = (each: Dated) => each.reviewDue !== null && each.reviewDue <= ahead && !isDue(each);
  const runsOut = ({ validUntil }: Dated) => validUntil !== null && validUntil <= ahead;
  return [
    ...(contracts.some(isDue) ? ['contractReview'] : []),
    ...(contracts.some(isDueSoon) ? ['contractReviewSoon'] : []),
    ...(contracts.some(runsOut) ? ['contractExpiring'] : []),
  ];
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
