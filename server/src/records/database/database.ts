/** The database as the rest of `records` uses it: transactions of one tenant each, and whether it answers. */

import type { StorageState } from '@alongside/protocol';
import type { DataSource, EntityManager } from 'typeorm';
import type { RecordsLogger } from '../records-logger.js';
import { appDataSource, type DatabaseAddress, isMigrated, migrate } from './data-source.js';
import { StorageUnavailable, withoutRows } from './database-failure.js';
import { requireSilentDatabase } from './database-rules.js';
import { eachInTurn } from './each-in-turn.js';
import { JournalPool, type PooledClient } from './journal-pool.js';

const PROBE_MS = 250;
const REQUEST_CONNECTIONS = 10;
const JOURNAL_CONNECTIONS = 2;

export class Database {
  readonly #address: DatabaseAddress;
  #source: DataSource | undefined;
  /** The journal's own connections: no burst of requests can keep an acceptance or a line waiting. */
  #journalSource: Promise<DataSource> | undefined;
  readonly #journalPool: JournalPool;
  readonly #logger: RecordsLogger;
  readonly #watchers = new Set<(state: StorageState) => void>();
  readonly #afterCommit = new WeakMap<EntityManager, (() => void)[]>();
  readonly #onRollback = new WeakMap<EntityManager, (() => void)[]>();
  #state: StorageState = 'up';
  #probe: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(address: DatabaseAddress, logger: RecordsLogger) {
    this.#address = address;
    this.#journalPool = new JournalPool(address, logger);
    this.#logger = logger;
  }

  /** Before anything is asked of it. Migrates first where that is wanted; throws when it fails. */
  async open(): Promise<void> {
    try {
      const requests = await openRequests(this.#address, this.#logger);
      this.#source = requests;
      // What is set for a role rather than for the database shows on its own connections only.
      await requireSilentDatabase((sql) => requests.query(sql));
    } catch (error) {
      throw withoutRows(error);
    }
  }

  get state(): StorageState {
    return this.#state;
  }

  /** Calls back at every change from now on. */
  watch(onChange: (state: StorageState) => void): () => void {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }

  /** One transaction that sees and writes the rows of one tenant only. */
  inTenant<T>(tenantId: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#guard(() => this.#inTenant(this.#requests, tenantId, work));
  }

  /** One transaction of no tenant: it sees no row, and may call what looks for itself. */
  acrossTenants<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#guard(() => this.#requests.transaction(work));
  }

  /** The same on the journal's connections. */
  inTenantForJournal<T>(tenantId: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#guard(async () => this.#inTenant(await this.#journal(), tenantId, work));
  }

  /** For what must not be told before the transaction of `manager` is committed, nor if it never is. */
  afterCommit(manager: EntityManager, effect: () => void): void {
    this.#afterCommit.set(manager, [...(this.#afterCommit.get(manager) ?? []), effect]);
  }

  /** For what has to be taken back with the transaction of `manager`, before the rows that it locked are free. */
  onRollback(manager: EntityManager, effect: () => void): void {
    this.#onRollback.set(manager, [...(this.#onRollback.get(manager) ?? []), effect]);
  }

  /** Opened when somebody first comes in: what it is told of the entities is a good part of a start. */
  async #journal(): Promise<DataSource> {
    this.#journalSource ??= appDataSource(this.#address, {
      logger: this.#logger,
      connections: JOURNAL_CONNECTIONS,
    }).initialize();
    try {
      return await this.#journalSource;
    } catch (error) {
      this.#journalSource = undefined;
      throw error;
    }
  }

  async #inTenant<T>(
    source: DataSource,
    tenantId: string,
    work: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    let effects: readonly (() => void)[] = [];
    const result = await source.transaction(async (manager) => {
      await manager.query("SELECT set_config('app.tenant', $1, true)", [tenantId]);
      const done = await work(manager).catch((error: unknown) => {
        for (const effect of this.#onRollback.get(manager) ?? []) effect();
        throw error;
      });
      effects = this.#afterCommit.get(manager) ?? [];
      return done;
    });
    for (const effect of effects) effect();
    return result;
  }

  /** The tenants of engagements, asked on the journal's connections. */
  tenantsForJournal(
    engagementIds: readonly string[],
  ): Promise<readonly { engagement_id: string; tenant_id: string }[]> {
    return this.withClient(async (client) => {
      const asked = 'SELECT * FROM tenants_of_engagements($1)';
      return (await client.query<{ engagement_id: string; tenant_id: string }>(asked, [engagementIds])).rows;
    });
  }

  /** One of the look-ups that cross tenants. */
  lookUp<Row>(functionName: LookUp, argument: unknown): Promise<readonly Row[]> {
    return this.#guard(() => this.#requests.query<Row[]>(`SELECT * FROM ${functionName}($1)`, [argument]));
  }

  allTenants(): Promise<readonly { tenant_id: string }[]> {
    return this.#guard(() => this.#requests.query<{ tenant_id: string }[]>('SELECT * FROM all_tenants()'));
  }

  async eachTenant(work: (tenantId: string) => Promise<unknown>): Promise<void> {
    await eachInTurn(
      (await this.allTenants()).map(
        ({ tenant_id }) =>
          () =>
            work(tenant_id),
      ),
    );
  }

  /** For the journal, which has connections and transactions of its own. */
  withClient<T>(work: (client: PooledClient) => Promise<T>): Promise<T> {
    return this.#guard(() => this.#journalPool.use(work));
  }

  /** Told by those who watch the time an answer takes. */
  reportDown(): void {
    if (this.#state === 'down' || this.#closed) return;
    this.#change('down');
    this.#schedule();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#probe);
    this.#watchers.clear();
    await Promise.allSettled([
      this.#source?.destroy(),
      this.#journalSource?.then((source) => source.destroy()),
      this.#journalPool.close(),
    ]);
  }

  get #requests(): DataSource {
    if (this.#source === undefined) throw new Error('the database is not open');
    return this.#source;
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const harmless = withoutRows(error);
      if (harmless instanceof StorageUnavailable && !harmless.busy) this.reportDown();
      throw harmless;
    }
  }

  #schedule(): void {
    this.#probe = setTimeout(() => void this.#look(), PROBE_MS);
    this.#probe.unref();
  }

  async #look(): Promise<void> {
    try {
      await this.#journalPool.use((client) => client.query('SELECT 1'));
    } catch {
      // Whatever the reason, it is not up; the next look tells again.
      if (!this.#closed) this.#schedule();
      return;
    }
    if (!this.#closed) this.#change('up');
  }

  #change(state: StorageState): void {
    this.#state = state;
    if (state === 'up') this.#logger.info('database.up');
    else this.#logger.warn('database.down');
    for (const watcher of this.#watchers) watcher(state);
  }
}

/** Whatever keeps them from opening at first is told by the migration, or by the second attempt. */
async function openRequests(address: DatabaseAddress, logger: RecordsLogger): Promise<DataSource> {
  const open = () => appDataSource(address, { logger, connections: REQUEST_CONNECTIONS }).initialize();
  const opened = await open().catch(() => undefined);
  if (opened !== undefined && (await isMigrated(opened))) return opened;
  await opened?.destroy();
  await migrate(address);
  return open();
}

type LookUp =
  | 'site_of_key'
  | 'tenants_of_engagements'
  | 'engagements_of_hashes'
  | 'people_of_email'
  | 'tenant_of_enrolment'
  | 'tenant_of_expert'
  | 'customers_without_agreement'
  | 'tenant_of_refresh_token'
  | 'tenant_of_case'
  | 'tenant_of_emergency';
