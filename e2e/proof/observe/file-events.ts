/**
 * Notices every file that is made, renamed or deleted in the places of a service, also one that is gone at once: by
 * the kernel's notices (inotify), which Node passes on, so that no package is needed. A file that comes and goes in
 * the moment in which its folder is still new is missed; whoever watches the calls sees it.
 */

import type { FSWatcher } from 'node:fs';
import { lstatSync, readdirSync, watch } from 'node:fs';
import { basename, join } from 'node:path';
import type { Detection, MediumScanner } from '../detection.js';
import { Look } from '../detection.js';
import type { WritablePlaces } from '../service-under-proof.js';
import { shownPath } from './golden-files.js';
import { isKnownName } from './known-names.js';

export interface FileEvents {
  /** How many folders are watched by now. */
  readonly folders: number;
  stop(): void;
  scan(scanner: MediumScanner): Promise<Detection>;
}

/** Browsers make files as they like, and their profiles are searched as a whole: their names are looked at alone. */
export function watchFiles(places: WritablePlaces): FileEvents {
  const tree = new WatchedTree(places.root);
  return {
    get folders() {
      return tree.folders;
    },
    stop: () => tree.stop(),
    scan: (scanner) => scanEvents(scanner, places, tree),
  };
}

async function scanEvents(
  scanner: MediumScanner,
  places: WritablePlaces,
  tree: WatchedTree,
): Promise<Detection> {
  const look = new Look(scanner, 'file-events');
  const unknown = new Set<string>();
  for (const { folder, name } of tree.named()) {
    await look.bytes(name, shownPath(folder, places));
    const path = join(folder, name.toString('utf8'));
    if (!isKnownName(path, places)) unknown.add(shownPath(path, places));
  }
  for (const place of unknown) look.broken('file outside the list of known names', place);
  if (tree.unwatched > 0) {
    look.notRun('file-events: every folder', `${tree.unwatched} folders could not be watched`);
  }
  return look.end();
}

class WatchedTree {
  unwatched = 0;
  readonly #watchers = new Map<string, FSWatcher>();
  /** Folder and name, each once. */
  readonly #seen = new Map<string, Map<string, Buffer>>();

  constructor(root: string) {
    this.#watch(root);
  }

  get folders(): number {
    return this.#watchers.size;
  }

  stop(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
  }

  *named(): Generator<{ readonly folder: string; readonly name: Buffer }> {
    for (const [folder, names] of this.#seen) {
      for (const name of names.values()) yield { folder, name };
    }
  }

  #watch(folder: string): void {
    if (this.#watchers.has(folder)) return;
    try {
      const own = Buffer.from(basename(folder));
      const watcher = watch(folder, { encoding: 'buffer' }, (_, name) => {
        // What happens to the folder itself comes under its own name.
        if (name !== null && !name.equals(own)) this.#notice(folder, name);
      });
      watcher.on('error', () => this.#forget(folder));
      this.#watchers.set(folder, watcher);
      // What was made before the watch began is there already.
      for (const entry of readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })) {
        if (entry.isDirectory()) this.#watch(join(folder, entry.name.toString('utf8')));
        this.#remember(folder, entry.name);
      }
    } catch (error) {
      const gone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!gone) this.unwatched += 1;
    }
  }

  #notice(folder: string, name: Buffer): void {
    this.#remember(folder, name);
    const path = join(folder, name.toString('utf8'));
    const isFolder = lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
    if (isFolder) this.#watch(path);
    else this.#forget(path);
  }

  #remember(folder: string, name: Buffer): void {
    const names = this.#seen.get(folder) ?? new Map<string, Buffer>();
    names.set(name.toString('hex'), name);
    this.#seen.set(folder, names);
  }

  /** A folder that is gone may come again under its name. */
  #forget(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }
}
