/** Journal entries that are not known to be committed, in the order in which they were made. */

import type { JournalAck, JournalEntry } from '@alongside/engagement';

export interface PendingEntry {
  readonly id: number;
  readonly entry: JournalEntry;
  /** A report took effect already: it is sent again until it is committed. */
  readonly report: boolean;
  /** Sent again when storage could not say what became of it: a report, or what takes effect even if late. */
  readonly again: boolean;
  settle(ack: JournalAck): void;
}

/** What goes first when there is no more room: whether a line was lost says less than who watched, and for how long. */
const DISPENSABLE: ReadonlySet<JournalEntry['type']> = new Set(['connected', 'disconnected']);

export class PendingEntries {
  readonly #byId = new Map<number, PendingEntry>();
  /** Not handed to the present connection, or given back by storage. */
  readonly #unsent = new Set<number>();
  #lastId = 0;

  get size(): number {
    return this.#byId.size;
  }

  add(
    entry: JournalEntry,
    { report, again }: Pick<PendingEntry, 'report' | 'again'>,
    settle: (ack: JournalAck) => void,
  ): PendingEntry {
    this.#lastId += 1;
    const pending: PendingEntry = { id: this.#lastId, entry, report, again, settle };
    this.#byId.set(pending.id, pending);
    this.#unsent.add(pending.id);
    return pending;
  }

  get(id: number): PendingEntry | undefined {
    return this.#byId.get(id);
  }

  remove(id: number): void {
    this.#byId.delete(id);
    this.#unsent.delete(id);
  }

  /** It was handed to the present connection. */
  sent(id: number): void {
    this.#unsent.delete(id);
  }

  /** Storage could not say what became of it. */
  giveBack(id: number): void {
    this.#unsent.add(id);
  }

  /** The connection is lost: whatever it carried has to be sent again. */
  unsend(): void {
    for (const id of this.#byId.keys()) this.#unsent.add(id);
  }

  /** Those to be sent, oldest first; a grant must not overtake the withdrawal before it. */
  unsent(): PendingEntry[] {
    const ids = [...this.#unsent].sort((one, other) => one - other);
    return ids.flatMap((id) => this.#byId.get(id) ?? []);
  }

  /** Makes room by the oldest report that can be spared best; undefined when there is none. */
  dropReport(): PendingEntry | undefined {
    const reports = [...this.#byId.values()].filter(({ report }) => report);
    const dropped = reports.find(({ entry }) => DISPENSABLE.has(entry.type)) ?? reports[0];
    if (dropped !== undefined) this.remove(dropped.id);
    return dropped;
  }
}
