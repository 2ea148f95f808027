/** Reads what a ticket tells of engagements: the ledger as committed. */

import type {
  AgentId,
  EngagementId,
  EngagementLedger,
  Language,
  SiteId,
  TenantId,
} from '@alongside/protocol';
import { mayConsent } from '@alongside/transfer';
import { type EntityManager, In, IsNull } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { type ConsentEntryRow, consentEntryEntity } from '../entities/consent-entry-entity.js';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { introductionEntity } from '../entities/introduction-entity.js';
import { participantEntity } from '../entities/participant-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { siteEntity } from '../entities/site-entity.js';
import { transferDecisionEntity } from '../entities/transfer-decision-entity.js';
import type { EngagementHomes } from './engagement-homes.js';
import { ledgersThatFit } from './ledgers-that-fit.js';
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
      : {
          agent: {
            ...{ agentId: agent.personId as AgentId, displayName: agent.displayName ?? '' },
            ...((await isByConsent(manager, row)) ? { byConsent: true } : {}),
          },
        }),
    ...(await participation(manager, row)),
    consents: inForce(entries),
    ...hiddenBy(entries),
    ...agreedTransfers(entries),
    ...(mayConsent({ audience: site.audience, ofAgeBy: row.ofAgeBy ?? undefined })
      ? {}
      : { asksNothing: true }),
    ...(row.restrictedAt === null ? {} : { disputed: true }),
    ...(site.relayOnly ? { relayOnly: true } : {}),
    ...(site.mediaSealed ? { mediaSealed: true } : {}),
    ...(site.screens === 'none' ? {} : { screens: site.screens }),
    lastChatNumber: row.lastChatNumber,
    lastLease: row.lastLease,
  };
}

/** More of an agent's are looked at in no ticket: what goes on comes first, then what was begun last. */
const MOST_LOOKED_AT = 60;

/**
 * The desk that an agent is led to, and what of theirs lives there: of sites that still are, and not closed, and as
 * many of them as a ticket holds. Whoever leaves their wrap-ups lying for long finds the older ones once newer are closed.
 */
export async function deskOfAgent(
  manager: EntityManager,
  { personId, siteIds, homes }: Pick<Caller, 'personId' | 'siteIds'> & { readonly homes: EngagementHomes },
): Promise<{ readonly desk: LiveNode | undefined; readonly engagements: EngagementLedger[] }> {
  const open = await manager
    .getRepository(participantEntity)
    .find({ where: { agentId: personId, leftAt: IsNull() }, select: { engagementId: true } });
  const joined = In(open.map(({ engagementId }) => engagementId));
  const ofSites = In([...siteIds]);
  const rows = await manager.getRepository(engagementEntity).find({
    where: [
      { agentId: personId, siteId: ofSites, phase: In(['active', 'wrapUp']) },
      { engagementId: joined, siteId: ofSites, phase: 'active' },
    ],
    // Phases are in the order in which an engagement has them.
    order: { phase: 'ASC', requestedAt: 'DESC' },
    take: MOST_LOOKED_AT,
  });
  // Those of the journal are locked in this order too.
  rows.sort((one, other) => (one.engagementId < other.engagementId ? -1 : 1));
  const desk = await homes.deskOf(manager, rows);
  const engagements: EngagementLedger[] = [];
  for (const row of rows) {
    const home = await homes.settle(manager, row);
    if (home === desk && desk !== undefined) engagements.push(await ledgerOf(manager, row));
  }
  return { desk, engagements: ledgersThatFit(engagements) };
}

/** Of each scope the last act counts; a refusal of a later question takes nothing back. */
function inForce(entries: readonly ConsentEntryRow[]): EngagementLedger['consents'] {
  const granted = new Map<string, EngagementLedger['consents'][number]>();
  for (const { scope, act, entry, at } of entries) {
    // Of one agent among several, and of one country: `hiddenBy` and `agreedTransfers` read these.
    if (scope === 'watch' || scope === 'transfer') continue;
    if (act === 'granted') granted.set(scope, { scope, entry, grantedAt: at.getTime() });
    if (act === 'withdrawn') granted.delete(scope);
  }
  return [...granted.values()];
}

/** From whom the visitor has taken the page alone; the last word of each counts. */
function hiddenBy(entries: readonly ConsentEntryRow[]): Pick<EngagementLedger, 'hidden'> {
  const hidden = new Set<AgentId>();
  for (const { scope, act, agentId } of entries) {
    if (scope !== 'watch' || agentId === null) continue;
    if (act === 'withdrawn') hidden.add(agentId as AgentId);
    else hidden.delete(agentId as AgentId);
  }
  return hidden.size === 0 ? {} : { hidden: [...hidden] };
}

/** Countries that the visitor has explicitly agreed to; the last word on each counts. */
function agreedTransfers(entries: readonly ConsentEntryRow[]): Pick<EngagementLedger, 'transfers'> {
  const agreed = new Set<string>();
  for (const { toCountry, act } of entries) {
    if (toCountry === null) continue;
    if (act === 'granted') agreed.add(toCountry);
    else agreed.delete(toCountry);
  }
  return agreed.size === 0 ? {} : { transfers: [...agreed] };
}

async function isByConsent(
  manager: EntityManager,
  { readingDecisionId }: Pick<EngagementRow, 'readingDecisionId'>,
): Promise<boolean> {
  if (readingDecisionId === null) return false;
  const is = { decisionId: readingDecisionId, basis: 'ART49_A' } as const;
  return manager.getRepository(transferDecisionEntity).existsBy(is);
}

/** Who takes part beside the lead, while it runs. */
async function participation(
  manager: EntityManager,
  { engagementId, agentId, phase }: EngagementRow,
): Promise<Pick<EngagementLedger, 'joined' | 'leadSupervises'>> {
  if (phase !== 'active') return {};
  const open = await manager
    .getRepository(participantEntity)
    .find({ where: { engagementId, leftAt: IsNull() }, order: { joinedAt: 'ASC', participantId: 'ASC' } });
  const people = await manager
    .getRepository(personEntity)
    .findBy({ personId: In(open.map((each) => each.agentId)) });
  const names = new Map(people.map(({ personId, displayName }) => [personId, displayName ?? '']));
  const beside = open.filter((each) => each.agentId !== agentId);
  const consented = await Promise.all(beside.map((each) => isByConsent(manager, each)));
  const joined = beside.map((each, index) => ({
    agentId: each.agentId as AgentId,
    displayName: names.get(each.agentId) ?? '',
    role: each.supervises ? ('supervisor' as const) : ('agent' as const),
    joinedAt: each.joinedAt.getTime(),
    ...(consented[index] ? { byConsent: true as const } : {}),
  }));
  const leadSupervises = open.some((each) => each.agentId === agentId && each.supervises);
  return { ...(joined.length === 0 ? {} : { joined }), ...(leadSupervises ? { leadSupervises } : {}) };
}

function optional<Name extends string>(
  name: Name,
  value: string | null | undefined,
): { [Key in Name]?: string } {
  return value === null || value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: string });
}
