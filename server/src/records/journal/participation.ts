/** Further agents of an engagement: let in where the transfer to them has a basis, and the lead as it passes. */

import type { JournalAck, JournalEntry } from '@alongside/engagement';
import { refuse } from '@alongside/protocol';
import { type EntityManager, IsNull } from 'typeorm';
import { lockEngagement } from '../engagements/lock-engagement.js';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { journalEntryEntity } from '../entities/journal-entry-entity.js';
import { participantEntity } from '../entities/participant-entity.js';
import type { RecordsContext } from '../records-context.js';
import { addStretch, agentOfSite, carriedBy, decideForAgent } from './let-in.js';
import { renewDecisions } from './renew-decisions.js';

type Joining = Extract<JournalEntry, { type: 'joined' }>;
type Passing = Extract<JournalEntry, { type: 'leadPassed' }>;

export async function applyJoining(
  context: RecordsContext,
  manager: EntityManager,
  entry: Joining,
): Promise<JournalAck> {
  const { engagementId, agentId, role } = entry;
  const engagement = await lockEngagement(manager, engagementId);
  if (engagement === null) return refuse('notFound');
  const applied = await appliedBefore(manager, entry.entryId);
  if (applied !== undefined) return applied;
  if (engagement.phase !== 'active') return refuse('wrongState');
  const agent = await agentOfSite(manager, { personId: agentId, siteId: engagement.siteId });
  if (agent === undefined || !agent.roles.includes(role)) return refuse('notPermitted');
  const isIn = await manager
    .getRepository(participantEntity)
    .existsBy({ engagementId, agentId, leftAt: IsNull() });
  if (isIn) return { ok: true, version: engagement.version, at: entry.at };
  // Of what is disputed nobody else is to read.
  if (engagement.restrictedAt !== null) return refuse('wrongState');
  const reading = await decideForAgent(context, manager, { engagement, agent });
  if (!reading.ok) return reading;
  const covering = await renewDecisions(context, manager, engagement);
  if (!covering.ok) return covering;
  const at = new Date(Math.min(entry.at, context.clock()));
  await addStretch(manager, covering.value, {
    ...{ agentId, agentCountry: agent.country, role, supervises: role === 'supervisor' },
    ...{ readingDecisionId: reading.value.decisionId, joinedAt: at, noticedAt: null },
  });
  return keepEntry(manager, covering.value, { entryId: entry.entryId, at });
}

/** What is told as done is written, so that the ledger and what runs agree: nobody is asked again here. */
export async function applyLeadPassing(
  context: RecordsContext,
  manager: EntityManager,
  entry: Passing,
): Promise<JournalAck> {
  const { engagementId, agentId, from, stays } = entry;
  const engagement = await lockEngagement(manager, engagementId);
  if (engagement === null) return refuse('notFound');
  const applied = await appliedBefore(manager, entry.entryId);
  if (applied !== undefined) return applied;
  if (engagement.phase !== 'active') return refuse('wrongState');
  const stretches = manager.getRepository(participantEntity);
  const open = { engagementId, leftAt: IsNull() };
  const heir = await stretches.findOneBy({ ...open, agentId });
  if (heir === null || engagement.agentId !== from) return refuse('notPermitted');
  const former = await stretches.findOneBy({ ...open, agentId: from });
  const covering = await renewDecisions(context, manager, engagement);
  if (!covering.ok) return covering;
  const at = new Date(Math.min(entry.at, context.clock()));
  for (const each of former === null ? [heir] : [heir, former]) {
    const { participantId } = each;
    await stretches.update({ participantId }, { leftAt: at, endReason: 'passed' });
  }
  await addStretch(manager, covering.value, { ...heir, role: 'lead', joinedAt: at });
  if (stays && former !== null) {
    const role = former.supervises ? 'supervisor' : 'agent';
    await addStretch(manager, covering.value, { ...former, role, joinedAt: at });
  }
  const { agentCountry, readingDecisionId } = heir;
  await manager
    .getRepository(engagementEntity)
    .update({ engagementId }, { agentId, agentCountry, readingDecisionId });
  return keepEntry(manager, covering.value, { entryId: entry.entryId, at });
}

async function appliedBefore(manager: EntityManager, entryId: string): Promise<JournalAck | undefined> {
  const applied = await manager.getRepository(journalEntryEntity).findOneBy({ entryId });
  return applied === null ? undefined : { ok: true, version: applied.version, at: applied.at.getTime() };
}

/** The ledger moves on by it, and the same entry again is answered as the first time. */
async function keepEntry(
  manager: EntityManager,
  engagement: EngagementRow,
  { entryId, at }: { readonly entryId: string; readonly at: Date },
): Promise<JournalAck> {
  const { engagementId } = engagement;
  const version = engagement.version + 1;
  await manager.getRepository(engagementEntity).update({ engagementId }, { version });
  const { shelf } = engagement;
  const kept = { entryId, engagementId, version, at, shelf, ...carriedBy(engagement) };
  await manager.getRepository(journalEntryEntity).insert(kept);
  return { ok: true, version, at: at.getTime() };
}
