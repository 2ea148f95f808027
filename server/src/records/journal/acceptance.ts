/** An agent takes a waiting engagement: the first one gets it, if its transfer to that agent has a basis. */

import type { JournalAck, JournalEntry } from '@alongside/engagement';
import { refuse } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { lockEngagement } from '../engagements/lock-engagement.js';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { journalEntryEntity } from '../entities/journal-entry-entity.js';
import type { PersonRow } from '../entities/person-entity.js';
import type { TransferDecisionRow } from '../entities/transfer-decision-entity.js';
import type { RecordsContext } from '../records-context.js';
import { addStretch, agentOfSite, carriedBy, decideForAgent } from './let-in.js';
import { renewDecisions } from './renew-decisions.js';

type Acceptance = Extract<JournalEntry, { type: 'accepted' }>;

export async function applyAcceptance(
  context: RecordsContext,
  manager: EntityManager,
  entry: Acceptance,
): Promise<JournalAck> {
  const { engagementId, agentId, entryId } = entry;
  const engagement = await lockEngagement(manager, engagementId);
  if (engagement === null) return refuse('notFound');
  const applied = await manager.getRepository(journalEntryEntity).findOneBy({ entryId });
  if (applied !== null) return { ok: true, version: applied.version, at: applied.at.getTime() };
  if (engagement.agentId === agentId) return { ok: true, version: engagement.version, at: entry.at };
  if (engagement.agentId !== null) return refuse('alreadyTaken');
  if (engagement.phase !== 'waiting') return refuse('wrongState');
  const agent = await agentOfSite(manager, { personId: agentId, siteId: engagement.siteId });
  if (agent === undefined) return refuse('notPermitted');
  const decided = await decideForAgent(context, manager, { engagement, agent });
  if (!decided.ok) return decided;
  const covering = await renewDecisions(context, manager, engagement);
  if (!covering.ok) return covering;
  return take(manager, {
    engagement: covering.value,
    agent,
    reading: decided.value,
    entry,
    now: context.clock(),
  });
}

interface Taking {
  readonly engagement: EngagementRow;
  readonly agent: PersonRow;
  readonly reading: TransferDecisionRow;
  readonly entry: Acceptance;
  readonly now: number;
}

async function take(
  manager: EntityManager,
  { engagement, agent, reading, entry, now }: Taking,
): Promise<JournalAck> {
  const { engagementId } = engagement;
  const version = engagement.version + 1;
  const at = new Date(Math.min(entry.at, now));
  await manager.getRepository(engagementEntity).update(
    { engagementId },
    {
      phase: 'active',
      version,
      agentId: agent.personId,
      agentCountry: agent.country,
      readingDecisionId: reading.decisionId,
      acceptedAt: at,
    },
  );
  await addStretch(manager, engagement, {
    ...{ agentId: agent.personId, agentCountry: agent.country, role: 'lead' },
    ...{ supervises: !agent.roles.includes('agent'), readingDecisionId: reading.decisionId },
    ...{ joinedAt: at, noticedAt: at },
  });
  await manager.getRepository(journalEntryEntity).insert({
    ...{ entryId: entry.entryId, engagementId, version, at, shelf: engagement.shelf },
    ...carriedBy(engagement),
  });
  return { ok: true, version, at: at.getTime() };
}
