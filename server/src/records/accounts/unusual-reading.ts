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

const unusual = `SELECT EXISTS (
  SELECT 1 FROM audit_entry WHERE at > $1::timestamptz - interval '1 day' AND action IN ('record.read', 'record.missed')
  GROUP BY actor_id, action, CASE action WHEN 'record.missed' THEN date_trunc('minute', at) ELSE date_trunc('hour', at) END
  HAVING count(*) >= CASE action WHEN 'record.missed' THEN $2::int ELSE $3::int END) AS unusual`;

const missed = `SELECT count(*)::int AS missed FROM audit_entry
  WHERE actor_id = $1 AND action = 'record.missed' AND at > $2::timestamptz - interval '1 minute'`;
