/**
 * Reads the log of changes of a stopped cluster: its files as they are, and its records as Postgres itself takes
 * them apart, with the pages that lie compressed or torn in the files.
 */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import pg from 'pg';
import type { Detection, MediumScanner } from '../detection.js';
import { Look } from '../detection.js';
import type { ForensicServer } from './forensic-server.js';

/** Never the product's own: it gets an extension. */
const DATABASE = 'alongside_proof_wal';
/** Such a stretch of the log is taken apart in memory at once. */
const STRETCH_BYTES = 4 * 1024 * 1024;
const SEGMENT = /^[0-9A-F]{24}$/;

export interface WalSource {
  readonly cluster: string;
  /** On a copy of that cluster. Without it, only the files are read, and that is said. */
  readonly server: ForensicServer | undefined;
}

export async function scanWal(scanner: MediumScanner, { cluster, server }: WalSource): Promise<Detection> {
  const look = new Look(scanner, 'wal');
  await scanSegments(look, join(cluster, 'pg_wal'));
  if (server === undefined)
    look.notRun('wal: records taken apart', 'no Postgres runs on a copy of the cluster');
  else await scanRecords(look, server);
  return look.end();
}

async function scanSegments(look: Look, folder: string): Promise<void> {
  const files = await readdir(folder, { withFileTypes: true, recursive: true });
  for (const file of files.filter((each) => each.isFile())) {
    const path = join(file.parentPath, file.name);
    await look.file(path, `pg_wal/${file.name}`);
  }
}

async function scanRecords(look: Look, server: ForensicServer): Promise<void> {
  try {
    // What is written from here on is the examiner's own.
    const range = await withClient(server, 'postgres', async (client) => {
      const found = await findRange(client);
      await client.query(`CREATE DATABASE ${DATABASE} TEMPLATE template0 STRATEGY file_copy`);
      return found;
    });
    await withClient(server, DATABASE, async (client) => {
      await client.query('CREATE EXTENSION pg_walinspect');
      let records = 0;
      await eachStretch(client, range, async (start, end) => {
        records += await scanStretch(client, { look, start, end });
      });
      // A cluster that has taken in anything has records; a look at none has taken nothing apart.
      if (records === 0) look.notRun('wal: records taken apart', 'the log of changes has shown none');
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error without a code';
    look.notRun('wal: records taken apart', `Postgres refuses it with ${code}`);
  }
}

/** Positions in the log, in bytes. */
interface Range {
  readonly start: bigint;
  readonly end: bigint;
}

/** From the oldest file that is still there; those after the end are empty ones, or old ones to be used again. */
async function findRange(client: Client): Promise<Range> {
  const { rows } = await client.query<{ name: string; segment: string; size: string; flushed: string }>(
    `SELECT name, (pg_split_walfile_name(name)).segment_number AS segment,
       (SELECT setting FROM pg_settings WHERE name = 'wal_segment_size') AS size,
       (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::text AS flushed
     FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'`,
  );
  const end = BigInt(rows[0]?.flushed ?? 0);
  const starts = rows
    .filter(({ name }) => SEGMENT.test(name))
    .map(({ segment, size }) => BigInt(segment) * BigInt(size))
    .filter((start) => start < end);
  return { start: starts.reduce((least, start) => (start < least ? start : least), end), end };
}

/** A record that reaches over the end of a stretch is not in it: the next one begins where the last whole one ended. */
async function eachStretch(
  client: Client,
  range: Range,
  work: (start: string, end: string) => Promise<void>,
): Promise<void> {
  let stretch = BigInt(STRETCH_BYTES);
  for (let start = range.start; start < range.end; ) {
    const end = start + stretch < range.end ? start + stretch : range.end;
    const last = await lastRecordEnd(client, lsn(start), lsn(end));
    if (last === undefined || last <= start) {
      if (end === range.end) return;
      stretch *= 2n;
      continue;
    }
    await work(lsn(start), lsn(end));
    start = last;
    stretch = BigInt(STRETCH_BYTES);
  }
}

async function lastRecordEnd(client: Client, start: string, end: string): Promise<bigint | undefined> {
  const { rows } = await client.query<{ last: string | null }>(
    "SELECT (max(end_lsn) - '0/0'::pg_lsn)::text AS last FROM pg_get_wal_records_info($1, $2)",
    [start, end],
  );
  const last = rows[0]?.last;
  return last === null || last === undefined ? undefined : BigInt(last);
}

/** How many records it held. */
async function scanStretch(
  client: Client,
  { look, start, end }: { look: Look; start: string; end: string },
): Promise<number> {
  const blocks = await client.query<{ lsn: string; data: Buffer | null; page: Buffer | null }>(
    `SELECT start_lsn::text AS lsn, block_data AS data, block_fpi_data AS page
     FROM pg_get_wal_block_info($1, $2, true)`,
    [start, end],
  );
  for (const { lsn: place, data, page } of blocks.rows) {
    for (const bytes of [data, page]) {
      if (bytes !== null) await look.bytes(bytes, `record ${place}`);
    }
  }
  const records = await client.query<{ lsn: string; said: string | null }>(
    'SELECT start_lsn::text AS lsn, description AS said FROM pg_get_wal_records_info($1, $2)',
    [start, end],
  );
  for (const { lsn: place, said } of records.rows) {
    if (said) await look.bytes(Buffer.from(said), `record ${place}`);
  }
  return records.rows.length;
}

function lsn(position: bigint): string {
  return `${(position >> 32n).toString(16)}/${(position & 0xffffffffn).toString(16)}`.toUpperCase();
}

async function withClient<T>(
  server: ForensicServer,
  database: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(server.connection(database));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
