/** What officers are alarmed of: somebody read very many records, or asked for many that are none of theirs. */

import type { EntityManager } from 'typeorm';

/** As many of others in a minute is no slip of the hand: from then on they wait for the next one. */
const MOST_MISSED_A_MINUTE = 20;
/** More than anybody can read who helps people meanwhile. */
const MOST_READ_AN_HOUR = 100;

/** Within the last day, by the audit, which nobody can thin out. */
export async function unusualReading(manager: EntityManager, now: Date): Promise<readonly string[]> {
  const [found] = await manager.query<{ unusual: boolean }[]>(unusual, [
    ...[now, MOST_MISSED_A_MINUTE, MOST_READ_AN_HOUR],
  ]);
  return found?.unusual === true ? ['unusualReading'] : [];
}

export async function missesTooMuch(manager: EntityManager, actorId: string, now: Date): Promise<boolean> {
  const [found] = await manager.query<{ missed: number }[]>(missed, [actorId, now]);
  return (found?.missed ?? 0) >= MOST_MISSED_A_MINUTE;
}

/** Of any minute and any hour: one that begins with the clock's would let twice as many pass over its edge. */
const unusual = `SELECT EXISTS (
  SELECT 1 FROM (SELECT action,
      count(*) OVER (own RANGE BETWEEN interval '1 minute' PRECEDING AND CURRENT ROW) AS in_minute,
      count(*) OVER (own RANGE BETWEEN interval '1 hour' PRECEDING AND CURRENT ROW) AS in_hour
    FROM audit_entry
    WHERE at > $1::timestamptz - interval '1 day' AND action IN ('record.read', 'record.missed')
    WINDOW own AS (PARTITION BY actor_id, action ORDER BY at)) counted
  WHERE action = 'record.missed' AND in_minute >= $2::int OR action = 'record.read' AND in_hour >= $3::int) AS unusual`;

const missed = `SELECT count(*)::int AS missed FROM audit_entry
  WHERE actor_id = $1 AND action = 'record.missed' AND at > $2::timestamptz - interval '1 minute'`;
