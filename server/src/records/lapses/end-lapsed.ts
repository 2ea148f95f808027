/** Ends engagements that nothing covers any more: in the ledger, so that no ticket brings them back. */

import type { EngagementId } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';

/** Answers those that were still open. Rows are only changed, since none can be added without a decision. */
export async function endLapsed(
  manager: EntityManager,
  engagementIds: readonly string[],
  now: number,
): Promise<readonly EngagementId[]> {
  if (engagementIds.length === 0) return [];
  const [ended] = await manager.query<[{ engagement_id: EngagementId }[], number]>(end, [
    engagementIds,
    new Date(now),
  ]);
  return ended.map((each) => each.engagement_id);
}

/** In the order of ids, as the journal locks them. What nobody accepted has nobody to wrap it up. */
const end = `UPDATE engagement e
  SET version = e.version + 1, ended_at = $2, ended_by = 'system', end_reason = 'transferLapsed',
    phase = (CASE WHEN e.agent_id IS NULL THEN 'closed' ELSE 'wrapUp' END)::engagement_phase,
    closed_at = CASE WHEN e.agent_id IS NULL THEN $2::timestamptz END
  FROM (SELECT engagement_id FROM engagement WHERE engagement_id = ANY($1::uuid[]) AND ended_at IS NULL
    ORDER BY engagement_id FOR UPDATE) AS open
  WHERE e.engagement_id = open.engagement_id
  RETURNING e.engagement_id`;
