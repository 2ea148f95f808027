/** A real cluster with things planted in it: each detector of the database finds its own and is blind where it says so. */

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../../server/src/app/embedded-postgres/index.js';
import type { Control } from '../control.js';
import type { Detection } from '../detection.js';
import { newToken } from '../scan/new-canary.js';
import type { ForensicServer } from './forensic-server.js';
import { openForensicServer } from './forensic-server.js';
import { scanSql, sqlSourceOf } from './sql.js';
import { plantSqlControls } from './sql-controls.js';
import { TextFinder } from './text-finder.js';
import { scanWal } from './wal.js';

const tokens = { bytes: newToken(), comment: newToken(), object: newToken(), absent: newToken() };

let folder: string;
let controls: readonly Control[];
let asOwner: { readonly finder: TextFinder; readonly detection: Detection };
let server: ForensicServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-proof-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data') });
  try {
    controls = await plantSqlControls(
      { connectionString: postgres.url('owner') },
      new Set(['sql', 'wal', 'files'] as const),
    );
    await plantMore(postgres.url('owner'));
    asOwner = await scanAsOwner(postgres.url('owner'));
  } finally {
    await postgres.stop();
  }
  server = await openForensicServer(cluster());
}, 60_000);

afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const cluster = () => join(folder, 'data', 'cluster');
const wanted = () => [...controls.map(({ token }) => token), ...Object.values(tokens)];
const control = (name: string) => controls.find((each) => each.name === name)?.token ?? '';

async function plantMore(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE SCHEMA "Else where"');
  await client.query('CREATE TABLE "Else where"."A table" (id int, "The bytes" bytea)');
  await client.query('INSERT INTO "Else where"."A table" VALUES (1, $1)', [Buffer.from(tokens.bytes)]);
  await client.query(`COMMENT ON SCHEMA "Else where" IS '${tokens.comment}'`);
  await client.query('SELECT lo_from_bytea(0, $1)', [Buffer.from(tokens.object)]);
  await client.end();
}

async function scanAsOwner(url: string) {
  const finder = new TextFinder(wanted());
  return { finder, detection: await scanSql(finder, sqlSourceOf(url)) };
}

test('SQL finds what is there in any schema, column, comment or large object, and nothing else', async () => {
  const finder = new TextFinder(wanted());
  const detection = await scanSql(finder, { ...server, database: 'postgres' });
  const placesOf = (token: string) =>
    detection.findings
      .filter(({ trace }) => trace.kind === 'canary' && trace.channel === token)
      .map(({ place }) => place);
  expect(placesOf(tokens.bytes)).toEqual(['alongside.Else where.A table.The bytes']);
  expect(placesOf(tokens.comment)).toEqual(['alongside.pg_catalog.pg_description.description']);
  expect(placesOf(tokens.object)).toEqual(['alongside.pg_catalog.pg_largeobject.data']);
  expect(placesOf(control('compressed value'))).toHaveLength(1);
  expect(placesOf(control('deleted row'))).toEqual([]);
  expect(placesOf(control('rolled-back row'))).toEqual([]);
  expect(placesOf(tokens.absent)).toEqual([]);
  expect(detection.partsNotRun).toEqual([]);
});

test('a role that may not read everything says what it could not read', () => {
  const { detection, finder } = asOwner;
  expect(finder.seenBy(tokens.bytes)).toEqual(new Set(['sql']));
  const parts = detection.partsNotRun.map(({ part }) => part).join('\n');
  expect(parts).toContain('pg_catalog.pg_largeobject');
  expect(parts).toContain('database postgres');
});

test('the log of changes holds what was deleted or never committed, and a compressed value hides in it', async () => {
  const finder = new TextFinder(wanted());
  const detection = await scanWal(finder, { cluster: cluster(), server });
  expect(detection.partsNotRun).toEqual([]);
  for (const name of ['deleted row', 'rolled-back row']) {
    const places = detection.findings
      .filter(({ trace }) => trace.kind === 'canary' && trace.channel === control(name))
      .map(({ place }) => place);
    expect(places.some((place) => place.startsWith('record '))).toBe(true);
    expect(places.some((place) => place.startsWith('pg_wal/'))).toBe(true);
  }
  expect(finder.seenBy(control('compressed value'))).toEqual(new Set());
  expect(finder.seenBy(tokens.absent)).toEqual(new Set());
});

test('looking leaves the stopped cluster as it was', async () => {
  expect(await readdir(cluster())).not.toContain('postmaster.pid');
});
