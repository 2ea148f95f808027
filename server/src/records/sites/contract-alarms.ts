/** What officers are told of the contracts that transfers rest on: that one runs out, or is to be looked at or assessed again. */

import { type EntityManager, IsNull, Not } from 'typeorm';
import { type ContractRow, contractEntity } from '../entities/contract-entity.js';
import { dayOf, isOver, runsOut } from '../retention/runs-out.js';
import { addMonths } from '../rights/kept-until.js';

/** Within a year of the last look, as terms are. */
const LOOK_MONTHS = 12;

type Dated = Pick<ContractRow, 'validUntil' | 'reviewDue' | 'verifiedAt'>;

export async function contractAlarms(manager: EntityManager, now: Date): Promise<readonly string[]> {
  return alarmsOf(
    await manager.getRepository(contractEntity).findBy({ endedAt: IsNull(), approvedAt: Not(IsNull()) }),
    now,
  );
}

/** One that has run out is told of until somebody ends it; the last day of each counts still. */
export function alarmsOf(contracts: readonly Dated[], now: Date): readonly string[] {
  const isDue = ({ reviewDue }: Dated) => isOver(reviewDue, now);
  const isDueSoon = (each: Dated) => runsOut(each.reviewDue, now) && !isDue(each);
  const isUnseen = ({ verifiedAt }: Dated) =>
    isOver(dayOf(addMonths(new Date(verifiedAt), LOOK_MONTHS).getTime()), now);
  return [
    ...(contracts.some(isUnseen) ? ['contractUnseen'] : []),
    ...(contracts.some(isDue) ? ['contractReview'] : []),
    ...(contracts.some(isDueSoon) ? ['contractReviewSoon'] : []),
    ...(contracts.some(({ validUntil }) => runsOut(validUntil, now)) ? ['contractExpiring'] : []),
  ];
}
