/** Takes away what was said and answered in one engagement, or says which hold keeps it for now. */

import { randomUUID } from 'node:crypto';
import { accept, type Reply } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { closedAway } from '../engagements/closed-away.js';
import { originOf } from '../engagements/visitor-engagements.js';
import { chatLineEntity } from '../entities/chat-line-entity.js';
import { correctionEntity } from '../entities/correction-entity.js';
import { type EndedBy, type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { type ErasureRow, erasureEntity } from '../entities/erasure-entity.js';
import { introductionEntity } from '../entities/introduction-entity.js';
import type { LegalHoldRow } from '../entities/legal-hold-entity.js';
import { surveyAnswersEntity } from '../entities/survey-answers-entity.js';
import type { RecordsContext } from '../records-context.js';
import { coverCase } from './cases/cover-case.js';
import { currentHold } from './holds-in-force.js';

export type Erased =
  | { readonly state: 'erased'; readonly row: ErasureRow }
  /** It goes by itself when the hold ends; until then it is stored and nothing more. */
  | { readonly state: 'held'; readonly hold: LegalHoldRow };

/** `by`: on whose word it ends, where it has not. */
export async function eraseContent(
  context: RecordsContext,
  manager: EntityManager,
  { engagement, by }: { readonly engagement: EngagementRow; readonly by: EndedBy },
): Promise<Reply<Erased>> {
  const { engagementId, tenantId } = engagement;
  const at = new Date(context.clock());
  const end = closedAway(engagement, at, { endedBy: by, endReason: 'erased' });
  const engagements = manager.getRepository(engagementEntity);
  const hold = await currentHold(manager, engagementId, at);
  const note = () => context.ledger.note('engagement', engagementId, at.getTime());
  if (hold !== null) {
    note();
    const waiting = { eraseWantedAt: engagement.eraseWantedAt ?? at, restrictedAt: at };
    await engagements.update({ engagementId }, { ...end, ...waiting });
    return accept({ state: 'held', hold });
  }
  const covered = await coverCase(context, manager, { tenantId, origin: originOf(engagement) });
  // What is refused here must not go by itself with the next start.
  if (!covered.ok) return covered;
  note();
  const counts = await removeContent(manager, engagementId);
  const erasureId = randomUUID();
  await manager.getRepository(erasureEntity).insert({
    ...{ erasureId, engagementId, recipientId: engagement.deliveredTo, answersOnly: false, ...counts, at },
    ...covered.value,
  });
  if (engagement.deliveredTo !== null) context.storeErasures.tellAfter(manager, tenantId);
  await engagements.update({ engagementId }, { ...end, erasedAt: at, eraseWantedAt: null });
  const row = await manager.getRepository(erasureEntity).findOneByOrFail({ erasureId });
  return accept({ state: 'erased', row });
}

/** The answers alone, when their purpose is objected to; answers the hold that keeps them, if there is one. */
export async function eraseAnswers(
  context: RecordsContext,
  manager: EntityManager,
  engagement: EngagementRow,
): Promise<Reply<LegalHoldRow | undefined>> {
  const { engagementId, tenantId, deliveredTo } = engagement;
  const at = new Date(context.clock());
  const hold = await currentHold(manager, engagementId, at);
  if (hold !== null) return accept(hold);
  const covered = await coverCase(context, manager, { tenantId, origin: originOf(engagement) });
  if (!covered.ok) return covered;
  context.ledger.note('answers', engagementId, at.getTime());
  const answers = await manager.getRepository(surveyAnswersEntity).delete({ engagementId });
  const counts = { transcriptRows: 0, surveyRows: answers.affected ?? 0 };
  await manager.getRepository(erasureEntity).insert({
    ...{ erasureId: randomUUID(), engagementId, recipientId: deliveredTo, answersOnly: true, ...counts, at },
    ...covered.value,
  });
  if (deliveredTo !== null) context.storeErasures.tellAfter(manager, tenantId);
  return accept(undefined);
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
