/** A change of a built file, made by an exact text that has to be there just once: what does not match is an error. */

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface Patch {
  /** Below the copy's root; its last part may hold one `*`, which has to match one file only. */
  readonly file: string;
  /** Exactly as it stands in the built file, and there once; of no meaning at the start of the file. */
  readonly find: string;
  readonly where: 'before' | 'after' | 'instead' | 'start';
  readonly put: string;
  /** Where it stands there so many times, each is patched. */
  readonly times?: number;
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly put: string;
}

/** Several may stand at one place: they come in their order. Returns the files that were changed. */
export async function applyPatches(root: string, patches: readonly Patch[]): Promise<readonly string[]> {
  const byFile = new Map<string, Patch[]>();
  for (const patch of patches) {
    const file = await findFile(root, patch.file);
    byFile.set(file, [...(byFile.get(file) ?? []), patch]);
  }
  for (const [file, own] of byFile) {
    const path = join(root, file);
    await writeFile(path, patchText(await readFile(path, 'utf8'), own));
  }
  return [...byFile.keys()];
}

/** All places are looked up in the text as it was, so that no patch finds what another one has put. */
export function patchText(text: string, patches: readonly Patch[]): string {
  const edits = patches
    .flatMap((patch) => editsOf(text, patch))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  let result = '';
  let done = 0;
  for (const { from, to, put } of edits) {
    if (from < done) throw new Error(`Two patches change the same text: ${put.slice(0, 60)}`);
    result += text.slice(done, from) + put;
    done = to;
  }
  return result + text.slice(done);
}

function editsOf(text: string, patch: Patch): readonly Edit[] {
  const { file, find, where, put, times = 1 } = patch;
  if (where === 'start') return [{ from: 0, to: 0, put }];
  const places: number[] = [];
  for (let at = text.indexOf(find); at >= 0; at = text.indexOf(find, at + 1)) places.push(at);
  if (places.length !== times) {
    throw new Error(
      `A patch does not match ${file}: “${find.slice(0, 80)}” is there ${places.length} times.`,
    );
  }
  return places.map((from) => {
    const end = from + find.length;
    if (where === 'before') return { from, to: from, put };
    return where === 'after' ? { from: end, to: end, put } : { from, to: end, put };
  });
}

/** Bundles have a hash in their name, which changes with every build. */
export async function findFile(root: string, pattern: string): Promise<string> {
  const [start, end] = pattern.split('*');
  if (start === undefined || end === undefined) return pattern;
  const folder = start.endsWith('/') ? start.slice(0, -1) : dirname(start);
  const names = await readdir(join(root, folder));
  const found = names
    .map((name) => `${folder}/${name}`)
    .filter((path) => path.startsWith(start) && path.endsWith(end));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(`A patch names ${pattern}, which are ${found.length} files.`);
  }
  return only;
}
