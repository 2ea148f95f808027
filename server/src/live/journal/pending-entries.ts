/** Journal entries that are not known to be committed, in the order in which they were made. */

import type { JournalAck, JournalEntry } from '@alongside/engagement';

export interface PendingEntry {
  readonly id: number;
  readonly entry: JournalEntry;
  /** A report took effect already: it is sent again until it is committed. */
  readonly report: boolean;
  /** Sent again when storage could not say what became of it: a report, or what takes effect even if late. */
  readonly again: boolean;
  /** Handed to the present connection; false after a loss, or when storage could not take it. */
  sent: boolean;
  settle(ack: JournalAck): void;
}

export class PendingEntries {
  readonly #byId = new Map<number, PendingEntry>();
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
    const pending: PendingEntry = { id: this.#lastId, entry, report, again, sent: false, settle };
    this.#byId.set(pending.id, pending);
    return pending;
  }

  get(id: number): PendingEntry | undefined {
    return this.#byId.get(id);
  }

  remove(id: number): void {
    this.#byId.delete(id);
  }

  /** The connection is lost: whatever it carried has to be sent again. */
  unsend(): void {
    for (const pending of this.#byId.values()) pending.sent = false;
  }

  /** Those to be sent, oldest first; a grant must not overtake the withdrawal before it. */
  unsent(): PendingEntry[] {
    return [...this.#byId.values()].filter(({ sent }) => !sent);
  }

  /** Drops the oldest report to make room; undefined when there is none. */
  dropOldestReport(): PendingEntry | undefined {
    for (const pending of this.#byId.values()) {
      if (!pending.report) continue;
      this.#byId.delete(pending.id);
      return pending;
    }
    return undefined;
  }
}
