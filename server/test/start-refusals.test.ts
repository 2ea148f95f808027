/** What `records` and `live` do not start with, asked of real processes and a real database. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseAccount } from '../src/app/embedded-postgres/choose-account.js';
import { DATABASE, ROLES } from '../src/app/embedded-postgres/cluster.js';
import { clusterFolder, libraryFolder } from '../src/app/embedded-postgres/data-folder.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/app/embedded-postgres/index.js';
import { linkPostgresBinaries } from '../src/app/embedded-postgres/postgres-binaries.js';
import { runToEnd } from '../src/app/embedded-postgres/run-to-end.js';
import { databaseFaults, objectRules, settingRules } from '../src/records/database/database-rules.js';

const app = fileURLToPath(new URL('../dist/app/', import.meta.url));
let folder: string;
let postgres: EmbeddedPostgres;
let client: Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-refusals-'));
  const dataDir = join(folder, 'postgres');
  await (await startEmbeddedPostgres({ dataDir })).stop();
  await empower(dataDir);
  postgres = await startEmbeddedPostgres({ dataDir });
  client = new Client({ connectionString: postgres.url('owner') });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Most of what is refused here only a superuser can set; the embedded database has none that may connect. */
async function empower(dataDir: string): Promise<void> {
  const account = await chooseAccount();
  const binaries = await linkPostgresBinaries(libraryFolder(dataDir), account.owner);
  const end = await runToEnd({
    command: binaries.postgres,
    args: ['--single', '-D', clusterFolder(dataDir), 'postgres'],
    input: `ALTER ROLE ${ROLES.owner} SUPERUSER;\nALTER SYSTEM SET wal_level = 'logical';\n`,
    account,
    libraryFolder: binaries.libraryFolder,
  });
  if (!end.ok) throw new Error(end.complaint);
}

const faults = () => databaseFaults(async (sql) => (await client.query(sql)).rows);

/** The program alone, as on a node of its own: its exit code and what it said. */
async function startAlone(program: string, env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [join(app, program)], { env: { PATH: process.env.PATH, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, lines: said.trim().split('\n') };
}

const recordsEnv = (url: string) => ({
  DATABASE_URL: url,
  LIVE_COUNTRY: 'FI',
  JOURNAL_PORT: '1024',
  JOURNAL_SECRET: 's'.repeat(43),
  DATA_DIR: folder,
});

describe('The database', () => {
  it('as it is embedded keeps nothing that it must not', async () => {
    expect(await faults()).toEqual([]);
  });

  const other: Readonly<Record<string, string>> = {
    log_statement: 'all',
    log_min_duration_statement: '0',
    log_min_duration_sample: '0',
    log_transaction_sample_rate: '1',
    log_min_error_statement: 'error',
    log_min_messages: 'warning',
    log_error_verbosity: 'default',
    log_parameter_max_length: '-1',
    log_parameter_max_length_on_error: '-1',
    debug_print_parse: 'on',
    debug_print_rewritten: 'on',
    debug_print_plan: 'on',
    'auto_explain.log_min_duration': '0',
    'pg_stat_statements.track': 'top',
    'pgaudit.log': 'all',
  };

  it.each(settingRules)('is refused for $setting', async ({ setting, allowed, why }) => {
    await client.query(`SET ${setting} = '${other[setting]}'`);
    const remedy = `ALTER DATABASE "${DATABASE}" SET ${setting} = '${allowed[0]}';`;
    expect(await faults()).toEqual([`${setting} is '${other[setting]}': ${why}. ${remedy}`]);
    for (const value of allowed) {
      await client.query(`SET ${setting} = '${value}'`);
      expect(await faults()).toEqual([]);
    }
  });

  const planted: Readonly<Record<string, readonly [make: string, remedy?: string]>> = {
    publication: ['CREATE PUBLICATION planted FOR ALL TABLES'],
    'logical replication slot': ["SELECT pg_create_logical_replication_slot('planted', 'pgoutput')"],
    'trigger on events': [
      `CREATE FUNCTION noticed() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
       CREATE EVENT TRIGGER planted ON ddl_command_end EXECUTE FUNCTION noticed()`,
    ],
    'trigger of others': [
      `CREATE TABLE watched (id int);
       CREATE FUNCTION copied() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
       CREATE TRIGGER planted AFTER INSERT ON watched EXECUTE FUNCTION copied()`,
    ],
  };

  it.each(objectRules)('is refused for a $what, until its remedy is done', async ({ what, remedy }) => {
    await client.query(planted[what]?.[0] ?? '');
    const [fault] = await faults();
    expect(fault).toContain(what);
    const name = what === 'trigger of others' ? 'planted ON watched' : 'planted';
    expect(fault).toContain(remedy(name));
    await client.query(remedy(name));
    expect(await faults()).toEqual([]);
  });

  it('keeps records from starting, with the reason and the remedy and code 1', async () => {
    const url = new URL(postgres.url('owner'));
    url.searchParams.set('options', '-c log_statement=all -c log_error_verbosity=default');
    const { code, lines } = await startAlone('records-main.js', recordsEnv(url.href));
    expect(code).toBe(1);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe(
      "log_statement is 'all': its log would quote what people wrote. ALTER DATABASE \"alongside\" SET log_statement = 'none';",
    );
    expect(lines[2]).toContain('log_error_verbosity');
  });
});

describe('A process started alone', () => {
  it.each(['live-main.js', 'records-main.js'])('%s refuses with the reason and code 1', async (program) => {
    const env = {
      ...recordsEnv('postgres://nobody@127.0.0.1:1/none'),
      DEBUG: 'nothing-of-ours',
      NODE_V8_COVERAGE: folder,
    };
    const { code, lines } = await startAlone(program, env);
    expect(code).toBe(1);
    expect(lines).toEqual([
      'DEBUG must not be given: libraries would print what they carry. Start without it.',
      'NODE_V8_COVERAGE must not be given: a file of the process would be written. Start without it.',
    ]);
  });
});
