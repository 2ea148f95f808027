/** Counts the engagements of a finished month, site by site; what comes of it is not shown before it was looked at. */

import type { EntityManager } from 'typeorm';
import { monthsToCount } from './months-to-count.js';
import type { Counts, Means } from './shown-figures.js';

export interface SiteCounts {
  readonly siteId: string;
  readonly counts: Counts;
  readonly means: Means;
}

interface CountedRow extends Counts {
  readonly site_id: string;
  readonly rated: number;
  readonly rating: number | null;
  readonly wait_seconds: number | null;
}

/** Finished months that nobody has counted and nothing was purged of, as their first days. */
export async function uncountedMonths(manager: EntityManager, now: Date): Promise<readonly string[]> {
  const [found] = await manager.query<MonthsRow[]>(monthsKnown);
  if (found === undefined) return [];
  const { since, counted, purged_to: purgedTo } = found;
  return monthsToCount({ now, since, counted, purgedTo: purgedTo ?? undefined });
}

export async function countMonth(manager: EntityManager, month: string): Promise<readonly SiteCounts[]> {
  const rows = await manager.query<CountedRow[]>(count, [month]);
  return rows.map(({ site_id, rated, rating, wait_seconds, ...counts }) => ({
    siteId: site_id,
    counts,
    means: { rated, rating: rating ?? undefined, waitSeconds: wait_seconds ?? undefined },
  }));
}

interface MonthsRow {
  readonly since: Date;
  readonly counted: readonly string[];
  readonly purged_to: Date | null;
}

const monthsKnown = `SELECT c.created_at AS since,
    ARRAY(SELECT DISTINCT to_char(f.month, 'YYYY-MM-DD') FROM month_figures f) AS counted,
    (SELECT max(p.older_than) FROM purge_receipt p WHERE p.data_class IN ('metadata', 'survey')) AS purged_to
  FROM customer c`;

const START = "($1::date)::timestamp AT TIME ZONE 'UTC'";
const END = "(($1::date)::timestamp + interval '1 month') AT TIME ZONE 'UTC'";

const any = (table: string) =>
  `(count(*) FILTER (WHERE EXISTS (SELECT FROM ${table} r WHERE r.engagement_id = e.engagement_id)))::int`;

/** Each site that there was by then, those without an engagement as well. */
const count = `SELECT s.site_id, coalesce(n.engagements, 0) AS engagements, coalesce(n.accepted, 0) AS accepted,
    coalesce(n.viewed, 0) AS viewed, coalesce(n.controlled, 0) AS controlled, coalesce(n.called, 0) AS called,
    coalesce(n.answered, 0) AS answered, coalesce(n.rated, 0) AS rated, n.rating, n.wait_seconds
  FROM site s LEFT JOIN (
    SELECT e.site_id, count(*)::int AS engagements, count(e.accepted_at)::int AS accepted, ${any('watch')} AS viewed,
      ${any('lease')} AS controlled, ${any('call')} AS called, count(a.engagement_id)::int AS answered,
      count(a.rating)::int AS rated, avg(a.rating)::float8 AS rating,
      extract(epoch FROM avg(e.accepted_at - e.requested_at))::float8 AS wait_seconds
    FROM engagement e LEFT JOIN survey_answers a ON a.engagement_id = e.engagement_id
    WHERE e.ended_at >= ${START} AND e.ended_at < ${END} AND e.restricted_at IS NULL
      AND NOT EXISTS (SELECT FROM lapse l WHERE l.state = 'SUSPENDED' AND l.superseded_at IS NULL
        AND l.decision_id IN (e.decision_id, e.transcript_decision_id, a.decision_id))
    GROUP BY e.site_id) AS n ON n.site_id = s.site_id
  WHERE s.created_at < ${END} ORDER BY s.site_id`;
