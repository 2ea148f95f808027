/** The list of engagements, newest first, a page at a time, of what the caller may see. */

import type { EngagementId, EngagementListed, EngagementPhase } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { queryByName } from '../database/query-by-name.js';
import { UNKNOWN_COUNTRY } from '../entities/carried.js';
import type { Origin } from '../transfer/flow.js';

export interface ListQuery {
  readonly engagementId?: string | undefined;
  readonly before: number | undefined;
  readonly phase: Exclude<EngagementPhase, 'offered'> | undefined;
  readonly search: string | undefined;
}

const PAGE = 50;

interface ListedRow {
  readonly engagement_id: string;
  readonly site_name: string;
  readonly phase: Exclude<EngagementPhase, 'offered'>;
  readonly requested_at: Date;
  readonly ended_at: Date | null;
  readonly visitor_name: string | null;
  readonly topic: string | null;
  readonly agent_name: string | null;
  readonly lines: number;
  readonly rating: number | null;
  readonly erased_at: Date | null;
}

export async function listEngagements(
  manager: EntityManager,
  {
    caller,
    query,
    origins,
    without,
  }: {
    readonly caller: Caller;
    readonly query: ListQuery;
    readonly origins: readonly Origin[];
    /** Decisions whose rows the caller may not be shown. */
    readonly without: readonly string[];
  },
): Promise<readonly EngagementListed[]> {
  const parameters = [
    query.before === undefined ? null : new Date(query.before),
    query.phase ?? null,
    query.search === undefined ? null : `%${query.search.replace(/[\\%_]/g, '\\$&')}%`,
    query.engagementId ?? null,
    caller.roles.includes('officer'),
    caller.roles.includes('supervisor') ? caller.siteIds : [],
    caller.personId,
    origins.map(({ country, evidence }) => `${country ?? UNKNOWN_COUNTRY} ${evidence}`),
    without,
  ];
  // Of each kind a name of its own: what fits a search does not fit the newest page.
  const asked = [query.before, query.phase, query.search, query.engagementId].map(
    (each) => each !== undefined,
  );
  const name = `engagements ${[...asked, parameters[4]].map(Number).join('')}`;
  const rows = await queryByName<ListedRow>(manager, { name, text: statement }, parameters);
  return rows.map((row) => ({
    engagementId: row.engagement_id as EngagementId,
    siteName: row.site_name,
    phase: row.phase,
    requestedAt: row.requested_at.getTime(),
    endedAt: row.ended_at?.getTime(),
    visitorName: row.visitor_name ?? undefined,
    topic: row.topic ?? undefined,
    agentName: row.agent_name ?? undefined,
    lines: row.lines,
    rating: row.rating ?? undefined,
    erased: row.erased_at !== null,
  }));
}

/**
 * Whether an origin is among them is asked in a way of which the planner expects a yes: it then walks the newest and
 * stops, where it sorted all of them as long as it took hardly any to be. Lines are not counted: what was numbered is
 * held, less what is gone, one by one or with its whole month.
 */
const statement = `SELECT e.engagement_id, s.name AS site_name, e.phase, e.requested_at, e.ended_at,
    i.visitor_name, i.topic, p.display_name AS agent_name, a.rating, e.erased_at,
    CASE WHEN EXISTS (SELECT FROM purge_receipt r WHERE r.shelf = e.shelf AND r.data_class = 'transcript') THEN 0
      ELSE e.last_chat_number - e.lines_gone END AS lines
  FROM engagement e
    JOIN site s ON s.site_id = e.site_id
    LEFT JOIN introduction i ON i.engagement_id = e.engagement_id
    LEFT JOIN person p ON p.person_id = e.agent_id
    LEFT JOIN survey_answers a ON a.engagement_id = e.engagement_id
  WHERE ($1::timestamptz IS NULL OR e.requested_at < $1)
    AND ($2::engagement_phase IS NULL OR e.phase = $2)
    AND ($3::text IS NULL OR i.visitor_name ILIKE $3 OR i.topic ILIKE $3)
    AND ($4::uuid IS NULL OR e.engagement_id = $4)
    AND ($5 OR e.site_id = ANY($6::uuid[]) OR e.agent_id = $7::uuid
      OR EXISTS (SELECT FROM participant t WHERE t.engagement_id = e.engagement_id AND t.agent_id = $7::uuid))
    AND array_position($8::text[], e.origin_country || ' ' || e.origin_evidence) IS NOT NULL
    AND e.decision_id <> ALL($9::uuid[]) AND e.transcript_decision_id <> ALL($9::uuid[])
    AND (e.restricted_at IS NULL OR ($5 AND $4::uuid IS NOT NULL))
  ORDER BY e.requested_at DESC LIMIT ${PAGE}`;
