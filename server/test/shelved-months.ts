/** Engagements of a month long past, with their rows on the shelves of that month, made from a real one. */
import type { Customer } from './records-customer.js';
import type { World } from './records-world.js';

export interface ShelvedMonth {
  readonly month: string;
  readonly engagements: number;
  readonly lines: number;
}

/** The first day of a month, so many before this one. */
export function monthsAgo(months: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 10);
}

/** Answers their ids: each with its lines, as many journal entries, and one connection. */
export async function shelve(
  world: World,
  customer: Customer,
  { month, engagements, lines }: ShelvedMonth,
): Promise<readonly string[]> {
  const { engagementId } = await customer.visitor({ name: 'Mira' });
  for (const table of ['chat_line', 'journal_entry', 'connection'])
    await world.sql('SELECT make_shelf($1, $2::date)', [table, month]);
  const made = await world.sql<{ engagement_id: string }>(
    `INSERT INTO engagement
      SELECT (jsonb_populate_record(e, jsonb_build_object('engagement_id', gen_random_uuid(), 'shelf', $2::date,
        'phase', 'closed', 'requested_at', $2::date, 'ended_at', $2::date + interval '1 hour',
        'return_until', $2::date + interval '1 day', 'last_chat_number', $4::int))).*
      FROM engagement e, generate_series(1, $3::int) WHERE e.engagement_id = $1 RETURNING engagement_id`,
    [engagementId, month, engagements, lines],
  );
  const ids = made.map((each) => each.engagement_id);
  await world.sql(
    `INSERT INTO chat_line
      SELECT (jsonb_populate_record(l, jsonb_build_object('engagement_id', e.engagement_id, 'shelf', e.shelf,
        'number', n, 'line_id', gen_random_uuid()))).*
      FROM engagement e, generate_series(1, $3::int) n, chat_line l
      WHERE l.engagement_id = $1 AND l.number = 1 AND e.engagement_id = ANY($2::uuid[])`,
    [engagementId, ids, lines],
  );
  const carried = 'tenant_id, origin_country, origin_evidence, storage_region, purpose, decision_id';
  await world.sql(
    `INSERT INTO journal_entry (entry_id, engagement_id, version, at, shelf, ${carried})
      SELECT gen_random_uuid(), engagement_id, n, requested_at, shelf, ${carried}
      FROM engagement, generate_series(1, $2::int) n WHERE engagement_id = ANY($1::uuid[])`,
    [ids, lines],
  );
  await world.sql(
    `INSERT INTO connection (connection_id, engagement_id, party, connected, at, shelf, ${carried})
      SELECT gen_random_uuid(), engagement_id, 'visitor', false, requested_at, shelf, ${carried}
      FROM engagement WHERE engagement_id = ANY($1::uuid[])`,
    [ids],
  );
  return ids;
}
