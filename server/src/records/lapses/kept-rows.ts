/** The rows that are kept under store decisions: counted, read and taken away by the decision that they name. */

import type { EntityManager } from 'typeorm';

/** With their key, which orders them. */
const keyed = {
  introduction: 'engagement_id',
  chat_line: 'engagement_id, number',
  survey_answers: 'engagement_id',
  journal_entry: 'entry_id',
  consent_entry: 'engagement_id, entry',
  lease: 'engagement_id, lease',
  watch: 'watch_id',
  call: 'engagement_id, call_id',
  connection: 'connection_id',
  engagement: 'engagement_id',
} as const;

type Table = keyof typeof keyed;
export const keptTables = Object.keys(keyed) as readonly Table[];

export async function countKept(manager: EntityManager, decisionId: string): Promise<number> {
  const counts = keptTables.map((table) => `(SELECT count(*) FROM ${table} WHERE decision_id = $1)`);
  const [row] = await manager.query<{ rows: string }[]>(`SELECT ${counts.join(' + ')} AS rows`, [decisionId]);
  return Number(row?.rows ?? 0);
}

export interface KeptRow {
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** Nobody writes under a decision that has ended, so a place in this order stays the same. */
export async function readKept(
  manager: EntityManager,
  decisionId: string,
  { after, most }: { readonly after: number; readonly most: number },
): Promise<readonly KeptRow[]> {
  const rows: KeptRow[] = [];
  let skip = after;
  for (const table of keptTables) {
    if (rows.length === most) break;
    const found = await manager.query<{ row: KeptRow['row'] }[]>(
      `SELECT to_jsonb(t) AS row FROM ${table} t WHERE decision_id = $1 ORDER BY ${keyed[table]} OFFSET $2 LIMIT $3`,
      [decisionId, skip, most - rows.length],
    );
    rows.push(...found.map(({ row }) => ({ table, row })));
    if (found.length > 0) skip = 0;
    else if (skip > 0) skip -= await countIn(manager, table, decisionId);
  }
  return rows;
}

async function countIn(manager: EntityManager, table: Table, decisionId: string): Promise<number> {
  const [row] = await manager.query<{ rows: string }[]>(
    `SELECT count(*) AS rows FROM ${table} WHERE decision_id = $1`,
    [decisionId],
  );
  return Number(row?.rows ?? 0);
}

/** An engagement goes with everything that hangs on it; what is kept of it under other decisions cannot stay alone. */
export async function eraseKept(
  manager: EntityManager,
  decisionId: string,
  mostEngagements: number,
): Promise<number> {
  let erased = 0;
  const ofEngagements = `engagement_id IN (SELECT engagement_id FROM engagement WHERE decision_id = $1
    ORDER BY engagement_id LIMIT ${mostEngagements})`;
  for (const table of keptTables) {
    const where = table === 'engagement' ? ofEngagements : `decision_id = $1 OR ${ofEngagements}`;
    const text = `DELETE FROM ${table} WHERE ${where}`;
    const [, count] = await manager.query<[unknown, number]>(text, [decisionId]);
    erased += count;
  }
  return erased;
}
