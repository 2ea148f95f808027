/** Takes away what was said and answered in one engagement, or says which hold keeps it for now. */

import { randomUUID } from 'node:crypto';
import { accept, type Reply } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { originOf } from '../engagements/visitor-engagements.js';
import { chatLineEntity } from '../entities/chat-line-entity.js';
import { correctionEntity } from '../entities/correction-entity.js';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { type ErasureRow, erasureEntity } from '../entities/erasure-entity.js';
import { introductionEntity } from '../entities/introduction-entity.js';
import type { LegalHoldRow } from '../entities/legal-hold-entity.js';
import { surveyAnswersEntity } from '../entities/survey-answers-entity.js';
import type { RecordsContext } from '../records-context.js';
import { coveredBy } from '../transfer/covered-values.js';
import { currentHold } from './holds.js';

export type Erased =
  | { readonly state: 'erased'; readonly row: ErasureRow }
  /** It goes by itself when the hold ends; until then it is stored and nothing more. */
  | { readonly state: 'held'; readonly hold: LegalHoldRow };

export async function eraseContent(
  context: RecordsContext,
  manager: EntityManager,
  engagement: EngagementRow,
): Promise<Reply<Erased>> {
  const { engagementId, tenantId } = engagement;
  const at = new Date(context.clock());
  const engagements = manager.getRepository(engagementEntity);
  const hold = await currentHold(manager, engagementId, at);
  if (hold !== null) {
    const waiting = { eraseWantedAt: engagement.eraseWantedAt ?? at, restrictedAt: at };
    await engagements.update({ engagementId }, { ...ending(engagement, at), ...waiting });
    return accept({ state: 'held', hold });
  }
  const decided = await context.decisions.decide(manager, {
    tenantId,
    dataClass: 'case',
    access: 'store',
    // The visitor asks this service directly, so keeping what they asked for is no transfer.
    direct: true,
    origin: originOf(engagement),
    toCountry: context.storageCountry,
  });
  if (!decided.ok) return decided;
  context.ledger.note('engagement', engagementId, at.getTime());
  const counts = await removeContent(manager, engagementId);
  const erasureId = randomUUID();
  await manager.getRepository(erasureEntity).insert({
    ...{ erasureId, engagementId, recipientId: engagement.deliveredTo, ...counts, at },
    ...coveredBy(decided.value, 'rights'),
  });
  if (engagement.deliveredTo !== null) context.storeErasures.tellAfter(manager, tenantId);
  await engagements.update(
    { engagementId },
    { ...ending(engagement, at), erasedAt: at, eraseWantedAt: null },
  );
  const row = await manager.getRepository(erasureEntity).findOneByOrFail({ erasureId });
  return accept({ state: 'erased', row });
}

/** Counts what it took, for the receipt. */
export async function removeContent(
  manager: EntityManager,
  engagementId: string,
): Promise<{ transcriptRows: number; surveyRows: number }> {
  const lines = await manager.getRepository(chatLineEntity).delete({ engagementId });
  const introductions = await manager.getRepository(introductionEntity).delete({ engagementId });
  const corrections = await manager.getRepository(correctionEntity).delete({ engagementId });
  const answers = await manager.getRepository(surveyAnswersEntity).delete({ engagementId });
  return {
    transcriptRows: (lines.affected ?? 0) + (introductions.affected ?? 0) + (corrections.affected ?? 0),
    surveyRows: answers.affected ?? 0,
  };
}

function ending(engagement: EngagementRow, at: Date): Partial<EngagementRow> {
  const version = engagement.version + 1;
  if (engagement.endedAt !== null) return { version };
  return { version, phase: 'closed', closedAt: at, endedAt: at, endedBy: 'visitor', endReason: 'erased' };
}
