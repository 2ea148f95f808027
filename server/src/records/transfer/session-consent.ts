/** The visitor's explicit consent to one transfer of one engagement, as the consent ledger holds it. */

import type { ExplicitConsent } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';
import type { Session } from './flow.js';

/** What it covers is shown while the engagement goes on, and no longer. */
export async function consentOf(
  manager: EntityManager,
  { engagementId, isAsked }: Session,
  toCountry: string | undefined,
  now: number,
): Promise<ExplicitConsent | undefined> {
  const [last] = await manager.query<{ act: string; at: Date }[]>(lastAct, [engagementId, toCountry ?? '']);
  if (last === undefined && !isAsked) return undefined;
  if (last !== undefined && last.act !== 'granted') return undefined;
  const at = last?.at ?? new Date(now);
  const [counted] = await manager.query<{ shares: number }[]>(sharesBefore, [engagementId, at]);
  return { session: engagementId, givenAt: at.getTime(), sharesThisMonth: counted?.shares ?? 0 };
}

/** A decision of this basis is of one engagement alone: that of whoever is in by it. */
export async function sessionOf(manager: EntityManager, decisionId: string): Promise<Session | undefined> {
  const [row] = await manager.query<{ engagement_id: string }[]>(
    'SELECT engagement_id FROM participant WHERE reading_decision_id = $1 LIMIT 1',
    [decisionId],
  );
  return row === undefined ? undefined : { engagementId: row.engagement_id };
}

const lastAct = `SELECT c.act, c.at FROM consent_entry c JOIN engagement e ON e.engagement_id = c.engagement_id
  WHERE c.engagement_id = $1 AND c.to_country = $2 AND e.ended_at IS NULL
  ORDER BY c.entry DESC LIMIT 1`;

/** In the same calendar month, by UTC, and before this one. */
const sharesBefore = `SELECT count(DISTINCT engagement_id)::int AS shares FROM consent_entry
  WHERE to_country IS NOT NULL AND act = 'granted' AND engagement_id <> $1 AND at < $2
    AND at >= date_trunc('month', $2::timestamptz AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'`;
