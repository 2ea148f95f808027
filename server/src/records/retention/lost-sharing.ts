/**
 * Leases, calls and who was in them, which ended with their node: `live` restores none of them and cannot say when they ended, so they
 * end when the node was last known. What `live` says of an end all the same, later, takes the place of this.
 */

import type { EntityManager } from 'typeorm';
import type { RecordsContext } from '../records-context.js';
import type { LiveNodes } from '../tickets/live-nodes.js';

/** Without `lastSeen` the last fact of the engagement is the last that is known. */
export async function endLostSharing(
  manager: EntityManager,
  engagementIds: readonly string[],
  lastSeen: number | undefined,
): Promise<void> {
  if (engagementIds.length === 0) return;
  const values = [engagementIds, lastSeen === undefined ? null : new Date(lastSeen)];
  await manager.query(endLeases, values);
  await manager.query(endCalls, values);
  await manager.query(endPresences, values);
}

const lastKnown = (engagementId: string) => `coalesce($2::timestamptz,
  (SELECT max(j.at) FROM journal_entry j WHERE j.engagement_id = ${engagementId}))`;

/** No lease lasts longer than it was granted for, however long the node was there. */
const endLeases = `UPDATE lease l
  SET ended_by = 'system', end_reason = 'connectionLost', ended_at = greatest(l.granted_at,
    least(l.granted_at + l.lease_ms * interval '1 millisecond', ${lastKnown('l.engagement_id')}))
  WHERE l.engagement_id = ANY($1::uuid[]) AND l.ended_at IS NULL`;

const endCalls = `UPDATE call c
  SET ended_by = 'system', end_reason = 'connectionLost', ended_at = k.ended_at,
    duration_ms = (extract(epoch FROM k.ended_at - c.started_at) * 1000)::bigint
  FROM (SELECT o.engagement_id, o.call_id, greatest(o.started_at, ${lastKnown('o.engagement_id')}) AS ended_at
    FROM call o WHERE o.engagement_id = ANY($1::uuid[]) AND o.ended_at IS NULL) AS k
  WHERE c.engagement_id = k.engagement_id AND c.call_id = k.call_id AND c.ended_at IS NULL`;

const endPresences = `UPDATE call_presence p
  SET end_reason = 'connectionLost', left_at = greatest(p.attended_at, ${lastKnown('p.engagement_id')})
  WHERE p.engagement_id = ANY($1::uuid[]) AND p.left_at IS NULL`;

interface OpenRow {
  readonly engagement_id: string;
  readonly node_id: string;
  readonly node_start: string;
}

export class LostSharing {
  readonly #context: RecordsContext;
  readonly #nodes: LiveNodes;

  constructor(context: RecordsContext, nodes: LiveNodes) {
    this.#context = context;
    this.#nodes = nodes;
  }

  /** For those whom no ticket brings back to another node. */
  async endAll(): Promise<void> {
    const { database } = this.#context;
    await database.eachTenant((tenantId) =>
      database.inTenantForJournal(tenantId, (manager) => this.#end(manager)),
    );
  }

  async #end(manager: EntityManager): Promise<void> {
    for (const { engagement_id, node_id, node_start } of await manager.query<OpenRow[]>(open)) {
      const home = { nodeId: node_id, nodeStart: node_start };
      if (this.#nodes.isOver(home))
        await endLostSharing(manager, [engagement_id], this.#nodes.lastSeen(home));
    }
  }
}

const isOpen = (table: string) =>
  `EXISTS (SELECT FROM ${table} o WHERE o.engagement_id = e.engagement_id AND o.ended_at IS NULL)`;

const open = `SELECT e.engagement_id, e.node_id, e.node_start FROM engagement e
  WHERE e.node_id IS NOT NULL AND e.node_start IS NOT NULL AND (${isOpen('lease')} OR ${isOpen('call')})
  ORDER BY e.engagement_id`;
