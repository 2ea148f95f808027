/** Reads what a ticket tells of engagements: the ledger as committed. */

import type {
  AgentId,
  EngagementId,
  EngagementLedger,
  Language,
  SiteId,
  TenantId,
} from '@alongside/protocol';
import { type EntityManager, In } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { type ConsentEntryRow, consentEntryEntity } from '../entities/consent-entry-entity.js';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { introductionEntity } from '../entities/introduction-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { siteEntity } from '../entities/site-entity.js';
import type { EngagementHomes } from './engagement-homes.js';
import type { LiveNode } from './live-nodes.js';

export async function ledgerOf(manager: EntityManager, row: EngagementRow): Promise<EngagementLedger> {
  const { engagementId, siteId, agentId } = row;
  const site = await manager.getRepository(siteEntity).findOneByOrFail({ siteId });
  const introduction = await manager.getRepository(introductionEntity).findOneBy({ engagementId });
  const agent =
    agentId === null
      ? null
      : await manager.getRepository(personEntity).findOneByOrFail({ personId: agentId });
  const entries = await manager
    .getRepository(consentEntryEntity)
    .find({ where: { engagementId }, order: { entry: 'ASC' } });
  return {
    engagementId: engagementId as EngagementId,
    tenantId: row.tenantId as TenantId,
    siteId: siteId as SiteId,
    siteName: site.name,
    version: row.version,
    phase: row.phase,
    requestedAt: row.requestedAt.getTime(),
    ...optional('topic', introduction?.topic),
    ...optional('visitorName', introduction?.visitorName),
    ...optional('confirmedAs', introduction?.confirmedAs),
    language: row.language as Language,
    ...(agent === null
      ? {}
      : { agent: { agentId: agent.personId as AgentId, displayName: agent.displayName ?? '' } }),
    consents: inForce(entries),
    lastChatNumber: row.lastChatNumber,
    lastLease: row.lastLease,
  };
}

/** The desk that an agent is led to, and what of theirs lives there: of sites that still are, and not closed. */
export async function deskOfAgent(
  manager: EntityManager,
  { personId, siteIds, homes }: Pick<Caller, 'personId' | 'siteIds'> & { readonly homes: EngagementHomes },
): Promise<{ readonly desk: LiveNode | undefined; readonly engagements: EngagementLedger[] }> {
  const rows = await manager.getRepository(engagementEntity).find({
    where: { agentId: personId, siteId: In([...siteIds]), phase: In(['active', 'wrapUp']) },
    // Those of the journal are locked in this order too.
    order: { engagementId: 'ASC' },
  });
  const desk = await homes.deskOf(manager, rows);
  const engagements: EngagementLedger[] = [];
  for (const row of rows) {
    const home = await homes.settle(manager, row);
    if (home === desk && desk !== undefined) engagements.push(await ledgerOf(manager, row));
  }
  return { desk, engagements };
}

/** Of each scope the last act counts; a refusal of a later question takes nothing back. */
function inForce(entries: readonly ConsentEntryRow[]): EngagementLedger['consents'] {
  const granted = new Map<ConsentEntryRow['scope'], EngagementLedger['consents'][number]>();
  for (const { scope, act, entry, at } of entries) {
    if (act === 'granted') granted.set(scope, { scope, entry, grantedAt: at.getTime() });
    if (act === 'withdrawn') granted.delete(scope);
  }
  return [...granted.values()];
}

function optional<Name extends string>(
  name: Name,
  value: string | null | undefined,
): { [Key in Name]?: string } {
  return value === null || value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: string });
}
