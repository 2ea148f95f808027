/** What letting an agent into an engagement takes: who they are, the decision, and the stretch. */

import { randomUUID } from 'node:crypto';
import { type Reply, refuse } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { originOf } from '../engagements/visitor-engagements.js';
import type { EngagementRow } from '../entities/engagement-entity.js';
import { type ParticipantRow, participantEntity } from '../entities/participant-entity.js';
import { type PersonRow, personEntity } from '../entities/person-entity.js';
import { personSiteEntity } from '../entities/person-site-entity.js';
import type { TransferDecisionRow } from '../entities/transfer-decision-entity.js';
import type { RecordsContext } from '../records-context.js';
import type { DecisionDesk } from '../transfer/decision-desk.js';
import { type Flow, receiverOf, relayFlow } from '../transfer/flow.js';

export async function agentOfSite(
  manager: EntityManager,
  { personId, siteId }: { personId: string; siteId: string },
): Promise<PersonRow | undefined> {
  const agent = await manager.getRepository(personEntity).findOneBy({ personId, disabled: false });
  const isOfSite = await manager.getRepository(personSiteEntity).existsBy({ personId, siteId });
  return agent !== null && isOfSite ? agent : undefined;
}

/**
 * What is written is read by the agent, and what is shown is viewed: either may be refused. Where nothing covers that,
 * the visitor's explicit consent may cover what is shown while it runs.
 */
export async function decideForAgent(
  { decisions, liveCountry }: RecordsContext,
  manager: EntityManager,
  { engagement, agent }: { engagement: EngagementRow; agent: PersonRow },
): Promise<Reply<TransferDecisionRow>> {
  const { tenantId } = engagement;
  const flow = { tenantId, origin: originOf(engagement), ...receiverOf(agent) };
  const passed = await decisions.decide(manager, relayFlow({ tenantId, liveCountry }, flow.origin));
  if (!passed.ok) return passed;
  const viewing = await decisions.decide(manager, { ...flow, dataClass: 'live', access: 'view' });
  if (!viewing.ok) return decideByConsent(decisions, manager, { flow, engagement, refused: viewing });
  return decisions.decide(manager, { ...flow, dataClass: 'transcript', access: 'read' });
}

/** While it runs, and for this engagement alone: afterwards nothing of it is read there. */
async function decideByConsent(
  decisions: DecisionDesk,
  manager: EntityManager,
  {
    flow,
    engagement,
    refused,
  }: {
    flow: Pick<Flow, 'tenantId' | 'origin' | 'toCountry' | 'importer'>;
    engagement: EngagementRow;
    refused: Reply<TransferDecisionRow>;
  },
): Promise<Reply<TransferDecisionRow>> {
  const { toCountry } = flow;
  const { engagementId } = engagement;
  if (toCountry === undefined) return refused;
  const live = { ...flow, dataClass: 'live', access: 'view' } as const;
  const given = { ...live, session: { engagementId } };
  if (await decisions.wouldAllow(manager, given)) return decisions.decide(manager, given);
  const worthAsking = { ...live, session: { engagementId, isAsked: true } } as const;
  return (await decisions.wouldAllow(manager, worthAsking)) ? refuse('consentMissing', toCountry) : refused;
}

type Stretch = Pick<
  ParticipantRow,
  'agentId' | 'agentCountry' | 'role' | 'supervises' | 'readingDecisionId' | 'joinedAt' | 'noticedAt'
>;

/** Under the decision that covers the engagement's facts. */
export async function addStretch(
  manager: EntityManager,
  engagement: EngagementRow,
  stretch: Stretch,
): Promise<void> {
  const { agentId, agentCountry, role, supervises, readingDecisionId, joinedAt, noticedAt } = stretch;
  await manager.getRepository(participantEntity).insert({
    ...{ participantId: randomUUID(), engagementId: engagement.engagementId },
    ...{ agentId, agentCountry, role, supervises, readingDecisionId, joinedAt, noticedAt },
    ...{ leftAt: null, endReason: null, ...carriedBy(engagement) },
  });
}

export function carriedBy(engagement: EngagementRow) {
  const { tenantId, originCountry, originEvidence, storageRegion, decisionId } = engagement;
  const purpose = 'accountability' as const;
  return { tenantId, originCountry, originEvidence, storageRegion, purpose, decisionId };
}
