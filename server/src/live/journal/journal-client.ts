/** The journal of `live`: sends entries to `records` and waits for the acknowledgement that follows COMMIT. */

import type {
  Journal,
  JournalAck,
  JournalEntry,
  LiveHello,
  LiveRoster,
  LiveStatus,
  LiveToRecords,
  RecordsHello,
  RecordsToLive,
  Revocation,
} from '@alongside/engagement';
import type { StorageState } from '@alongside/protocol';
import { refuse } from '@alongside/protocol';
import type { LiveLogger } from '../live-logger.js';
import { JournalLine } from './journal-line.js';
import { PendingEntries, type PendingEntry } from './pending-entries.js';

/** How long an append waits before its caller is told that storage does not answer. */
const APPEND_MS = 2000;
/** Reports that storage could not take are tried again this often while the channel stands. */
const RETRY_MS = 1000;
/** Entries kept in memory while `records` is away; beyond them reports are dropped, facts of the line first. */
const PENDING_ENTRIES = 20_000;

export interface JournalListener {
  connected(hello: RecordsHello): void;
  revoked(revocation: Revocation): void;
  storageChanged(storage: StorageState): void;
  /** Every entry that is known to be committed, with the ledger's version. */
  committed(entry: JournalEntry, ack: JournalAck & { readonly ok: true }): void;
  /** Another node serves already, and this one cannot beside it. */
  notAlone(other: string): void;
}

export interface JournalClientDeps {
  /** Where it is not known yet, `open` is told. */
  readonly url: string | undefined;
  readonly secret: string;
  readonly hello: () => Omit<LiveHello, 'proof'>;
  readonly roster: () => LiveRoster;
  readonly logger: LiveLogger;
  readonly listener: JournalListener;
  readonly appendMs?: number;
}

type LateAck = (ack: JournalAck) => void;

export class JournalClient implements Journal {
  readonly #deps: JournalClientDeps;
  readonly #line: JournalLine;
  readonly #pending = new PendingEntries();
  readonly #retry: NodeJS.Timeout;
  #status: LiveStatus | undefined;
  #storage: StorageState = 'down';
  #closed = false;

  constructor(deps: JournalClientDeps) {
    this.#deps = deps;
    this.#line = new JournalLine({
      url: deps.url,
      secret: deps.secret,
      hello: deps.hello,
      logger: deps.logger,
      onMessage: (message) => this.#receive(message),
      onLost: () => this.#lost(),
      onNotAlone: (other) => deps.listener.notAlone(other),
    });
    this.#retry = setInterval(() => this.#tryAgain(), RETRY_MS);
    this.#retry.unref();
  }

  get storage(): StorageState {
    return this.#storage;
  }

  /**
   * False while `records` says that storage is down: nothing that is asked for now can be committed, whereas with
   * the channel lost for a moment it may well be.
   */
  get takesAppends(): boolean {
    const refusing = this.#line.isOpen && this.#storage === 'down';
    return !this.#closed && !refusing && this.#pending.size < PENDING_ENTRIES;
  }

  /** Entries that are not known to be committed. */
  get waiting(): number {
    return this.#pending.size;
  }

  open(url?: string): void {
    this.#line.open(url);
  }

  /**
   * With `late`, an entry that storage did not answer for is sent again until its outcome is known, which is told
   * there; without, the caller reports what takes it back.
   */
  append(entry: JournalEntry, late?: LateAck): Promise<JournalAck> {
    if (!this.takesAppends) return Promise.resolve(refuse('storageUnavailable'));
    return new Promise((resolve) => {
      let waiting = true;
      const timer = setTimeout(() => {
        waiting = false;
        resolve(refuse('storageUnavailable'));
      }, this.#deps.appendMs ?? APPEND_MS);
      this.#pending.add(entry, { report: false, again: late !== undefined }, (ack) => {
        clearTimeout(timer);
        if (waiting) resolve(ack);
        else if (!isUnanswered(ack)) late?.(ack);
        waiting = false;
      });
      this.#flush();
    });
  }

  report(entry: JournalEntry): void {
    if (this.#pending.size >= PENDING_ENTRIES && this.#pending.dropReport() !== undefined) {
      this.#deps.logger.error('journal:reportDropped');
    }
    this.#pending.add(entry, { report: true, again: true }, (ack) => {
      if (!ack.ok) {
        this.#deps.logger.warn('journal:reportRefused', { entry: entry.type, code: ack.refusal.code });
      }
    });
    this.#flush();
  }

  /** What the node tells of itself; sent again on every new connection. */
  tell(status: LiveStatus): void {
    this.#status = status;
    this.#send({ status });
  }

  /** Gives what is under way a moment to be committed, then closes. */
  async close(graceMs = 1000): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const until = performance.now() + graceMs;
    while (this.#pending.size > 0 && this.#line.isOpen && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    clearInterval(this.#retry);
    this.#line.close();
  }

  #receive(message: RecordsToLive): void {
    if ('hello' in message) this.#connected(message.hello);
    else if ('ack' in message) this.#acknowledged(message.id, message.ack);
    else if ('revoke' in message) this.#deps.listener.revoked(message.revoke);
    else if ('storage' in message) this.#setStorage(message.storage);
  }

  #connected(hello: RecordsHello): void {
    this.#deps.listener.connected(hello);
    this.#setStorage('up');
    if (this.#status !== undefined) this.#send({ status: this.#status });
    this.#flush();
  }

  #lost(): void {
    this.#pending.unsend();
    this.#setStorage('down');
  }

  #setStorage(storage: StorageState): void {
    const changed = storage !== this.#storage;
    this.#storage = storage;
    if (storage === 'up') this.#flush();
    if (changed && storage === 'up') this.#send({ roster: this.#deps.roster() });
    if (changed) this.#deps.listener.storageChanged(storage);
  }

  #acknowledged(id: number, ack: JournalAck): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    if (isUnanswered(ack) && pending.again) {
      // It may be committed or not, so it stays until storage says so; the timer or `storage: up` sends it again.
      this.#pending.giveBack(id);
      if (!pending.report) pending.settle(ack);
      return;
    }
    this.#pending.remove(id);
    if (ack.ok) this.#setStorage('up');
    if (ack.ok) this.#deps.listener.committed(pending.entry, ack);
    pending.settle(ack);
  }

  /** All that is unsent, oldest first; while storage is down it stays where it is. */
  #flush(): void {
    if (!this.#line.isOpen || this.#storage === 'down') return;
    for (const pending of this.#pending.unsent()) this.#hand(pending);
  }

  /** While storage is down one report a time asks whether it still is, should the word that it is up be lost. */
  #tryAgain(): void {
    if (this.#storage === 'up') this.#flush();
    const [oldest] = this.#storage === 'down' && this.#line.isOpen ? this.#pending.unsent() : [];
    if (oldest !== undefined) this.#hand(oldest);
  }

  #hand(pending: PendingEntry): void {
    this.#pending.sent(pending.id);
    this.#send({ id: pending.id, entry: pending.entry });
  }

  #send(message: LiveToRecords): void {
    this.#line.send(message);
  }
}

function isUnanswered(ack: JournalAck): boolean {
  return !ack.ok && ack.refusal.code === 'storageUnavailable';
}
