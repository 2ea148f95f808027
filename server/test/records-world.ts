/** A whole `records` for tests: real Postgres, real HTTP, a journal line of its own, and two customers. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { inject } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/app/embedded-postgres/index.js';
import { createRecords, makeSigningKeys, type Records, type RecordsOptions } from '../src/http/index.js';
import { dataDictionary } from '../src/records/dictionary/data-dictionary.js';
import { copyCluster } from './cluster-template.js';
import { type HeldPort, holdPort } from './held-port.js';
import { JOURNAL_SECRET, JournalLine, type LineOptions } from './journal-line.js';
import { Customer } from './records-customer.js';

export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  /** Whatever JSON it was: tests look into answers of every shape. */
  readonly body: ReturnType<typeof JSON.parse>;
}

export interface Asked {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly host?: string;
  readonly raw?: string;
}

export class World {
  /** Laid out as an installation's data folder. */
  readonly folder: string;
  postgres: EmbeddedPostgres;
  readonly port: number;
  readonly replayPort: number;
  readonly consoleOrigin: string;
  readonly replayOrigin: string;
  readonly logged: string[];
  /** Moves the clock of `records` away from the machine's. */
  aheadMs = 0;
  readonly options: RecordsOptions;
  records!: Records;
  journalUrl = '';
  readonly #lines: JournalLine[] = [];
  readonly #asking: { readonly owner: Pool; readonly app: Pool };

  private constructor(parts: {
    folder: string;
    postgres: EmbeddedPostgres;
    ports: readonly [number, number];
    overrides: Partial<RecordsOptions>;
  }) {
    this.folder = parts.folder;
    this.postgres = parts.postgres;
    [this.port, this.replayPort] = parts.ports;
    this.consoleOrigin = `http://console.localhost:${this.port}`;
    this.replayOrigin = `http://replay.localhost:${this.replayPort}`;
    const logged: string[] = [];
    this.logged = logged;
    const log = (event: string, fields?: object) => {
      logged.push(JSON.stringify({ event, ...fields }));
    };
    this.#asking = { owner: poolOf(parts.postgres.url('owner')), app: poolOf(parts.postgres.url('app')) };
    this.options = {
      databaseUrl: parts.postgres.url('owner'),
      appDatabaseUrl: parts.postgres.url('app'),
      storageCountry: 'FI',
      liveCountry: 'FI',
      journalSecret: JOURNAL_SECRET,
      signingKeys: makeSigningKeys(),
      consoleOrigin: this.consoleOrigin,
      replayOrigin: this.replayOrigin,
      liveOrigin: 'http://live.localhost:3001',
      signUp: { mode: 'open' },
      staticRoots: {
        sdk: join(parts.folder, 'sdk'),
        console: join(parts.folder, 'console'),
        replay: join(parts.folder, 'console/replay'),
      },
      proof: { folder: join(parts.folder, 'proof'), keysFolder: join(parts.folder, 'keys') },
      version: '0.0.0-test',
      trustedProxies: [],
      logger: { info: log, warn: log, error: log },
      clock: () => Date.now() + this.aheadMs,
      rateFactor: 1000,
      ...parts.overrides,
    };
  }

  static async start(overrides: Partial<RecordsOptions> = {}): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'alongside-records-'));
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(folder, name, '..'), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    await copyCluster(inject('migratedTemplate'), join(folder, 'postgres'));
    const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
    const held = [await holdPort(), await holdPort()] as const;
    const world = new World({ folder, postgres, ports: [held[0].port, held[1].port], overrides });
    await world.openRecords(held);
    return world;
  }

  async openRecords(held: readonly HeldPort[] = []): Promise<void> {
    this.records = await createRecords(this.options);
    await Promise.all(held.map((port) => port.letGo()));
    const { url } = await this.records.listenJournal('127.0.0.1', 0);
    this.journalUrl = url;
    await this.records.consoleApp.listen({ host: '127.0.0.1', port: this.port });
    await this.records.replayApp.listen({ host: '127.0.0.1', port: this.replayPort });
  }

  /** At the address it had, after `postgres.stop()`. */
  async restartPostgres(): Promise<void> {
    const { port } = this.postgres;
    this.postgres = await startEmbeddedPostgres({ dataDir: join(this.folder, 'postgres'), port });
  }

  async stop(): Promise<void> {
    for (const line of this.#lines) line.close();
    await this.records.close();
    await Promise.all(Object.values(this.#asking).map((pool) => pool.end()));
    await this.postgres.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  ask(method: string, path: string, asked: Asked = {}): Promise<Answer> {
    return askOf(this.port, { method, path, ...asked, host: asked.host ?? new URL(this.consoleOrigin).host });
  }

  askReplay(path: string): Promise<Answer> {
    return askOf(this.replayPort, { method: 'GET', path, host: new URL(this.replayOrigin).host });
  }

  async line(nodeId = 'node-1', options: LineOptions = {}): Promise<JournalLine> {
    const line = await JournalLine.open(this.journalUrl, nodeId, {
      secret: this.options.journalSecret,
      ...options,
    });
    this.#lines.push(line);
    return line;
  }

  /** As the owner: past row-level security only where a test says so. */
  async sql<Row = Record<string, unknown>>(
    text: string,
    values: unknown[] = [],
    role: 'owner' | 'app' = 'owner',
  ) {
    return (await this.#asking[role].query(text, values)).rows as Row[];
  }

  /** Of a customer, by the tables in which there are any. In one question, since each one takes longer than the counting. */
  async rowCountsOf({ tenantId }: Customer): Promise<Readonly<Record<string, number>>> {
    const counts = Object.keys(dataDictionary).map(
      (table) => `SELECT '${table}' AS name, count(*)::int AS rows FROM ${table} WHERE tenant_id = $1`,
    );
    const found = await this.sql<{ name: string; rows: number }>(counts.join(' UNION ALL '), [tenantId]);
    return Object.fromEntries(found.filter(({ rows }) => rows > 0).map(({ name, rows }) => [name, rows]));
  }

  async customer(name: string, country = 'FI'): Promise<Customer> {
    return Customer.create(this, name, country);
  }
}

/** A connection of its own for each question would cost a process of Postgres each. */
function poolOf(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 4 });
  // Tests stop Postgres, which ends the connections that nobody is using.
  pool.on('error', () => undefined);
  return pool;
}

const files = {
  'sdk/loader.js': '/* loader */',
  'sdk/panel-0123456789ab.js': '/* panel */',
  'console/index.html': '<!doctype html><title>Console</title>',
  'console/assets/index-abcdefgh.js': '/* console */',
  'console/assets/background-worker-abcdefgh.js': '/* worker */',
  'console/replay/index.html':
    '<!doctype html><meta name="console-origin" content="" /><title>Replay</title>',
  'console/replay/replay.js': '/* replay */',
};

function askOf(port: number, asked: Asked & { method: string; path: string }): Promise<Answer> {
  const text = asked.raw ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
  const headers: Record<string, string> = { host: asked.host ?? '', ...asked.headers };
  if (text !== undefined && headers['content-type'] === undefined)
    headers['content-type'] = 'application/json';
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      method: asked.method,
      path: asked.path,
      headers,
      agent: false,
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const answer = Buffer.concat(parts).toString();
        const isJson = String(response.headers['content-type']).includes('json');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: isJson ? JSON.parse(answer) : answer,
        });
      });
    });
    sent.end(text);
  });
}
