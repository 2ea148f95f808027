/** Ends engagements that nothing covers any more: in the ledger, so that no ticket brings them back. */

import type { Revocation } from '@alongside/engagement';
import type { AgentId, EngagementId } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';

/**
 * Answers what is to be told of those that were still open. Rows are only changed, since none can be added without a
 * decision.
 */
export async function endLapsed(
  manager: EntityManager,
  engagementIds: readonly string[],
  now: number,
): Promise<readonly Revocation[]> {
  if (engagementIds.length === 0) return [];
  const [ended] = await manager.query<[{ engagementId: EngagementId; isRestricted: boolean }[], number]>(
    end,
    [engagementIds, new Date(now)],
  );
  const reason = 'transferLapsed';
  return ended.map(({ engagementId, isRestricted }) =>
    isRestricted
      ? { type: 'engagementEnded', engagementId, reason, outOfSight: true }
      : { type: reason, engagementId },
  );
}

/**
 * In the order of ids, as the journal locks them. What nobody accepted has nobody to wrap it up, and what is only to be
 * stored is not written up (RT9).
 */
const end = `UPDATE engagement e
  SET version = e.version + 1, ended_at = $2, ended_by = 'system', end_reason = 'transferLapsed',
    phase = (CASE WHEN open.is_written_up THEN 'wrapUp' ELSE 'closed' END)::engagement_phase,
    closed_at = CASE WHEN NOT open.is_written_up THEN $2::timestamptz END
  FROM (SELECT engagement_id, agent_id IS NOT NULL AND restricted_at IS NULL AS is_written_up FROM engagement
    WHERE engagement_id = ANY($1::uuid[]) AND ended_at IS NULL ORDER BY engagement_id FOR UPDATE) AS open
  WHERE e.engagement_id = open.engagement_id
  RETURNING e.engagement_id AS "engagementId", e.restricted_at IS NOT NULL AS "isRestricted"`;

export interface LapsedPart {
  readonly engagementId: EngagementId;
  readonly agentId: AgentId;
}

/** One agent's part, or an expert's, ends while the engagement goes on; answers those that still took part. */
export async function endLapsedParts(
  manager: EntityManager,
  parts: readonly LapsedPart[],
  now: number,
): Promise<readonly LapsedPart[]> {
  const left: LapsedPart[] = [];
  for (const part of parts) {
    const { engagementId, agentId } = part;
    await manager.query(nextVersion, [engagementId]);
    const [, ended] = await manager.query<[unknown, number]>(endPart, [
      ...[engagementId, agentId],
      new Date(now),
    ]);
    const [, revoked] = await manager.query<[unknown, number]>(revokeExpert, [
      ...[engagementId, agentId],
      new Date(now),
    ]);
    if (ended + revoked > 0) left.push(part);
  }
  return left;
}

/** Locks the engagement first, as the journal does, and lets a newer ledger say so. */
const nextVersion =
  'UPDATE engagement SET version = version + 1 WHERE engagement_id = $1 AND ended_at IS NULL';

const endPart = `UPDATE participant SET left_at = $3, end_reason = 'transferLapsed'
  WHERE engagement_id = $1 AND agent_id = $2 AND left_at IS NULL`;

const revokeExpert = `UPDATE call_expert SET revoked_at = $3
  WHERE engagement_id = $1 AND expert_id = $2 AND revoked_at IS NULL`;
