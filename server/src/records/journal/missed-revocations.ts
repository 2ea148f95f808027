/** What a node may have missed while it could not be told: compares whom it serves with what holds now. */

import type { LiveRoster, Revocation } from '@alongside/engagement';
import type { AgentId, ConsentScope, EngagementId, SiteId } from '@alongside/protocol';
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { engagementEntity } from '../entities/engagement-entity.js';
import { type PersonRow, personEntity } from '../entities/person-entity.js';
import { personSiteEntity } from '../entities/person-site-entity.js';
import { refreshTokenEntity } from '../entities/refresh-token-entity.js';
import type { RecordsContext } from '../records-context.js';

type ServedAgent = LiveRoster['agents'][number];
type ServedEngagement = LiveRoster['engagements'][number];

export async function missedRevocations(
  { database, clock }: RecordsContext,
  { agents, engagements }: LiveRoster,
): Promise<readonly Revocation[]> {
  const tenants = new Set([...agents, ...engagements].map((each) => each.tenantId));
  const missed: Revocation[] = [];
  for (const tenantId of tenants) {
    const ofTenant = (each: { readonly tenantId: string }) => each.tenantId === tenantId;
    const found = await database.inTenantForJournal(tenantId, async (manager) => [
      ...(await changedAgents(manager, agents.filter(ofTenant), clock())),
      ...(await endedEngagements(manager, engagements.filter(ofTenant))),
      ...(await withdrawnConsents(manager, engagements.filter(ofTenant))),
      ...(await revokedExperts(manager, engagements.filter(ofTenant))),
      ...(await servedSites(manager, engagements.filter(ofTenant))),
    ]);
    missed.push(...found);
  }
  return missed;
}

async function changedAgents(
  manager: EntityManager,
  served: readonly ServedAgent[],
  at: number,
): Promise<Revocation[]> {
  const ids = In(served.map(({ agentId }) => agentId));
  const people = await manager.getRepository(personEntity).findBy({ personId: ids });
  const sites = await manager.getRepository(personSiteEntity).findBy({ personId: ids });
  const signedIn = await manager
    .getRepository(refreshTokenEntity)
    .findBy({ personId: ids, revokedAt: IsNull() });
  return served.flatMap(({ agentId, siteIds }): Revocation[] => {
    const person = people.find(({ personId }) => personId === agentId);
    if (person === undefined || person.disabled)
      return [{ type: 'agentChanged', agentId, disabled: true, at }];
    const now = sites.filter(({ personId }) => personId === agentId).map(({ siteId }) => siteId);
    const isSame =
      mayServe(person) &&
      signedIn.some(({ personId }) => personId === agentId) &&
      now.length === siteIds.length &&
      siteIds.every((siteId) => now.includes(siteId));
    return isSame ? [] : [{ type: 'agentChanged', agentId, disabled: false, at }];
  });
}

function mayServe({ roles }: PersonRow): boolean {
  return roles.includes('agent') || roles.includes('supervisor');
}

/** Whether their rules have changed meanwhile is for their pages to find out: asking costs little. */
async function servedSites(
  manager: EntityManager,
  served: readonly ServedEngagement[],
): Promise<Revocation[]> {
  const engagements = await manager.getRepository(engagementEntity).findBy({
    engagementId: In(served.map(({ engagementId }) => engagementId)),
    endedAt: IsNull(),
  });
  const sites = new Set(engagements.map(({ siteId }) => siteId as SiteId));
  return [...sites].map((siteId) => ({ type: 'rulesChanged', siteId }));
}

/** And those that are said to be wrong, which go on. */
async function endedEngagements(
  manager: EntityManager,
  served: readonly ServedEngagement[],
): Promise<Revocation[]> {
  const engagementId = In(served.map((each) => each.engagementId));
  const rows = await manager.getRepository(engagementEntity).findBy([
    { engagementId, endedAt: Not(IsNull()) },
    { engagementId, restrictedAt: Not(IsNull()) },
  ]);
  return rows.map(({ engagementId: id, endedAt, endReason, erasedAt, restrictedAt }) => {
    const engagementId = id as EngagementId;
    if (endedAt === null) return { type: 'engagementDisputed', engagementId };
    const outOfSight = (erasedAt ?? restrictedAt) === null ? {} : ({ outOfSight: true } as const);
    return { type: 'engagementEnded', engagementId, reason: endReason ?? 'revoked', ...outOfSight };
  });
}

/** Whose link was taken back, or whose basis lapsed, and who is in a call all the same. */
async function revokedExperts(
  manager: EntityManager,
  served: readonly ServedEngagement[],
): Promise<Revocation[]> {
  const rows = await manager.query<{ engagementId: EngagementId; expertId: AgentId }[]>(
    `SELECT x.engagement_id AS "engagementId", x.expert_id AS "expertId" FROM call_expert x
      JOIN call_presence p ON p.expert_id = x.expert_id AND p.left_at IS NULL
      WHERE x.engagement_id = ANY($1::uuid[]) AND x.revoked_at IS NOT NULL`,
    [served.map(({ engagementId }) => engagementId)],
  );
  return rows.map((row) => ({ type: 'expertRevoked', ...row }));
}

/** By a case, away from the page: what a node withdraws by itself it knows. */
async function withdrawnConsents(
  manager: EntityManager,
  served: readonly ServedEngagement[],
): Promise<Revocation[]> {
  const rows = await manager.query<{ engagementId: EngagementId; scope: ConsentScope }[]>(
    `SELECT e.engagement_id AS "engagementId", last.scope FROM engagement e
      JOIN LATERAL (SELECT DISTINCT ON (scope) scope, act FROM consent_entry c
        WHERE c.engagement_id = e.engagement_id AND c.act <> 'refused' AND c.scope <> 'watch'
        ORDER BY scope, entry DESC) AS last ON last.act = 'withdrawn'
      WHERE e.engagement_id = ANY($1::uuid[]) AND e.ended_at IS NULL
        AND EXISTS (SELECT FROM rights_case r WHERE r.engagement_id = e.engagement_id
          AND r.kind = 'consentWithdrawal' AND r.executed_at IS NOT NULL)`,
    [served.map(({ engagementId }) => engagementId)],
  );
  return rows.map((row) => ({ type: 'consentWithdrawn', ...row }));
}
