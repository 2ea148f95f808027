/**
 * Finds what goes on without a basis and ends it: after every edit that a basis may have rested on, and every half
 * minute for dates and editions of the register.
 */

import type { Revocation } from '@alongside/engagement';
import type { AgentId, EngagementId } from '@alongside/protocol';
import { isFresh } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import type { RecordsContext } from '../records-context.js';
import { endLapsed, endLapsedParts, type LapsedPart } from './end-lapsed.js';
import { LapsedRows } from './lapsed-rows.js';
import {
  areAllAllowed,
  judgingOnce,
  mayGoOn,
  type Place,
  runningEngagements,
  shownSites,
} from './running-flows.js';
import { rebaseSuspended, settleStored } from './stored-flows.js';

const DAY_MS = 86_400_000;

/** After an edit everything may have changed; by the clock only what has a date. */
type Reach = 'everything' | 'expired';

interface Found {
  readonly lapsed: readonly EngagementId[];
  /** Agents whose part in an engagement has no basis, while the engagement itself has. */
  readonly parts: readonly LapsedPart[];
  /** Person and site, and whether it may be shown to them. */
  readonly shown: Map<string, boolean>;
}

export class Lapses {
  readonly #context: RecordsContext;
  readonly #revoke: (revocation: Revocation) => void;
  /** What was found last, or said in a ticket since: people are told when it changes, for their windows show that. */
  readonly #shown = new Map<string, Map<string, boolean>>();
  readonly #lapsedRows: LapsedRows;
  readonly #warned = new Map<string, number>();
  #looking: Promise<unknown> = Promise.resolve();

  constructor(context: RecordsContext, revoke: (revocation: Revocation) => void) {
    this.#context = context;
    this.#revoke = revoke;
    this.#lapsedRows = new LapsedRows(context);
  }

  /** All tenants, one after the other. Answers how many engagements ended. */
  async lookAtAll(): Promise<number> {
    let ended = 0;
    await this.#context.database.eachTenant(async (tenantId) => {
      ended += await this.look(tenantId, 'expired');
    });
    return ended;
  }

  /** Once the edit is committed: nobody is told of what may be rolled back. */
  lookAfter(manager: EntityManager, tenantId: string): void {
    this.#context.database.afterCommit(manager, () => {
      this.look(tenantId, 'everything').catch(() => this.#context.logger.warn('lapses.lookFailed'));
    });
  }

  /** In the transaction that holds its row: what nothing covers ends with this. */
  async mayGoOn(
    manager: EntityManager,
    { tenantId, engagementId }: { tenantId: string; engagementId: string },
  ): Promise<boolean> {
    const { database, decisions, clock } = this.#context;
    const judge = judgingOnce(async (flow) => (await decisions.decide(manager, flow)).ok);
    const place = { ...this.#context, tenantId, now: clock() };
    const [running] = await runningEngagements(manager, place, engagementId);
    if (running === undefined || (await mayGoOn(running, judge))) return true;
    const ended = await endLapsed(manager, [engagementId], clock());
    database.afterCommit(manager, () => {
      for (const each of ended) this.#revoke(each);
    });
    return false;
  }

  /** In a ticket: of a person whom no look has found yet, it is all that is known. */
  noteShown({ tenantId, personId, siteIds }: Caller, readableSiteIds: readonly string[]): void {
    const shown = this.#shown.get(tenantId) ?? new Map<string, boolean>();
    for (const siteId of siteIds) shown.set(`${personId} ${siteId}`, readableSiteIds.includes(siteId));
    this.#shown.set(tenantId, shown);
  }

  /** One look at a time, so that two do not tell the same people twice. */
  look(tenantId: string, reach: Reach): Promise<number> {
    const looked = this.#looking.then(() => this.#look(tenantId, reach));
    this.#looking = looked.catch(() => undefined);
    return looked;
  }

  async #look(tenantId: string, reach: Reach): Promise<number> {
    const { database, clock, decisions } = this.#context;
    await database.inTenantForJournal(tenantId, (manager) =>
      reach === 'everything' ? decisions.reviewAll(manager) : decisions.reviewExpired(manager),
    );
    const found = await database.inTenantForJournal(tenantId, (manager) => this.#find(manager, tenantId));
    // A transaction of its own: decisions and engagements are not locked together, as an acceptance does it.
    const ended =
      found.lapsed.length === 0
        ? []
        : await database.inTenantForJournal(tenantId, (manager) => endLapsed(manager, found.lapsed, clock()));
    for (const each of ended) this.#revoke(each);
    const left = await this.#endParts(tenantId, found.parts);
    for (const part of left) this.#revoke({ type: 'transferLapsed', ...part });
    this.#tellPeople(tenantId, found.shown);
    await this.#settle(tenantId);
    return ended.length;
  }

  async #endParts(tenantId: string, parts: readonly LapsedPart[]): Promise<readonly LapsedPart[]> {
    if (parts.length === 0) return [];
    const { database, clock } = this.#context;
    return database.inTenantForJournal(tenantId, (manager) => endLapsedParts(manager, parts, clock()));
  }

  /** Rows last: whoever watches is cut off before their rows are counted. */
  #settle(tenantId: string): Promise<void> {
    const { database, registers, clock } = this.#context;
    return database.inTenant(tenantId, async (manager) => {
      if (!isFresh(await registers.of(manager, tenantId), clock())) this.#warnOnce(tenantId);
      await settleStored(this.#context, manager);
      await rebaseSuspended(this.#context, manager);
      await this.#lapsedRows.eraseOverdue(manager);
    });
  }

  /** Once a day: the line is for whoever runs the installation, and says no more than whose it is. */
  #warnOnce(tenantId: string): void {
    const day = Math.floor(this.#context.clock() / DAY_MS);
    if (this.#warned.get(tenantId) === day) return;
    this.#warned.set(tenantId, day);
    this.#context.logger.warn('transfer.registerStale', { tenantId });
  }

  async #find(manager: EntityManager, tenantId: string): Promise<Found> {
    const { decisions, storageCountry, liveCountry, clock } = this.#context;
    const place: Place = { tenantId, storageCountry, liveCountry, now: clock() };
    const judge = judgingOnce(async (flow) => (await decisions.decide(manager, flow)).ok);
    const lapsed: EngagementId[] = [];
    const parts: LapsedPart[] = [];
    for (const running of await runningEngagements(manager, place)) {
      const { engagementId } = running;
      if (!(await mayGoOn(running, judge))) {
        lapsed.push(engagementId);
        continue;
      }
      for (const each of running.joined) {
        if (!(await areAllAllowed(each.flows, judge))) parts.push({ engagementId, agentId: each.agentId });
      }
    }
    const shown = new Map<string, boolean>();
    for (const { personId, siteId, flow } of await shownSites(manager, place)) {
      shown.set(`${personId} ${siteId}`, await judge(flow));
    }
    return { lapsed, parts, shown };
  }

  /** Their windows come back with a new ticket; of whom nothing is known everything counts as allowed. */
  #tellPeople(tenantId: string, shown: Map<string, boolean>): void {
    const before = this.#shown.get(tenantId);
    this.#shown.set(tenantId, shown);
    const changed = [...shown].filter(([key, allowed]) => allowed !== (before?.get(key) ?? true));
    const people = new Set(changed.map(([key]) => key.split(' ')[0] as AgentId));
    const at = this.#context.clock();
    for (const agentId of people) this.#revoke({ type: 'agentChanged', agentId, disabled: false, at });
  }
}
