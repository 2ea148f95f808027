/**
 * Reads every table of every database as text: what Postgres itself gives to whoever asks, large values
 * decompressed and put together, whatever schema they lie in.
 */

import type { Client, ClientConfig } from 'pg';
import pg from 'pg';
import type { Detection, MediumScanner } from '../detection.js';
import { Look } from '../detection.js';
import type { SqlTable } from './sql-tables.js';
import { findTables } from './sql-tables.js';

const ROWS_AT_ONCE = 500;
/** Keeps two values that follow each other from looking like one. */
const BETWEEN = '\n';
/** As which a column of bytes is shown; shorter ones hold no stretch that is looked for. */
const BYTES_AS_TEXT = /\\x((?:[0-9a-f]{2}){6,})/g;

export interface SqlSource {
  /** A database that lets the role in; it names the others. */
  readonly database: string;
  connection(database: string): ClientConfig;
}

/** Every database of the server that `url` names, as that role. */
export function sqlSourceOf(url: string): SqlSource {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    database: decodeURIComponent(pathname.slice(1)),
    connection: (database) => ({
      host: hostname,
      port: Number(port),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database,
    }),
  };
}

/** A database that does not let the role in, or a table that it may not read, is a part that was not run. */
export async function scanSql(scanner: MediumScanner, source: SqlSource): Promise<Detection> {
  const look = new Look(scanner, 'sql');
  const databases = await withClient(source.connection(source.database), findDatabases);
  for (const database of databases) {
    try {
      await withClient(source.connection(database), (client) => scanDatabase({ client, database, look }));
    } catch (error) {
      look.notRun(`sql: database ${database}`, `Postgres refuses it with ${codeOf(error)}`);
    }
  }
  return look.end();
}

interface OpenDatabase {
  readonly client: Client;
  readonly database: string;
  readonly look: Look;
}

async function findDatabases(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT datname AS name FROM pg_database WHERE datallowconn ORDER BY datname',
  );
  return rows.map(({ name }) => name);
}

async function scanDatabase(open: OpenDatabase): Promise<void> {
  const { client, database, look } = open;
  const hidden = new Map<string, string[]>();
  for (const table of await findTables(client)) {
    const reason = table.hidden ?? (await scanTable(open, table));
    if (reason !== undefined) hidden.set(reason, [...(hidden.get(reason) ?? []), table.name]);
  }
  for (const [reason, names] of hidden) look.notRun(`sql: ${names.join(', ')} of ${database}`, reason);
}

/** Returns why the table could not be read, if it could not. */
async function scanTable(open: OpenDatabase, table: SqlTable): Promise<string | undefined> {
  const { client } = open;
  const values = table.columns.map(({ quoted }) => `(${quoted})::text`).join(', ');
  try {
    await client.query('BEGIN READ ONLY');
    // Without it, a table with very many rows would have to fit into memory.
    await client.query(`DECLARE each NO SCROLL CURSOR FOR SELECT ${values} FROM ${table.quoted}`);
    for (;;) {
      const { rows } = await client.query<(string | null)[]>({
        text: `FETCH ${ROWS_AT_ONCE} FROM each`,
        rowMode: 'array',
      });
      if (rows.length === 0) return undefined;
      await scanRows(open, table, rows);
    }
  } catch (error) {
    return `Postgres refuses it with ${codeOf(error)}`;
  } finally {
    await client.query('ROLLBACK');
  }
}

async function scanRows(
  { database, look }: OpenDatabase,
  table: SqlTable,
  rows: readonly (string | null)[][],
): Promise<void> {
  for (const [index, column] of table.columns.entries()) {
    const text = rows.map((row) => row[index] ?? '').join(BETWEEN);
    const place = `${database}.${table.name}.${column.name}`;
    for (const bytes of [Buffer.from(text), ...bytesWithin(text)]) await look.bytes(bytes, place);
  }
}

/** A large object, and whatever else was stored as bytes, looks like its digits only. */
function bytesWithin(text: string): readonly Buffer[] {
  return [...text.matchAll(BYTES_AS_TEXT)].map(([, digits = '']) => Buffer.from(digits, 'hex'));
}

async function withClient<T>(config: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config);
  // A server that ends meanwhile fails the query that is under way, which says so.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Never Postgres' own words, which may quote a row. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'an error without a code';
}
