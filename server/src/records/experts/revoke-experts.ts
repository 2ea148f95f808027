/** Takes back every link of a site, or of somebody who invited: whoever came by one leaves, and no ticket is good. */

import type { Revocation } from '@alongside/engagement';
import type { AgentId, EngagementId } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { RecordsContext } from '../records-context.js';

type Whose = { readonly siteId: string } | { readonly invitedBy: string };

export async function revokeExperts(
  {
    context,
    revoke,
  }: { readonly context: RecordsContext; readonly revoke: (revocation: Revocation) => void },
  manager: EntityManager,
  whose: Whose,
): Promise<void> {
  const [statement, id] =
    'siteId' in whose ? ([ofSite, whose.siteId] as const) : ([ofInviter, whose.invitedBy] as const);
  const [rows] = await manager.query<[{ engagementId: EngagementId; expertId: AgentId }[], number]>(
    statement,
    [id, new Date(context.clock())],
  );
  context.database.afterCommit(manager, () => {
    for (const row of rows) revoke({ type: 'expertRevoked', ...row });
  });
}

const revoked = 'RETURNING x.engagement_id AS "engagementId", x.expert_id AS "expertId"';
const running = 'c.engagement_id = x.engagement_id AND c.call_id = x.call_id AND c.ended_at IS NULL';
const ofSite = `UPDATE call_expert x SET revoked_at = $2 FROM engagement e, call c
  WHERE e.site_id = $1 AND e.engagement_id = x.engagement_id AND ${running} AND x.revoked_at IS NULL ${revoked}`;
const ofInviter = `UPDATE call_expert x SET revoked_at = $2 FROM call c
  WHERE x.invited_by = $1 AND ${running} AND x.revoked_at IS NULL ${revoked}`;
