/** Takes away what is past its months, class by class, in small transactions, and leaves a receipt of each. */

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { accept, type Reply } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { eachInTurn } from '../database/each-in-turn.js';
import { queryByName } from '../database/query-by-name.js';
import { customerEntity } from '../entities/customer-entity.js';
import { type PurgeReceiptRow, purgeReceiptEntity } from '../entities/purge-receipt-entity.js';
import { shelvedTables } from '../migrations/shelved-tables.js';
import type { RecordsContext } from '../records-context.js';
import { CASE_MONTHS, latestOver, type Term, termsOf } from '../rights/kept-until.js';
import { Statistics } from '../statistics/statistics.js';
import { FIRST_BATCH, FIRST_ROWS, nextBatchSize, RESTS } from './batch-size.js';
import { endLostEngagements } from './end-lost.js';
import { Shelves } from './shelves.js';

type PurgedClass = 'transcript' | 'survey' | 'metadata';

/** A batch of engagements of one class, and from where in the order of ids. */
interface Batch {
  readonly tenantId: string;
  readonly dataClass: PurgedClass;
  readonly term: Term;
  readonly after: string;
  readonly size: number;
}

interface DueRow {
  readonly engagement_id: string;
  readonly shelf: string;
  readonly is_bare: boolean;
}

export class Purge {
  readonly #context: RecordsContext;
  readonly #shelves: Shelves;
  readonly #statistics = new Statistics();

  constructor(context: RecordsContext) {
    this.#context = context;
    this.#shelves = new Shelves(context);
  }

  /** What is finished is counted before it goes. Whole months go first, then all tenants, one after the other. Answers how many rows went. */
  async run(): Promise<Reply<{ readonly purgedRows: number }>> {
    const { database, clock } = this.#context;
    let purgedRows = 0;
    const count = (tenantId: string) =>
      this.#inTenant(tenantId, async (manager) => {
        await endLostEngagements(manager, clock());
        await this.#statistics.closeMonths(manager, { tenantId, now: new Date(clock()) });
      });
    const dropMonths = async () => {
      await this.#shelves.make();
      purgedRows += await this.#shelves.dropDue();
    };
    const purge = async (tenantId: string) => {
      for (const dataClass of ['transcript', 'survey', 'metadata'] as const) {
        purgedRows += await this.#purge(tenantId, dataClass);
      }
      purgedRows += await this.#purgeAudit(tenantId);
      purgedRows += await this.#purgeCases(tenantId);
      await this.#dropSpentSecrets(tenantId);
    };
    await eachInTurn([() => database.eachTenant(count), dropMonths, () => database.eachTenant(purge)]);
    return accept({ purgedRows });
  }

  /** By the term in force, and by each shorter one that visitors of before were told of. */
  async #purge(tenantId: string, dataClass: PurgedClass): Promise<number> {
    const terms = await this.#context.database.inTenant(tenantId, async (manager) =>
      termsOf(await manager.getRepository(customerEntity).findOneByOrFail({ tenantId }), dataClass),
    );
    let purged = 0;
    for (const term of terms) {
      let after = BEFORE_ALL;
      purged += await this.#inBatches(tenantId, FIRST_BATCH, async (manager, size) => {
        const slice = await this.#slice(manager, { tenantId, dataClass, term, after, size });
        after = slice.last ?? after;
        return { removed: slice.removed, isLast: slice.found < size };
      });
    }
    return purged;
  }

  /** Who did what is technical metadata too, though it hangs on no engagement. */
  #purgeAudit(tenantId: string): Promise<number> {
    return this.#inBatches(tenantId, FIRST_ROWS, async (manager, size) => {
      const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
      const months = customer.metadataMonths;
      const now = new Date(this.#context.clock());
      const olderThan = latestOver(now, months);
      const removed = await purgedRows(manager, 'SELECT purge_audit($1, $2, $3) AS rows', [
        now,
        months,
        size,
      ]);
      const receipt = { tenantId, dataClass: 'metadata', months, olderThan, purgedRows: removed } as const;
      if (removed > 0) await leaveReceipt(manager, receipt);
      return { removed, isLast: removed < size };
    });
  }

  /** 36 months from their end; nothing a customer sets. */
  #purgeCases(tenantId: string): Promise<number> {
    return this.#inBatches(tenantId, FIRST_ROWS, async (manager, size) => {
      const now = new Date(this.#context.clock());
      const removed = await purgedRows(manager, 'SELECT purge_cases($1, $2) AS rows', [now, size]);
      const olderThan = latestOver(now, CASE_MONTHS);
      const receipt = {
        tenantId,
        dataClass: 'case',
        months: CASE_MONTHS,
        olderThan,
        purgedRows: removed,
      } as const;
      if (removed > 0) await leaveReceipt(manager, receipt);
      return { removed, isLast: removed < size };
    });
  }

  /** Each in a transaction of its own, so large that it is over before anybody waits for it. */
  async #inBatches(
    tenantId: string,
    first: number,
    take: (manager: EntityManager, size: number) => Promise<{ removed: number; isLast: boolean }>,
  ): Promise<number> {
    let total = 0;
    for (let size = first; ; ) {
      const began = performance.now();
      const { removed, isLast } = await this.#inTenant(tenantId, (manager) => take(manager, size));
      total += removed;
      if (isLast) return total;
      const tookMs = performance.now() - began;
      size = nextBatchSize(size, tookMs);
      await pause(RESTS * tookMs);
    }
  }

  /** What a crash undoes is done again by the next run, so that none of it waits for the disk with its rows locked. */
  #inTenant<T>(tenantId: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#context.database.inTenant(tenantId, async (manager) => {
      await manager.query('SET LOCAL synchronous_commit = off');
      return work(manager);
    });
  }

  /** Hashes of links and tokens that nobody can use any more say nothing that is worth keeping. */
  async #dropSpentSecrets(tenantId: string): Promise<void> {
    const now = new Date(this.#context.clock());
    await this.#inTenant(tenantId, async (manager) => {
      // A refresh token that was used stays until then: one that comes back ends the session of whoever took it.
      await manager.query('DELETE FROM refresh_token WHERE expires_at < $1', [now]);
      await manager.query('DELETE FROM enrolment WHERE expires_at < $1 OR used_at IS NOT NULL', [now]);
    });
    let after = BEFORE_ALL;
    await this.#inBatches(tenantId, FIRST_ROWS, async (manager, size) => {
      const spent = await queryByName<{ engagement_id: string }>(manager, emptySecrets, [now, after, size]);
      after = spent.at(-1)?.engagement_id ?? after;
      return { removed: spent.length, isLast: spent.length < size };
    });
  }

  async #slice(
    manager: EntityManager,
    { tenantId, dataClass, term: { months, begunBefore }, after, size }: Batch,
  ): Promise<{ last: string | undefined; found: number; removed: number }> {
    const now = new Date(this.#context.clock());
    const olderThan = latestOver(now, months);
    const begun = Number.isFinite(begunBefore) ? new Date(begunBefore) : null;
    const values = [now, months, olderThan, after, size, begun];
    const { due, take } = statements[dataClass];
    const found = await queryByName<DueRow>(manager, due, values);
    const ids = found.map((each) => each.engagement_id);
    if (ids.length === 0) return { last: undefined, found: 0, removed: 0 };
    const shelves = [...new Set(found.map(({ shelf }) => shelf))];
    const lying = tables[dataClass].some(isShelved) ? [ids, shelves] : [ids];
    const [taken] = await queryByName<{ rows: number }>(manager, take, lying);
    const removed = taken?.rows ?? 0;
    // Not counted: a stripped row was, when its facts went. One that still has its facts is not looked at.
    const bare = found.filter((each) => each.is_bare || dataClass === 'metadata');
    if (bare.length > 0) await queryByName(manager, dropEmpty, [bare.map((each) => each.engagement_id)]);
    await leaveReceipt(manager, { tenantId, dataClass, months, olderThan, purgedRows: removed });
    return { last: ids.at(-1), found: ids.length, removed };
  }
}

async function purgedRows(manager: EntityManager, text: string, values: readonly unknown[]): Promise<number> {
  const [purged] = await manager.query<{ rows: number }[]>(text, [...values]);
  return purged?.rows ?? 0;
}

type Receipt = Pick<PurgeReceiptRow, 'tenantId' | 'dataClass' | 'months' | 'olderThan' | 'purgedRows'>;

async function leaveReceipt(manager: EntityManager, receipt: Receipt): Promise<void> {
  await manager.getRepository(purgeReceiptEntity).insert({ receiptId: randomUUID(), ...receipt });
}

/** No id is before it. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** What goes of each class; the engagement's own row is stripped of its facts with them. */
const tables: Readonly<Record<PurgedClass, readonly string[]>> = {
  transcript: ['chat_line', 'introduction', 'correction'],
  survey: ['survey_answers'],
  metadata: [
    'participant',
    'journal_entry',
    'consent_entry',
    'lease',
    'watch',
    'delivery',
    'call_sample',
    'call_presence',
    'call_expert',
    'call',
    'connection',
  ],
};

/** As `keptUntil` counts: the same day of a later month or its last, in UTC whatever the server's zone. */
function isOver(from: string): string {
  return `((${from}) AT TIME ZONE 'UTC' + make_interval(months => $2)) AT TIME ZONE 'UTC' <= $1`;
}

const isShelved = (table: string) => table in shelvedTables;
/** Looked up for each engagement: without the offset the whole table would be read for every batch. */
const has = (table: string) =>
  `EXISTS (SELECT FROM ${table} r WHERE r.engagement_id = e.engagement_id${isShelved(table) ? ' AND r.shelf = e.shelf' : ''} OFFSET 0)`;
const hasAny = (names: readonly string[]) => `(${names.map(has).join(' OR ')})`;

/** No class goes while a case holds the engagement; a hold ends by itself. */
const isFree = `NOT EXISTS (SELECT FROM legal_hold h WHERE h.engagement_id = e.engagement_id
    AND h.lifted_at IS NULL AND h.held_until > $1)`;

const due = (condition: string) =>
  `SELECT e.engagement_id, e.shelf::text AS shelf, e.facts_purged_at IS NOT NULL AS is_bare FROM engagement e
    WHERE e.engagement_id > $4 AND e.shelf <= ($3::timestamptz AT TIME ZONE 'UTC')::date
      AND ($6::timestamptz IS NULL OR e.requested_at < $6)
      AND ${isOver('coalesce(e.ended_at, e.requested_at)')} AND ${condition} AND ${isFree}
    ORDER BY e.engagement_id LIMIT $5 FOR UPDATE SKIP LOCKED`;

const named = 'engagement_id = ANY($1::uuid[])';

/** What lines and answers still hang on: ids, the decisions, and the one moment from which their months count. */
const strip = `UPDATE engagement SET facts_purged_at = clock_timestamp(), phase = 'closed',
    requested_at = coalesce(ended_at, requested_at), ended_at = coalesce(ended_at, requested_at),
    return_until = coalesce(ended_at, requested_at), return_hash = '', language = '', notice_version = 0,
    version = 0, lines_gone = lines_gone - last_chat_number, last_chat_number = 0, last_entry = 0, last_lease = 0, agent_country = NULL,
    reading_decision_id = NULL, accepted_at = NULL, ended_by = NULL, end_reason = NULL, closed_at = NULL,
    erased_at = NULL, node_id = NULL, node_start = NULL
  WHERE ${named} AND facts_purged_at IS NULL`;

/** All of a class in one way to the database: a batch that asked table by table waited more than it took away. */
const take = (dataClass: PurgedClass) => {
  const gone = tables[dataClass].map(
    (table) => `DELETE FROM ${table} WHERE ${named}${isShelved(table) ? ' AND shelf = ANY($2::date[])' : ''}`,
  );
  const parts = dataClass === 'metadata' ? [...gone, strip] : gone;
  return `WITH ${parts.map((part, at) => `part_${at} AS (${part} RETURNING 1)`).join(', ')}
    SELECT (${parts.map((_, at) => `(SELECT count(*) FROM part_${at})`).join(' + ')})::integer AS rows`;
};

/** Read once for each connection: to read those on eleven tables took longer than to run them. */
const statementsOf = (dataClass: PurgedClass, condition: string) => ({
  due: { name: `purge ${dataClass} due`, text: due(condition) },
  take: { name: `purge ${dataClass}`, text: take(dataClass) },
});

const statements = {
  transcript: statementsOf('transcript', hasAny(tables.transcript)),
  survey: statementsOf('survey', hasAny(tables.survey)),
  // A fact that `live` told late goes with the next run.
  metadata: statementsOf('metadata', `(e.facts_purged_at IS NULL OR ${hasAny(tables.metadata)})`),
};

/** Nobody comes back with them: the hash is worth nothing from then on, whatever holds the rest. */
const emptySecrets = {
  name: 'purge return secrets',
  text: `WITH spent AS (
      SELECT engagement_id FROM engagement
      WHERE engagement_id > $2 AND return_until < $1 AND return_hash <> ''
      ORDER BY engagement_id LIMIT $3 FOR UPDATE SKIP LOCKED),
    emptied AS (UPDATE engagement e SET return_hash = '' FROM spent WHERE e.engagement_id = spent.engagement_id)
    SELECT engagement_id FROM spent ORDER BY engagement_id`,
};

const dropEmpty = {
  name: 'purge empty',
  text: `DELETE FROM engagement e WHERE e.${named} AND e.facts_purged_at IS NOT NULL
    AND NOT ${hasAny([...tables.transcript, ...tables.survey])}`,
};
