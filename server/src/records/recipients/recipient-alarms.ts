/**
 * What officers are told of recipients: that the evidence of one runs out, past which nothing is sent to it; and that a
 * store has taken nothing for longer than a day.
 */

import { type EntityManager, In, IsNull, LessThan, Not } from 'typeorm';
import { erasureEntity } from '../entities/erasure-entity.js';
import { recipientEntity } from '../entities/recipient-entity.js';
import { storeBeginningEntity } from '../entities/store-beginning-entity.js';
import type { RecordsContext } from '../records-context.js';
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

const SILENT_MS = 24 * 3_600_000;

/** Where something is to be erased there still, or whoever speaks to it has found it down for so long; until it is ended. */
export async function silentStores(
  { store, clock }: RecordsContext,
  manager: EntityManager,
): Promise<readonly string[]> {
  const before = clock() - SILENT_MS;
  const recipients = await manager.getRepository(recipientEntity).findBy({ endedAt: IsNull() });
  const recipientId = In(recipients.map((each) => each.recipientId));
  const owed = { recipientId, toldAt: IsNull(), at: LessThan(new Date(before)) };
  const isSilent =
    recipients.some((each) => store.isDownSince(each.recipientId, before)) ||
    (await manager.getRepository(erasureEntity).existsBy(owed)) ||
    (await manager
      .getRepository(storeBeginningEntity)
      .existsBy({ recipientId, askedAt: LessThan(new Date(before)) }));
  return isSilent ? ['recipientSilent'] : [];
}
