/** What officers are told of recipients: that the evidence of one runs out, past which nothing is sent to it. */

import { type EntityManager, IsNull, Not } from 'typeorm';
import { recipientEntity } from '../entities/recipient-entity.js';
import { isOver, runsOut } from '../retention/runs-out.js';

/** One that has run out is told of until somebody ends it. */
export async function recipientAlarms(manager: EntityManager, now: Date): Promise<readonly string[]> {
  const rows = await manager
    .getRepository(recipientEntity)
    .findBy({ endedAt: IsNull(), approvedAt: Not(IsNull()) });
  const isOut = rows.some(({ evidenceUntil }) => isOver(evidenceUntil, now));
  const isSoonOut = rows.some(
    ({ evidenceUntil }) => runsOut(evidenceUntil, now) && !isOver(evidenceUntil, now),
  );
  return [...(isOut ? ['recipientExpired'] : []), ...(isSoonOut ? ['recipientExpiring'] : [])];
}
