/** What was granted to go and a hold keeps for now, as whoever asked and the officer are told of it. */

import type { CaseSeen } from '@alongside/protocol';
import { type EntityManager, IsNull, Not } from 'typeorm';
import { engagementEntity } from '../../entities/engagement-entity.js';
import type { RightsCaseRow } from '../../entities/rights-case-entity.js';
import { currentHold } from '../holds-in-force.js';
import { objectedAnswers } from './what-restricts.js';

export async function heldBack(
  manager: EntityManager,
  row: RightsCaseRow,
  now: number,
): Promise<CaseSeen['held']> {
  const { engagementId, executedAt } = row;
  if (engagementId === null || executedAt === null || !(await isWaiting(manager, row, engagementId)))
    return undefined;
  const hold = await currentHold(manager, engagementId, new Date(now));
  return hold === null ? undefined : { law: hold.law, until: hold.heldUntil.getTime() };
}

async function isWaiting(manager: EntityManager, { kind }: RightsCaseRow, engagementId: string) {
  if (kind === 'objection') return (await objectedAnswers(manager, engagementId)).length > 0;
  if (kind !== 'erasure' && kind !== 'minor') return false;
  const waiting = { engagementId, eraseWantedAt: Not(IsNull()) };
  return manager.getRepository(engagementEntity).existsBy(waiting);
}
