/** The embedded Postgres for real: start, stop, restart, a killed supervisor, a killed server, every kind of account. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  type EmbeddedPostgres,
  type PostgresProgress,
  startEmbeddedPostgres,
  stopOrphan,
} from '../src/app/embedded-postgres/index.js';
import { copyCluster } from './cluster-template.js';
import { isRunning, makeSupervisorHome, Supervisor, type SupervisorHome } from './supervised-postgres.js';

const isRoot = process.getuid?.() === 0;

/** Root can be every kind of account; anybody can look like root in a namespace, where the system allows it. */
const ways = isRoot
  ? (['root', 'rootWithoutNamespaces', 'ordinary'] as const)
  : spawnSync('unshare', ['--user', '--map-root-user', 'true']).status === 0
    ? (['ordinary', 'rootOfNamespace'] as const)
    : (['ordinary'] as const);

let home: SupervisorHome;
beforeAll(async () => {
  home = await makeSupervisorHome();
});
afterAll(() => home.remove());

describe.each(ways)('started as %s', (way) => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await home.makeDataFolder(way);
  });

  it('keeps its data over a stop, and over a supervisor that was killed', async () => {
    const first = await Supervisor.start(home, { dataDir, way });
    expect(first.progress).toEqual(['creating', 'ready']);
    await query(first.owner, 'CREATE TABLE kept (word text NOT NULL)');
    await query(first.owner, "INSERT INTO kept VALUES ('stopped')");
    expect(await first.command('stop')).toBe(0);
    expect(await isRunning(first.pid)).toBe(false);

    const second = await Supervisor.start(home, { dataDir, way });
    expect(second.progress).toEqual(['ready']);
    await query(second.owner, "INSERT INTO kept VALUES ('killed')");
    await second.kill();
    // The database outlives a supervisor that could say nothing: this is what the next start meets.
    expect(await isRunning(second.pid)).toBe(true);

    const third = await Supervisor.start(home, { dataDir, way });
    expect(third.progress).toEqual(['recovering', 'ready']);
    expect(await isRunning(second.pid)).toBe(false);
    expect(await query(third.owner, 'SELECT word FROM kept ORDER BY word')).toEqual([
      { word: 'killed' },
      { word: 'stopped' },
    ]);
    expect(await third.command('stop')).toBe(0);
  });

  it('takes the server with it when it ends without stopping it', async () => {
    const supervisor = await Supervisor.start(home, { dataDir, way });
    expect(await supervisor.command('exit')).toBe(3);
    await expect.poll(() => isRunning(supervisor.pid), { timeout: 10_000 }).toBe(false);
  });
});

describe('a new cluster', () => {
  let folder: string;
  let dataDir: string;
  let postgres: EmbeddedPostgres;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alongside-postgres-'));
    dataDir = join(folder, 'data');
    postgres = await startEmbeddedPostgres({ dataDir });
  });
  afterAll(async () => {
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is durable, and its log is told nothing of statements', async () => {
    const settings = await query(
      postgres.url(),
      "SELECT name, setting FROM pg_settings WHERE name = ANY('{data_checksums,fsync,full_page_writes,synchronous_commit,log_min_error_statement,log_error_verbosity,log_statement,log_min_duration_statement,listen_addresses,io_method,server_encoding}')",
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      log_min_error_statement: 'panic',
      log_error_verbosity: 'terse',
      log_statement: 'none',
      log_min_duration_statement: '-1',
      listen_addresses: '127.0.0.1',
      io_method: 'worker',
      server_encoding: 'UTF8',
    });
  });

  it('logs no row and no value, whatever fails', async () => {
    const secret = 'Mirabelle4711';
    await query(postgres.url(), 'CREATE TABLE word (text text PRIMARY KEY CHECK (length(text) < 5))');
    await expect(query(postgres.url(), 'INSERT INTO word VALUES ($1)', [secret])).rejects.toThrow(
      /word_text_check/,
    );
    await expect(query(postgres.url(), `SELECT '${secret}'::int`)).rejects.toThrow(/invalid input syntax/);
    await expect(query(postgres.url(), `SELECT FROM ${secret}`)).rejects.toThrow(/does not exist/);
    await expect(query(postgres.url(), `DO $$ BEGIN RAISE WARNING '${secret}'; END $$`)).resolves.toEqual([]);
    const log = await readFile(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toMatch(/ready to accept connections/);
    expect(log.toLowerCase()).not.toContain(secret.toLowerCase());
  });

  it('gives the app role nothing beyond what the owner grants it', async () => {
    await query(postgres.url('owner'), 'CREATE TABLE mine (id int)');
    await expect(query(postgres.url('app'), 'CREATE TABLE yours (id int)')).rejects.toThrow(
      /permission denied/,
    );
    await expect(query(postgres.url('app'), 'SELECT FROM mine')).rejects.toThrow(/permission denied/);
    await query(postgres.url('owner'), 'GRANT SELECT ON mine TO alongside_app');
    expect(await query(postgres.url('app'), 'SELECT FROM mine')).toEqual([]);
    const [rights] = await query(
      postgres.url('owner'),
      'SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user',
    );
    expect(rights).toEqual({ rolsuper: false, rolbypassrls: false });
    const asPostgres = postgres.url().replace(/\/\/[^:]+:/, '//postgres:');
    await expect(query(asPostgres, 'SELECT 1')).rejects.toThrow(/no pg_hba.conf entry/);
    await expect(query(postgres.url().replace(/:[0-9a-f]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(
      /password/,
    );
  });

  it('keeps its passwords and files from other accounts', async () => {
    const modes = await Promise.all(
      ['', 'cluster', 'passwords.json', 'postgres.log'].map(
        async (name) => (await stat(join(dataDir, name))).mode & 0o777,
      ),
    );
    expect(modes).toEqual([0o700, 0o700, 0o600, 0o600]);
  });
});

describe('a cluster in this process', () => {
  const started: EmbeddedPostgres[] = [];
  const folders: string[] = [];
  afterEach(async () => {
    for (const postgres of started.splice(0)) await postgres.stop();
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  const makeFolder = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'alongside-postgres-'));
    folders.push(folder);
    return join(folder, 'data');
  };
  /** As the stop before left it. */
  const makeCluster = async () => {
    const dataDir = await makeFolder();
    await copyCluster(inject('clusterTemplate'), dataDir);
    return dataDir;
  };
  const start = async (options: {
    dataDir: string;
    port?: number;
    onProgress?: (p: PostgresProgress) => void;
  }) => {
    const postgres = await startEmbeddedPostgres(options);
    started.push(postgres);
    return postgres;
  };

  it('starts a server that was killed again, at the same address', async () => {
    const seen: PostgresProgress[] = [];
    const { url, pid } = await start({
      dataDir: await makeCluster(),
      onProgress: (progress) => seen.push(progress),
    });
    await query(url(), 'CREATE TABLE kept AS SELECT 1 AS one');
    const killed = pid();
    process.kill(killed, 'SIGKILL');
    await expect.poll(() => seen.at(-1), { timeout: 20_000 }).toBe('restarted');
    expect(seen).toEqual(['ready', 'lost', 'restarted']);
    expect(pid()).not.toBe(killed);
    expect(await query(url(), 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
  });

  it('can be stopped and started at the same address, for those who wait for it there', async () => {
    const dataDir = await makeCluster();
    const first = await start({ dataDir });
    const address = first.url();
    await first.stop();
    await expect(query(address, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
    const second = await start({ dataDir, port: first.port });
    expect(second.url()).toBe(address);
    expect(await query(address, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses a data folder that another start is using, and leaves that one alone', async () => {
    const dataDir = await makeCluster();
    const { url } = await start({ dataDir });
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({ fault: 'dataFolderInUse' });
    expect(await query(url(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses the data of another version with the remedy', async () => {
    const dataDir = await makeCluster();
    await writeFile(join(dataDir, 'cluster', 'PG_VERSION'), '12\n');
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({
      fault: 'otherVersion',
      message: expect.stringContaining('pg_dump'),
    });
  });

  it('begins again after a first start that was interrupted', async () => {
    const dataDir = await makeFolder();
    await mkdir(join(dataDir, 'cluster.unfinished', 'base'), { recursive: true });
    const { url } = await start({ dataDir });
    expect(await query(url(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('finds an orphan, ends it, and then finds none', async () => {
    const way = isRoot ? 'root' : 'ordinary';
    const dataDir = await home.makeDataFolder(way);
    await copyCluster(inject('clusterTemplate'), dataDir);
    const supervisor = await Supervisor.start(home, { dataDir, way });
    await supervisor.kill();
    expect(await stopOrphan({ dataDir })).toBe(true);
    expect(await isRunning(supervisor.pid)).toBe(false);
    expect(await stopOrphan({ dataDir })).toBe(false);
  });
});

async function query(url: string, text: string, values?: string[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  // A server that is killed under a client breaks its socket; the query's own rejection says so already.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}
