/**
 * Commits entries in groups: what arrives while a batch is under way forms the next one, so a lone sender waits
 * for nobody and many share one COMMIT. Every entry is answered in time, whatever the database does.
 */

import type { JournalEntry } from '@alongside/engagement';
import { refuse } from '@alongside/protocol';
import type { Database } from '../database/database.js';
import { StorageUnavailable } from '../database/database-failure.js';
import type { RecordsLogger } from '../records-logger.js';
import type { Written } from './entry-result.js';

/** Writes entries in order; throws when nothing of them is known to be committed. */
export type WriteEntries = (entries: readonly JournalEntry[]) => Promise<readonly Written[]>;

interface Waiting {
  readonly entry: JournalEntry;
  readonly since: number;
  settle(ack: Written): void;
}

const BATCH = 1_000;
/** `live` gives up after two seconds; who waits is told before that. */
const PATIENCE_MS = 1_500;
const LOOK_MS = 250;
/** How long a group may be waited for that comes bit by bit. */
const GATHER_MS = 5;

export class GroupCommitter {
  readonly #database: Database;
  readonly #write: WriteEntries;
  readonly #logger: RecordsLogger;
  #waiting: Waiting[] = [];
  #underWay: readonly Waiting[] = [];
  #running: Promise<void> | undefined;
  #closed = false;
  /** How many were committed together last time. */
  #lastSize = 0;

  constructor({
    database,
    write,
    logger,
  }: { database: Database; write: WriteEntries; logger: RecordsLogger }) {
    this.#database = database;
    this.#write = write;
    this.#logger = logger;
  }

  /** Never rejects. */
  submit(entry: JournalEntry): Promise<Written> {
    if (this.#closed || this.#database.state === 'down') return Promise.resolve(refuse('storageUnavailable'));
    return new Promise((settle) => {
      this.#waiting.push({ entry, since: performance.now(), settle });
      this.#running ??= this.#run();
    });
  }

  /** What was submitted is committed or answered first. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    const look = setInterval(() => this.#answerImpatient(), LOOK_MS);
    try {
      // The first entry of a turn waits for those that arrived with it.
      await Promise.resolve();
      while (this.#waiting.length > 0) {
        await this.#gather();
        this.#underWay = this.#waiting.splice(0, BATCH);
        await this.#commit(this.#underWay);
        // Answered: while the next ones gather, nothing of it is late.
        this.#underWay = [];
      }
    } finally {
      clearInterval(look);
      this.#underWay = [];
      this.#running = undefined;
    }
  }

  /**
   * Who was answered together often writes together again: as long as each turn brings more of them, the group waits for
   * as many as there were last time. A lone sender waits for nobody.
   */
  async #gather(): Promise<void> {
    const until = performance.now() + GATHER_MS;
    const isWhole = () => this.#waiting.length >= this.#lastSize || performance.now() >= until;
    for (let seen = 0; seen < this.#waiting.length && !isWhole(); ) {
      seen = this.#waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#lastSize = Math.min(this.#waiting.length, BATCH);
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const acks = await this.#write(batch.map((each) => each.entry));
      for (const [index, each] of batch.entries()) each.settle(acks[index] ?? refuse('internal'));
    } catch (error) {
      const code = error instanceof StorageUnavailable ? 'storageUnavailable' : 'internal';
      if (code === 'internal') this.#logger.error('journal.batchFailed', { entries: batch.length });
      for (const each of batch) each.settle(refuse(code));
    }
  }

  /** An entry under way may still be committed after this answer, which its id makes harmless. */
  #answerImpatient(): void {
    const latest = performance.now() - PATIENCE_MS;
    if (this.#underWay.some((each) => each.since < latest)) this.#database.reportDown();
    for (const each of this.#underWay) if (each.since < latest) each.settle(refuse('storageUnavailable'));
    this.#waiting = this.#waiting.filter((each) => {
      if (each.since >= latest) return true;
      each.settle(refuse('storageUnavailable'));
      return false;
    });
  }
}
