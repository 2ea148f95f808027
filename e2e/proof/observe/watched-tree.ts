/** A folder with everything below it under watch, and which names have been seen in it; it knows what it may have missed. */

import type { BigIntStats, FSWatcher } from 'node:fs';
import { lstatSync, readdirSync, readFileSync, watch } from 'node:fs';
import { basename, join } from 'node:path';

const QUEUE = '/proc/sys/fs/inotify/max_queued_events';
/** Of the queue: where so many notices come at once it may have been full, and a full one drops what follows. */
const NEARLY = 0.9;

interface Watched {
  readonly watcher: FSWatcher;
  /** Of the folder: one that was made anew under its name is another one. */
  readonly identity: string;
}

export interface Missing {
  readonly unwatched: number;
  readonly unseen: number;
}

export class WatchedTree {
  readonly #root: string;
  readonly #watched = new Map<string, Watched>();
  /** Folder and name, each once. */
  readonly #seen = new Map<string, Map<string, Buffer>>();
  readonly #queue: number;
  #inThisTurn = 0;
  #overflowed = false;

  constructor(root: string, queue = queueLimit()) {
    this.#root = root;
    this.#queue = queue;
    this.#watch(root);
  }

  get folders(): number {
    return this.#watched.size;
  }

  get overflowed(): boolean {
    return this.#overflowed;
  }

  close(): void {
    for (const { watcher } of this.#watched.values()) watcher.close();
  }

  hasSeen(folder: string, name: string): boolean {
    return this.#seen.get(folder)?.has(Buffer.from(name).toString('hex')) ?? false;
  }

  *named(): Generator<{ readonly folder: string; readonly name: Buffer }> {
    for (const [folder, names] of this.#seen) {
      for (const name of names.values()) yield { folder, name };
    }
  }

  /** When nobody makes files any more: what is there and escaped the watch. */
  missing(folder = this.#root): Missing {
    const isWatched = this.#watched.get(folder)?.identity === identityOf(folder);
    let [unwatched, unseen] = [isWatched ? 0 : 1, 0];
    const seen = this.#seen.get(folder);
    for (const entry of readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })) {
      if (!seen?.has(entry.name.toString('hex'))) unseen += 1;
      if (!entry.isDirectory()) continue;
      const below = this.missing(join(folder, entry.name.toString('utf8')));
      unwatched += below.unwatched;
      unseen += below.unseen;
    }
    return { unwatched, unseen };
  }

  #watch(folder: string): void {
    const identity = identityOf(folder);
    if (identity === undefined || this.#watched.get(folder)?.identity === identity) return;
    this.#forget(folder);
    try {
      const own = Buffer.from(basename(folder));
      const watcher = watch(folder, { encoding: 'buffer' }, (_, name) => {
        this.#count();
        // What happens to the folder itself comes under its own name.
        if (name !== null && !name.equals(own)) this.#notice(folder, name);
      });
      watcher.on('error', () => this.#forget(folder));
      this.#watched.set(folder, { watcher, identity });
      // What was made before the watch began is there already.
      for (const entry of readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })) {
        this.#remember(folder, entry.name);
        if (entry.isDirectory()) this.#watch(join(folder, entry.name.toString('utf8')));
      }
    } catch (error) {
      // Gone again, or not to be watched: one that stays is counted in the end.
      if (!(error instanceof Error && 'code' in error)) throw error;
      this.#forget(folder);
    }
  }

  #notice(folder: string, name: Buffer): void {
    this.#remember(folder, name);
    const path = join(folder, name.toString('utf8'));
    const isFolder = lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
    if (isFolder) this.#watch(path);
    else this.#forget(path);
  }

  /** Everything that waits in the queue is read in one turn of the loop. */
  #count(): void {
    if (this.#inThisTurn === 0) {
      setImmediate(() => {
        this.#inThisTurn = 0;
      });
    }
    this.#inThisTurn += 1;
    if (this.#inThisTurn >= this.#queue * NEARLY) this.#overflowed = true;
  }

  #remember(folder: string, name: Buffer): void {
    const names = this.#seen.get(folder) ?? new Map<string, Buffer>();
    names.set(name.toString('hex'), name);
    this.#seen.set(folder, names);
  }

  /** A folder that is gone may come again under its name. */
  #forget(folder: string): void {
    this.#watched.get(folder)?.watcher.close();
    this.#watched.delete(folder);
  }
}

/** Numbers of files are given again at once; the moment of their making is not. Undefined for one that is gone. */
function identityOf(folder: string): string | undefined {
  const found: BigIntStats | undefined = lstatSync(folder, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev} ${found.ino} ${found.birthtimeNs}`;
}

function queueLimit(): number {
  try {
    return Number(readFileSync(QUEUE, 'utf8'));
  } catch {
    // Where the system tells none it has no such queue.
    return Number.POSITIVE_INFINITY;
  }
}
