/**
 * Where the programs lie that are started: each as one file, which loads in a third of the time, or as the modules that
 * it was made of, where those are not the same any more.
 */

import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Project } from './project.js';

/** Paths within the project, with the size and the time of the last change. */
const MadeOf = v.array(v.tuple([v.string(), v.number(), v.number()]));

export interface Programs {
  readonly records: string;
  readonly live: string;
  /** They need nothing beside them but what belongs to the machine. */
  readonly bundled: boolean;
}

export async function findPrograms({ root, folder }: Project): Promise<Programs> {
  const bundle = join(folder, '..', 'bundle');
  const bundled = await isCurrent(root, join(bundle, 'made-of.json'));
  const from = bundled ? bundle : folder;
  return { records: join(from, 'records-main.js'), live: join(from, 'live-main.js'), bundled };
}

async function isCurrent(root: string, madeOfFile: string): Promise<boolean> {
  const madeOf = await readMadeOf(madeOfFile).catch(() => []);
  // One after the other at once: hundreds of turns through the pool of threads take ten times as long.
  const same = madeOf.every(([path, size, mtimeMs]) => {
    const found = statSync(join(root, path), { throwIfNoEntry: false });
    return found?.size === size && Math.round(found.mtimeMs) === mtimeMs;
  });
  return madeOf.length > 0 && same;
}

async function readMadeOf(file: string): Promise<v.InferOutput<typeof MadeOf>> {
  return v.parse(MadeOf, JSON.parse(await readFile(file, 'utf8')));
}
