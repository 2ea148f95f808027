/** Decisions of a running engagement that are over are made anew, or end it: rows are never kept without one. */

import { accept, type Reply } from '@alongside/protocol';
import { type EntityManager, In } from 'typeorm';
import { decideStore } from '../engagements/store-decisions.js';
import { originOf } from '../engagements/visitor-engagements.js';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { type TransferDecisionRow, transferDecisionEntity } from '../entities/transfer-decision-entity.js';
import type { RecordsContext } from '../records-context.js';

/** For a row that the caller has locked. Answers the row as it is then. */
export async function renewDecisions(
  context: RecordsContext,
  manager: EntityManager,
  engagement: EngagementRow,
): Promise<Reply<EngagementRow>> {
  const { engagementId, tenantId, decisionId, transcriptDecisionId } = engagement;
  const current = await manager
    .getRepository(transferDecisionEntity)
    .findBy({ decisionId: In([decisionId, transcriptDecisionId]) });
  if (current.every((each) => isInForce(each))) return accept(engagement);
  const flow = { tenantId, origin: originOf(engagement), toCountry: context.storageCountry };
  const decided = await decideStore(context.decisions, manager, flow);
  if (!decided.ok) return decided;
  const { metadata, transcript } = decided.value;
  const renewed = { decisionId: metadata.decisionId, transcriptDecisionId: transcript.decisionId };
  await manager.getRepository(engagementEntity).update({ engagementId }, renewed);
  return accept({ ...engagement, ...renewed });
}

/** By the wall clock, as the trigger judges it. */
function isInForce({ endedAt, validUntil }: TransferDecisionRow): boolean {
  return endedAt === null && (validUntil === null || validUntil.getTime() >= Date.now());
}
