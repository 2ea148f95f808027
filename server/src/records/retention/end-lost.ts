/** Ends what nobody will end: engagements that a crash left open and whose visitor cannot come back any more. */

import { limits } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { endLostSharing } from './lost-sharing.js';

/** As long without a word or fact as a return secret lasts; until then `live` may still have it. */
export async function endLostEngagements(manager: EntityManager, now: number): Promise<void> {
  const times = [new Date(now), new Date(now - limits.returnSecretMs)];
  const [lost] = await manager.query<[{ engagement_id: string }[], number]>(end, times);
  const ids = lost.map((each) => each.engagement_id);
  await endLostSharing(manager, ids, undefined);
}

const silent = (table: string) =>
  `NOT EXISTS (SELECT FROM ${table} r WHERE r.engagement_id = e.engagement_id AND r.at > $2)`;

/** One that is being wrapped up keeps how it ended. */
const end = `UPDATE engagement e
  SET phase = 'closed', version = version + 1, closed_at = $1, ended_at = coalesce(ended_at, $1),
    ended_by = coalesce(ended_by, 'system'), end_reason = coalesce(end_reason, 'abandoned')
  WHERE phase <> 'closed' AND return_until < $1 AND ${silent('journal_entry')} AND ${silent('chat_line')}
  RETURNING engagement_id`;
