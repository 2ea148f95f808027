/** The rows that a batch writes to: locked, in one order, with the decisions that cover them. */

import { type Audience, mayConsent } from '@alongside/transfer';
import type { EngagementRow } from '../entities/engagement-entity.js';
import type { SqlClient } from './sql-client.js';

/** What a row under one of the decisions carries. */
export interface Cover {
  readonly decisionId: string;
  readonly originCountry: string;
  readonly originEvidence: string;
  readonly storageRegion: string;
}

/** Counters rise as the batch is written and are stored at its end. */
export interface EngagementState {
  readonly engagementId: string;
  readonly tenantId: string;
  readonly agentId: string | null;
  /** All who take part now. */
  readonly agents: readonly string[];
  readonly erased: boolean;
  /** Nobody writes it up: its end closes it. */
  readonly restricted: boolean;
  /** The customer's own store that its lines go to, if they stay there. */
  readonly deliveredTo: string | null;
  /** Whether both decisions are in force now. */
  readonly covered: boolean;
  /** Whether its visitor may be asked for a consent: a child may not. */
  readonly mayConsent: boolean;
  /** Of its facts; what a line carries, it takes from the engagement itself. */
  readonly metadata: Cover;
  /** Where its rows lie; asking there alone spares every other month. */
  readonly shelf: string;
  phase: EngagementRow['phase'];
  ended: boolean;
  version: number;
  lastChatNumber: number;
  lastEntry: number;
  lastLease: number;
  changed: boolean;
}

interface LockedRow {
  readonly engagement_id: string;
  readonly tenant_id: string;
  readonly agent_id: string | null;
  readonly agents: readonly string[];
  readonly phase: EngagementRow['phase'];
  readonly version: number;
  readonly last_chat_number: number;
  readonly last_entry: number;
  readonly last_lease: number;
  readonly ended: boolean;
  readonly erased: boolean;
  readonly restricted: boolean;
  readonly delivered_to: string | null;
  readonly covered: boolean;
  readonly audience: Audience;
  readonly of_age_by: string | null;
  readonly origin_country: string;
  readonly origin_evidence: string;
  readonly storage_region: string;
  readonly decision_id: string;
  readonly shelf: string;
}

/** Whoever leads, or has joined and not left. */
export function takesPart({ agentId, agents }: EngagementState, id: string | undefined): boolean {
  return id !== undefined && (id === agentId || agents.includes(id));
}

/** Always in the order of ids, so that two processes cannot wait for each other. */
export async function lockEngagements(
  client: SqlClient,
  ids: readonly string[],
): Promise<Map<string, EngagementState>> {
  const { rows } = await client.query<LockedRow>(lock, [ids]);
  return new Map(rows.map((row) => [row.engagement_id, stateOf(row)]));
}

function stateOf(row: LockedRow): EngagementState {
  const carried = {
    originCountry: row.origin_country,
    originEvidence: row.origin_evidence,
    storageRegion: row.storage_region,
  };
  return {
    engagementId: row.engagement_id,
    tenantId: row.tenant_id,
    agentId: row.agent_id,
    agents: row.agents,
    erased: row.erased,
    restricted: row.restricted,
    deliveredTo: row.delivered_to,
    covered: row.covered,
    mayConsent: mayConsent({ audience: row.audience, ofAgeBy: row.of_age_by ?? undefined }),
    metadata: { ...carried, decisionId: row.decision_id },
    shelf: row.shelf,
    phase: row.phase,
    ended: row.ended,
    version: row.version,
    lastChatNumber: row.last_chat_number,
    lastEntry: row.last_entry,
    lastLease: row.last_lease,
    changed: false,
  };
}

const inForce = (decision: string) =>
  `${decision}.ended_at IS NULL AND (${decision}.valid_until IS NULL OR ${decision}.valid_until >= clock_timestamp())`;

const lock = `SELECT e.engagement_id, e.tenant_id, e.agent_id,
    ARRAY(SELECT p.agent_id::text FROM participant p
      WHERE p.engagement_id = e.engagement_id AND p.left_at IS NULL) AS agents,
    e.phase, e.version, e.last_chat_number, e.last_entry,
    e.last_lease, e.ended_at IS NOT NULL AS ended, e.erased_at IS NOT NULL AS erased, e.delivered_to,
    e.restricted_at IS NOT NULL AS restricted,
    (${inForce('m')} AND ${inForce('t')}) AS covered,
    e.of_age_by, s.audience, e.origin_country, e.origin_evidence, e.storage_region, e.decision_id,
    e.shelf::text AS shelf
  FROM engagement e
    JOIN transfer_decision m ON m.decision_id = e.decision_id
    JOIN transfer_decision t ON t.decision_id = e.transcript_decision_id
    JOIN site s ON s.site_id = e.site_id
  WHERE e.engagement_id = ANY($1::uuid[])
  ORDER BY e.engagement_id
  FOR UPDATE OF e`;
