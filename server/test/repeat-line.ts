/** Says a conversation's first line again and again, as if it had been said so often. */
import type { Visitor } from './records-customer.js';
import type { World } from './records-world.js';

export async function repeatLine(world: World, { engagementId }: Visitor, times: number): Promise<void> {
  await world.sql(
    `INSERT INTO chat_line SELECT (jsonb_populate_record(l, jsonb_build_object('number', n,
        'line_id', gen_random_uuid()))).*
      FROM chat_line l, generate_series(2, $2::integer) n WHERE l.engagement_id = $1`,
    [engagementId, times],
  );
}
