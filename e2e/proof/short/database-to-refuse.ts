/**
 * A Postgres of the examiner's own, made by the installed build, whose owner may set everything: for starts that have
 * to be refused. No statement of a visitor ever reaches it.
 */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import type * as EmbeddedPostgresModule from '../../../server/src/app/embedded-postgres/index.js';
import type { Patch } from '../copy/patch.js';

export interface DatabaseToRefuse {
  readonly url: string;
  stop(): Promise<void>;
}

/** Of the copy. With them its owner is what whoever runs a database of their own is. */
export const ownerMaySetAll: readonly Patch[] = [
  {
    file: 'server/dist/app/embedded-postgres/cluster.js',
    find: 'LOGIN CREATEROLE PASSWORD',
    where: 'instead',
    put: 'LOGIN SUPERUSER CREATEROLE PASSWORD',
  },
  {
    file: 'server/dist/app/embedded-postgres/postgres-settings.js',
    find: "max_connections: '100',",
    where: 'after',
    put: " wal_level: 'logical',",
  },
];

/** `copy` is a patched copy of the installation, of which this runs the part that brings Postgres along. */
export async function startDatabaseToRefuse(copy: string, dataDir: string): Promise<DatabaseToRefuse> {
  const file = pathToFileURL(join(copy, 'server/dist/app/embedded-postgres/index.js')).href;
  const { startEmbeddedPostgres } = (await import(file)) as typeof EmbeddedPostgresModule;
  const postgres = await startEmbeddedPostgres({ dataDir });
  return { url: postgres.url(), stop: () => postgres.stop() };
}

/** What copies rows away or runs code of others, one of each kind; by the words that name it in a refusal. */
export async function plantObjects(url: string): Promise<readonly string[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('CREATE PUBLICATION planted_copy');
    await client.query("SELECT pg_create_logical_replication_slot('planted_slot', 'pgoutput')");
    await client.query(
      `CREATE FUNCTION planted_event() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'`,
    );
    await client.query('CREATE TABLE planted_rows (value text)');
    await client.query(
      `CREATE FUNCTION planted_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    );
    await client.query(
      'CREATE TRIGGER planted_trigger BEFORE INSERT ON planted_rows FOR EACH ROW EXECUTE FUNCTION planted_row()',
    );
    await client.query(
      'CREATE EVENT TRIGGER planted_watch ON ddl_command_end EXECUTE FUNCTION planted_event()',
    );
    return [
      'publication planted_copy',
      'logical replication slot planted_slot',
      'trigger on events planted_watch',
      'trigger of others planted_trigger ON planted_rows',
    ];
  } finally {
    await client.end();
  }
}
