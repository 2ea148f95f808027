/**
 * Where the programs lie that are started: each as one file, which loads in a third of the time, or as the modules that
 * it was made of, where those are not the same any more.
 */

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from './project.js';

/** A path within the project, with the size and the time of the last change. */
type MadeOf = readonly [path: string, size: number, mtimeMs: number];

export interface Programs {
  readonly main: string;
  readonly records: string;
  readonly live: string;
  /** They need nothing beside them but what belongs to the machine. */
  readonly bundled: boolean;
}

export function findPrograms({ root, folder }: Project): Programs {
  const bundle = join(folder, '..', 'bundle');
  const bundled = isCurrent(root, join(bundle, 'made-of.json'));
  const from = bundled ? bundle : folder;
  const file = (name: string) => join(from, `${name}.js`);
  return { main: file('main-process'), records: file('records-main'), live: file('live-main'), bundled };
}

function isCurrent(root: string, madeOfFile: string): boolean {
  const madeOf = readMadeOf(madeOfFile);
  // One after the other at once: hundreds of turns through the pool of threads take ten times as long.
  const same = madeOf.every(([path, size, mtimeMs]) => {
    const found = statSync(join(root, path), { throwIfNoEntry: false });
    return found?.size === size && Math.round(found.mtimeMs) === mtimeMs;
  });
  return madeOf.length > 0 && same;
}

/** Nothing where it is not there or not whole. Read without a library: it is the first that a start does. */
function readMadeOf(file: string): readonly MadeOf[] {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(read) && read.every(isMadeOf) ? (read as readonly MadeOf[]) : [];
  } catch {
    // Without it the modules are started, which are always right.
    return [];
  }
}

function isMadeOf(each: unknown): each is MadeOf {
  if (!Array.isArray(each) || each.length !== 3) return false;
  const [path, size, mtimeMs] = each as readonly unknown[];
  return typeof path === 'string' && typeof size === 'number' && typeof mtimeMs === 'number';
}
