/**
 * Three things stored on purpose that only some detectors can see: a compressed value, a deleted row and a row that
 * was never committed. They lie in a schema of this run's own, which goes with its throw-away database.
 */

import type { Client, ClientConfig } from 'pg';
import pg from 'pg';
import type { Control } from '../control.js';
import type { DetectorName } from '../finding.js';
import { newToken } from '../scan/new-canary.js';

/** Long enough to be compressed before it is put away, and so alike that this is worth it. */
const FILLING = 'what fills a value until it is compressed ';
const FILLINGS = 200;
const NOT_ALLOWED = '42501';

/** Raw reading of the database's files, its log of changes, and the image that all of it lies on. */
const RAW: readonly DetectorName[] = ['files', 'wal', 'image'];

/** `running`: the detectors of this run; a control is asked of none that does not take part. */
export async function plantSqlControls(
  connection: ClientConfig,
  running: ReadonlySet<DetectorName>,
): Promise<readonly Control[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const schema = `proof_controls_${newToken()}`;
    await client.query(`CREATE SCHEMA ${schema}`);
    const raw = RAW.filter((name) => running.has(name));
    const sql = (['sql'] as const).filter((name) => running.has(name));
    const controls = [
      {
        name: 'compressed value',
        token: await plantCompressed(client, schema),
        foundBy: sql,
        hiddenFrom: raw,
      },
      { name: 'deleted row', token: await plantDeleted(client, schema), foundBy: raw, hiddenFrom: sql },
      {
        name: 'rolled-back row',
        token: await plantRolledBack(client, schema),
        foundBy: raw,
        hiddenFrom: sql,
      },
    ];
    await bringToDisk(client);
    return controls;
  } finally {
    await client.end();
  }
}

/** Compressed letter by letter with a mark after every eighth, which leaves no stretch of it whole. */
async function plantCompressed(client: Client, schema: string): Promise<string> {
  await client.query(`CREATE TABLE ${schema}.compressed (value text COMPRESSION pglz)`);
  const token = newToken();
  const value = `${FILLING.repeat(FILLINGS)}${token}${FILLING.repeat(FILLINGS)}`;
  await client.query(`INSERT INTO ${schema}.compressed VALUES ($1)`, [value]);
  return token;
}

async function plantDeleted(client: Client, schema: string): Promise<string> {
  const token = await openTable(client, `${schema}.deleted`);
  await client.query(`INSERT INTO ${schema}.deleted VALUES ($1)`, [token]);
  await client.query(`DELETE FROM ${schema}.deleted`);
  return token;
}

async function plantRolledBack(client: Client, schema: string): Promise<string> {
  const token = await openTable(client, `${schema}.rolled_back`);
  await client.query('BEGIN');
  await client.query(`INSERT INTO ${schema}.rolled_back VALUES ($1)`, [token]);
  await client.query('ROLLBACK');
  return token;
}

/** Nobody tidies it up before it has been looked for. */
async function openTable(client: Client, table: string): Promise<string> {
  await client.query(`CREATE TABLE ${table} (value text) WITH (autovacuum_enabled = false)`);
  return newToken();
}

/** A role without that right leaves it to the end of the server, which does the same. */
async function bringToDisk(client: Client): Promise<void> {
  try {
    await client.query('CHECKPOINT');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === NOT_ALLOWED)) throw error;
  }
}
