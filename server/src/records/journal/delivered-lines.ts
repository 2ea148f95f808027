/**
 * Lines that stay with the customer: its own store takes each one, in order, before anybody is shown it, and only then
 * the row of its number is committed. Who sent a line still has it and sends it again until then; here it is held no
 * longer than one try takes.
 */

import type { JournalAck, JournalEntry } from '@alongside/engagement';
import { type Reply, refuse } from '@alongside/protocol';
import { engagementEntity } from '../entities/engagement-entity.js';
import type { RecipientRow } from '../entities/recipient-entity.js';
import type { CustomerStore } from '../recipients/customer-store.js';
import { decideOnward } from '../recipients/decide-onward.js';
import type { RecordsContext } from '../records-context.js';
import type { Undelivered, Written } from './entry-result.js';
import type { GroupCommitter } from './group-committer.js';

type LineEntry = Extract<JournalEntry, { type: 'chatLine' }>;

export interface DeliveredLinesDeps {
  readonly context: RecordsContext;
  readonly committer: Pick<GroupCommitter, 'submit'>;
  readonly store: CustomerStore;
}

interface Lane {
  /** The last try; another line waits for it. */
  last: Promise<unknown>;
  waiting: number;
  /** A line that could not be delivered: later ones may not overtake it while somebody still tries. */
  owed: { readonly lineId: string; readonly triedAt: number } | undefined;
}

/** `live` waits for two seconds. */
const PATIENCE_MS = 1_500;
/** `live` tries each second. What nobody has tried for so long went with the page or the node that had it. */
const OWED_MS = 15_000;
/** From so many on they are looked through, so that memory stays flat. */
const MANY_LANES = 1_000;

const undelivered: JournalAck = refuse('storageUnavailable', 'customerStore');

export class DeliveredLines {
  readonly #deps: DeliveredLinesDeps;
  readonly #lanes = new Map<string, Lane>();
  /** Tries under way, by line: one that is sent again meanwhile waits for the same try. */
  readonly #tries = new Map<string, Promise<JournalAck>>();

  constructor(deps: DeliveredLinesDeps) {
    this.#deps = deps;
  }

  /** Lanes that only a line which nobody tries any more keeps open. */
  #forget(): void {
    if (this.#lanes.size < MANY_LANES) return;
    const latest = performance.now() - OWED_MS;
    for (const [engagementId, { waiting, owed }] of this.#lanes) {
      if (waiting === 0 && (owed === undefined || owed.triedAt < latest)) this.#lanes.delete(engagementId);
    }
  }

  /** Never rejects. */
  async submit(entry: JournalEntry): Promise<JournalAck> {
    const key = `${entry.engagementId} ${entry.entryId}`;
    const running = this.#tries.get(key);
    if (running !== undefined) return soon(running);
    if (entry.type === 'chatLine' && this.#lanes.has(entry.engagementId))
      return soon(this.#queue(key, entry));
    const written = await this.#deps.committer.submit(entry);
    if (!isUndelivered(written)) return written;
    // Only lines are delivered; every other entry is written as it is.
    return entry.type === 'chatLine' ? soon(this.#queue(key, entry)) : refuse('internal');
  }

  #queue(key: string, entry: LineEntry): Promise<JournalAck> {
    this.#forget();
    const lane = this.#lanes.get(entry.engagementId) ?? {
      last: Promise.resolve(),
      waiting: 0,
      owed: undefined,
    };
    this.#lanes.set(entry.engagementId, lane);
    lane.waiting += 1;
    const tried = lane.last.then(() => this.#try(lane, entry));
    lane.last = tried;
    this.#tries.set(key, tried);
    void tried.then(() => {
      this.#tries.delete(key);
      lane.waiting -= 1;
      if (lane.waiting === 0 && lane.owed === undefined) this.#lanes.delete(entry.engagementId);
    });
    return tried;
  }

  async #try(lane: Lane, entry: LineEntry): Promise<JournalAck> {
    const { owed } = lane;
    const { lineId } = entry;
    const now = performance.now();
    if (owed !== undefined && owed.lineId !== lineId && now - owed.triedAt < OWED_MS) return undelivered;
    const ack = await this.#deliver(entry).catch(() => undelivered);
    const isOwed = !ack.ok && ack.refusal.code === 'storageUnavailable';
    lane.owed = isOwed ? { lineId, triedAt: performance.now() } : undefined;
    return ack;
  }

  async #deliver(entry: LineEntry): Promise<JournalAck> {
    const { committer, context, store } = this.#deps;
    let written = await committer.submit(entry);
    // A number that went to another line in between is a matter of one more turn.
    for (let turn = 0; turn < 3 && isUndelivered(written); turn += 1) {
      const { tenantId, number } = written.undelivered;
      const to = await this.#recipientOf(entry, tenantId);
      // Nothing that is tried again would be taken: whoever sent it hears why.
      if (!to.ok) return to;
      const { engagementId, lineId, from, text, at, agentId } = entry;
      const line = { number, lineId, from, text, at, ...(agentId === undefined ? {} : { agentId }) };
      const taken = await store.putLine(to.value, engagementId, line);
      if (!taken.ok) return undelivered;
      const delivered = { ...entry, deliveredAs: number };
      written = await committer.submit(delivered);
      // It may have been erased here and there while the store took it.
      if (!isUndelivered(written) && !written.ok) context.storeErasures.tellAgain(tenantId, engagementId);
    }
    return isUndelivered(written) ? undelivered : written;
  }

  /** Decided for each line: what it rests on may have ended since the last one. */
  #recipientOf({ engagementId }: LineEntry, tenantId: string): Promise<Reply<RecipientRow>> {
    const { context } = this.#deps;
    return context.database.inTenantForJournal(tenantId, async (manager) => {
      const engagement = await manager.getRepository(engagementEntity).findOneByOrFail({ engagementId });
      const decided = await decideOnward(context, manager, { engagement, dataClass: 'transcript' });
      return decided.ok ? { ok: true, value: decided.value.recipient } : decided;
    });
  }
}

function isUndelivered(written: Written): written is Undelivered {
  return 'undelivered' in written;
}

/** What is told in time; the try goes on, and its outcome is there when the line comes again. */
function soon(tried: Promise<JournalAck>): Promise<JournalAck> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undelivered), PATIENCE_MS);
    void tried.then((ack) => {
      clearTimeout(timer);
      resolve(ack);
    });
  });
}
