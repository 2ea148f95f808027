/** Which cases keep an engagement stored and nothing more, and answers that were objected to while a hold kept them. */

import type { EntityManager } from 'typeorm';
import { type RightsCaseRow, rightsCaseEntity } from '../../entities/rights-case-entity.js';

/** Somebody disputes what is held, or a child is said to have written: from the moment that it is known. */
export function disputes({ kind }: Pick<RightsCaseRow, 'kind'>): boolean {
  return kind === 'rectification' || kind === 'restriction' || kind === 'minor';
}

/** What was granted for good stays restricted until an officer lifts it by hand, and tells the person before (Art. 18(3)). */
export function restrictsStill({ kind, objectsTo, closedAt, executedAt, outcome }: RightsCaseRow): boolean {
  if (disputes({ kind }) && closedAt === null) return true;
  const isForGood = kind === 'restriction' || (kind === 'objection' && objectsTo !== 'feedback');
  return isForGood && executedAt !== null && outcome !== 'refused';
}

/** Cases by which answers were to go that are there still; of one engagement, or of all. */
export function objectedAnswers(
  manager: EntityManager,
  engagementId?: string,
): Promise<readonly RightsCaseRow[]> {
  const objected = manager
    .getRepository(rightsCaseEntity)
    .createQueryBuilder('rights_case')
    .where("rights_case.kind = 'objection' AND rights_case.objects_to = 'feedback'")
    // Answers that were given after it are given anew.
    .andWhere(`EXISTS (SELECT FROM survey_answers a
      WHERE a.engagement_id = rights_case.engagement_id AND a.at <= rights_case.executed_at)`);
  return engagementId === undefined
    ? objected.getMany()
    : objected.andWhere('rights_case.engagement_id = :engagementId', { engagementId }).getMany();
}
