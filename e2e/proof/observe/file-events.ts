/**
 * Notices every file that is made, renamed or deleted in the places of a service, also one that is gone at once: by
 * the kernel's notices (inotify), which Node passes on, so that no package is needed. A file that comes and goes in
 * the moment in which its folder is still new is missed; whoever watches the calls sees it.
 *
 * A watch that may have missed anything breaks a rule itself: it is held against everything that is there in the end.
 */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../service/until.js';
import type { Detection, MediumScanner } from '../detection.js';
import { Look } from '../detection.js';
import { newToken } from '../scan/new-canary.js';
import type { WritablePlaces } from '../service-under-proof.js';
import { shownPath } from './golden-files.js';
import { isKnownName } from './known-names.js';
import { WatchedTree } from './watched-tree.js';

const SIGN = 'alongside-proof-sign-';
const SIGN_MS = 10_000;

export interface FileEvents {
  /** How many folders are watched by now. */
  readonly folders: number;
  /** After the last process of the run: resolves when all notices have been read, and the watch is held to account. */
  stop(): Promise<void>;
  scan(scanner: MediumScanner): Promise<Detection>;
  /** Also without an end of the run. */
  close(): void;
}

/** Browsers make files as they like, and their profiles are searched as a whole: their names are looked at alone. */
export function watchFiles(places: WritablePlaces, signMs = SIGN_MS): FileEvents {
  const tree = new WatchedTree(places.root);
  const blind: string[] = [];
  return {
    get folders() {
      return tree.folders;
    },
    stop: async () => {
      if (!(await hearsSign(tree, places.root, signMs)))
        blind.push('the watch did not notice its own sign at the end');
      blind.push(...faultsOf(tree));
      tree.close();
    },
    scan: (scanner) => scanEvents(scanner, { places, tree, blind }),
    close: () => tree.close(),
  };
}

/** Notices come in their order: once that of the last file of all is there, so are those before it. */
async function hearsSign(tree: WatchedTree, root: string, signMs: number): Promise<boolean> {
  const name = `${SIGN}${newToken()}`;
  writeFileSync(join(root, name), '');
  try {
    await until('the sign', () => tree.hasSeen(root, name), signMs);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(join(root, name), { force: true });
  }
}

function faultsOf(tree: WatchedTree): readonly string[] {
  const { unwatched, unseen } = tree.missing();
  return [
    ...(unwatched > 0 ? ['folders are there that were not watched'] : []),
    ...(unseen > 0 ? ['files are there whose coming was not noticed'] : []),
    ...(tree.overflowed ? ['notices came faster than the system keeps them'] : []),
  ];
}

async function scanEvents(
  scanner: MediumScanner,
  { places, tree, blind }: { places: WritablePlaces; tree: WatchedTree; blind: readonly string[] },
): Promise<Detection> {
  const look = new Look(scanner, 'file-events');
  const unknown = new Set<string>();
  for (const { folder, name } of tree.named()) {
    await look.bytes(name, shownPath(folder, places));
    const text = name.toString('utf8');
    if (folder === places.root && text.startsWith(SIGN)) continue;
    const path = join(folder, text);
    if (!isKnownName(path, places)) unknown.add(shownPath(path, places));
  }
  for (const place of unknown) look.broken('file outside the list of known names', place);
  for (const rule of blind) look.broken(rule, 'the watch itself');
  return look.end();
}
