/** Takes a group of entries to the database: batches where it can; who comes in, and renewals, by themselves. */

import type { JournalAck, JournalEntry, Revocation } from '@alongside/engagement';
import { refuse } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { isDuplicate, StatementFailed } from '../database/database-failure.js';
import { engagementEntity } from '../entities/engagement-entity.js';
import { endLapsed } from '../lapses/end-lapsed.js';
import type { RecordsContext } from '../records-context.js';
import { applyAcceptance } from './acceptance.js';
import type { EntryResult, Written } from './entry-result.js';
import { applyJoining, applyLeadPassing } from './participation.js';
import { renewDecisions } from './renew-decisions.js';
import { type BatchEntry, type TenantEntry, writeBatch, writeOneByOne } from './write-batch.js';

/** Ids to tenants never change, so they may be kept; the bound keeps memory flat. */
const KNOWN_TENANTS = 20_000;

export class JournalWriter {
  readonly #context: RecordsContext;
  readonly #revoke: (revocation: Revocation) => void;
  readonly #tenants = new Map<string, string>();

  constructor(context: RecordsContext, revoke: (revocation: Revocation) => void) {
    this.#context = context;
    this.#revoke = revoke;
  }

  /** Entries keep their order; an acceptance divides what came before it from what comes after. */
  async write(entries: readonly JournalEntry[]): Promise<readonly Written[]> {
    await this.#findTenants(entries);
    const acks: Written[] = [];
    let run: BatchEntry[] = [];
    for (const entry of entries) {
      if (entry.type !== 'accepted' && entry.type !== 'joined' && entry.type !== 'leadPassed') {
        run.push(entry);
        continue;
      }
      acks.push(...(await this.#writeRun(run)), await this.#writeAlone(entry));
      run = [];
    }
    return [...acks, ...(await this.#writeRun(run))];
  }

  async #findTenants(entries: readonly JournalEntry[]): Promise<void> {
    if (this.#tenants.size > KNOWN_TENANTS) this.#tenants.clear();
    const unknown = new Set(entries.map((each) => each.engagementId).filter((id) => !this.#tenants.has(id)));
    if (unknown.size === 0) return;
    const found = await this.#context.database.tenantsForJournal([...unknown]);
    for (const { engagement_id, tenant_id } of found) this.#tenants.set(engagement_id, tenant_id);
  }

  /** Who comes in and who leads: each asks for decisions of its own. */
  async #writeAlone(entry: Exclude<JournalEntry, BatchEntry>): Promise<JournalAck> {
    const tenantId = this.#tenants.get(entry.engagementId);
    if (tenantId === undefined) return refuse('notFound');
    try {
      return await this.#context.database.inTenantForJournal(tenantId, (manager) =>
        applyAlone(this.#context, manager, entry),
      );
    } catch (error) {
      if (error instanceof StatementFailed) return refuse('internal');
      throw error;
    }
  }

  async #writeRun(run: readonly BatchEntry[]): Promise<readonly Written[]> {
    if (run.length === 0) return [];
    const known = run.flatMap((entry): TenantEntry[] => {
      const tenantId = this.#tenants.get(entry.engagementId);
      return tenantId === undefined ? [] : [{ tenantId, entry }];
    });
    const results = new Map<BatchEntry, EntryResult>();
    await this.#writeKnown(known, results);
    const uncovered = known.filter(({ entry }) => isUncovered(results.get(entry)));
    if (uncovered.length > 0) await this.#writeRenewed(uncovered, results);
    for (const entry of run) if (entry.type === 'ended') this.#tellClosed(entry, results.get(entry));
    return run.map((entry) => ackOf(results.get(entry)));
  }

  /** After it is answered, so that whoever ended it is not told that it had ended. */
  #tellClosed(
    { engagementId, reason }: Extract<BatchEntry, { type: 'ended' }>,
    result: EntryResult | undefined,
  ): void {
    if (result === undefined || !('outOfSight' in result)) return;
    setImmediate(() => this.#revoke({ type: 'engagementEnded', engagementId, reason, outOfSight: true }));
  }

  async #writeKnown(entries: readonly TenantEntry[], results: Map<BatchEntry, EntryResult>): Promise<void> {
    if (entries.length === 0) return;
    const now = this.#context.clock();
    const { database, logger } = this.#context;
    const write = (hasRepeated: boolean) =>
      database.withClient((client) => writeBatch(client, entries, { now, hasRepeated }));
    const written = await write(false)
      .catch((error: unknown) => {
        if (isDuplicate(error)) return write(true);
        throw error;
      })
      .catch((error: unknown) => {
        if (!(error instanceof StatementFailed)) throw error;
        // One entry of the batch is at fault, and the others must not suffer for it.
        logger.warn('journal.entryFailed', { code: error.failure.code, entries: entries.length });
        return database.withClient((client) => writeOneByOne(client, entries, now));
      });
    entries.forEach(({ entry }, index) => {
      const result = written[index];
      if (result !== undefined) results.set(entry, result);
    });
  }

  async #writeRenewed(entries: readonly TenantEntry[], results: Map<BatchEntry, EntryResult>): Promise<void> {
    const again: TenantEntry[] = [];
    for (const each of entries) {
      const { engagementId } = each.entry;
      let ended: readonly Revocation[] = [];
      const renewed = await this.#context.database.inTenantForJournal(each.tenantId, async (manager) => {
        const engagement = await manager.getRepository(engagementEntity).findOneByOrFail({ engagementId });
        const made = await renewDecisions(this.#context, manager, engagement);
        if (!made.ok) ended = await endLapsed(manager, [engagementId], this.#context.clock());
        return made;
      });
      if (renewed.ok) {
        again.push(each);
        continue;
      }
      results.set(each.entry, renewed);
      for (const told of ended) this.#revoke(told);
    }
    await this.#writeKnown(again, results);
  }
}

function applyAlone(
  context: RecordsContext,
  manager: EntityManager,
  entry: Exclude<JournalEntry, BatchEntry>,
): Promise<JournalAck> {
  switch (entry.type) {
    case 'accepted':
      return applyAcceptance(context, manager, entry);
    case 'joined':
      return applyJoining(context, manager, entry);
    case 'leadPassed':
      return applyLeadPassing(context, manager, entry);
  }
}

function isUncovered(result: EntryResult | undefined): boolean {
  return result !== undefined && 'uncovered' in result;
}

function ackOf(result: EntryResult | undefined): Written {
  if (result === undefined) return refuse('notFound');
  if ('outOfSight' in result) {
    const { outOfSight: _, ...ack } = result;
    return ack;
  }
  // Ended again between its renewal and the batch: the next attempt renews it again.
  return 'uncovered' in result ? refuse('storageUnavailable') : result;
}
