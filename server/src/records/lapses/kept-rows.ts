/** The rows that are kept under store decisions: counted, read and taken away by the decision that they name. */

import type { EntityManager } from 'typeorm';

/** What hangs on an engagement comes before it; with the key, which orders the rows of a table. */
const keyed = {
  introduction: ['engagement_id'],
  chat_line: ['engagement_id', 'number'],
  correction: ['correction_id'],
  survey_answers: ['engagement_id'],
  participant: ['participant_id'],
  journal_entry: ['entry_id'],
  consent_entry: ['engagement_id', 'entry'],
  lease: ['engagement_id', 'lease'],
  watch: ['watch_id'],
  delivery: ['delivery_id'],
  call: ['engagement_id', 'call_id'],
  call_sample: ['sample_id'],
  call_presence: ['presence_id'],
  call_expert: ['expert_id'],
  connection: ['connection_id'],
  engagement: ['engagement_id'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

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

/** A place between two rows of this order: nobody writes under a decision that has ended, so it stays the same. */
export interface KeptPlace {
  readonly table: Table;
  /** Of the last row that was read. */
  readonly key: readonly unknown[];
}

export interface KeptPage {
  readonly rows: readonly KeptRow[];
  /** Missing where no table has more. */
  readonly next: KeptPlace | undefined;
}

/** Each page begins where the one before ended, so that the whole costs one walk however many pages it takes. */
export async function readKept(
  manager: EntityManager,
  decisionId: string,
  { after, most }: { readonly after: KeptPlace | undefined; readonly most: number },
): Promise<KeptPage> {
  const rows: KeptRow[] = [];
  const from = after === undefined ? 0 : keptTables.indexOf(after.table);
  for (const table of keptTables.slice(from)) {
    const key = after?.table === table ? after.key : undefined;
    const found = await readTable(manager, { table, decisionId, key, most: most - rows.length });
    rows.push(...found.map((row) => ({ table, row })));
    const last = found.at(-1);
    if (rows.length === most && last !== undefined)
      return { rows, next: { table, key: keyed[table].map((name) => last[name]) } };
  }
  return { rows, next: undefined };
}

async function readTable(
  manager: EntityManager,
  {
    table,
    decisionId,
    key = [],
    most,
  }: { table: Table; decisionId: string; key?: readonly unknown[] | undefined; most: number },
): Promise<readonly KeptRow['row'][]> {
  const names = keyed[table].join(', ');
  const places = key.map((_, index) => `$${index + 3}`).join(', ');
  const beyond = key.length === 0 ? '' : `AND (${names}) > (${places})`;
  // Rows become documents after the page is cut out, and not before.
  const found = await manager.query<{ row: KeptRow['row'] }[]>(
    `SELECT to_jsonb(page) AS row FROM (SELECT * FROM ${table} WHERE decision_id = $1 ${beyond}
      ORDER BY ${names} LIMIT $2) AS page`,
    [decisionId, most, ...key],
  );
  return found.map(({ row }) => row);
}

/** As the next page is asked for: letters that an address can carry. */
export function writePlace({ table, key }: KeptPlace): string {
  return Buffer.from(JSON.stringify([table, ...key])).toString('base64url');
}

/** Undefined for what no page ended with. */
export function parsePlace(text: string): KeptPlace | undefined {
  const parts = parseJson(Buffer.from(text, 'base64url').toString('utf8'));
  if (!Array.isArray(parts)) return undefined;
  const [name, ...key]: readonly unknown[] = parts;
  const table = keptTables.find((each) => each === name);
  if (table === undefined || key.length !== keyed[table].length) return undefined;
  return keyed[table].every((column, index) => fits(column, key[index])) ? { table, key } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const NUMBERS: readonly string[] = ['number', 'entry', 'lease'];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function fits(column: string, value: unknown): boolean {
  if (NUMBERS.includes(column)) return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
  if (typeof value !== 'string') return false;
  return column === 'call_id' ? value.length <= 64 : UUID.test(value);
}

export interface Erasing {
  readonly decisionId: string;
  /** So that no statement runs into its time limit. */
  readonly slice: number;
  /** Engagements of which nothing may go. */
  readonly held: readonly string[];
}

/**
 * What is under the decision and nothing else: an engagement on which rows of another decision hang stays until they are
 * gone, because they cannot stay alone.
 */
export async function eraseKept(manager: EntityManager, erasing: Erasing): Promise<number> {
  let erased = 0;
  for (const table of hanging) erased += await eraseOf(manager, table, erasing);
  for (;;) {
    const { decisionId, slice, held } = erasing;
    const [, count] = await manager.query<[unknown, number]>(eraseEngagements, [decisionId, slice, held]);
    erased += count;
    if (count < slice) return erased;
  }
}

const hanging = (Object.keys(keyed) as Table[]).filter((table) => table !== 'engagement');

const eraseEngagements = `DELETE FROM engagement WHERE engagement_id IN
  (SELECT engagement_id FROM engagement e WHERE decision_id = $1 AND engagement_id <> ALL($3::uuid[])
    ${hanging.map((table) => `AND NOT EXISTS (SELECT FROM ${table} h WHERE h.engagement_id = e.engagement_id)`).join(' ')}
    ORDER BY engagement_id LIMIT $2)`;

async function eraseOf(
  manager: EntityManager,
  table: Table,
  { decisionId, slice, held }: Erasing,
): Promise<number> {
  const names = keyed[table].join(', ');
  // As in reading, a slice begins where the last one ended: what is gone already is not walked over again.
  const text = (beyond: string) => `WITH gone AS (
      DELETE FROM ${table} WHERE decision_id = $1 AND (${names}) IN
        (SELECT ${names} FROM ${table} WHERE decision_id = $1 AND engagement_id <> ALL($3::uuid[]) ${beyond}
          ORDER BY ${names} LIMIT $2)
      RETURNING ${names})
    SELECT count(*) OVER () AS rows, ${names} FROM gone
    ORDER BY ${keyed[table].map((name) => `${name} DESC`).join(', ')} LIMIT 1`;
  let key: readonly unknown[] = [];
  for (let erased = 0; ; ) {
    const places = key.map((_, index) => `$${index + 4}`).join(', ');
    const beyond = key.length === 0 ? '' : `AND (${names}) > (${places})`;
    const values = [decisionId, slice, held, ...key];
    const [last] = await manager.query<Record<string, unknown>[]>(text(beyond), values);
    if (last === undefined) return erased;
    const rows = Number(last.rows);
    erased += rows;
    if (rows < slice) return erased;
    key = keyed[table].map((name) => last[name]);
  }
}
