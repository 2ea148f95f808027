/** Looks for images of a process's memory: one of `live` holds what it had in hand, so that there may be none at all. */

import type { Dirent } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Detection, MediumScanner } from '../detection.js';
import { Look } from '../detection.js';
import { namesShown } from '../observe/golden-files.js';

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/\.heapsnapshot$/, 'heap snapshot'],
  [/^report\.\d.*\.json$/, 'diagnostic report'],
  [/\.(?:cpuprofile|heapprofile)$/, 'profile of the processor or the heap'],
  [/^isolate-?0x.*\.log$/, 'profile of the processor or the heap'],
  [/^coverage-\d.*\.json$/, 'coverage of the program'],
  [/\.dmp$/, 'core dump'],
];
/** Of an ELF file that is a core: its kind is in the 17th byte. */
const ELF = Buffer.from('\x7fELF', 'latin1');
const ELF_KIND_AT = 16;
const ELF_CORE = 4;
const PATTERN = '/proc/sys/kernel/core_pattern';

/** `folders`: the places of the service, and where its processes worked. What is found is searched as well. */
export async function scanDumps(scanner: MediumScanner, folders: readonly string[]): Promise<Detection> {
  const look = new Look(scanner, 'dumps');
  for (const folder of folders) {
    try {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      for (const entry of entries.filter((each) => each.isFile())) await scanEntry(look, folder, entry);
    } catch (error) {
      look.notRun(`dumps: ${shown(folder, folder)}`, `it cannot be walked (${codeOf(error)})`);
    }
  }
  const reason = await whyCoresFallElsewhere();
  if (reason !== undefined) look.notRun('dumps: cores', reason);
  return look.end();
}

/** Undefined where a core falls into the folder of its process; changing the pattern is the system's affair. */
export async function whyCoresFallElsewhere(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'only Linux tells where a core falls';
  const pattern = await readFile(PATTERN, 'utf8').catch(() => undefined);
  if (pattern === undefined) return 'this system does not tell where a core falls (core_pattern)';
  if (!/^[|/]/.test(pattern.trim())) return undefined;
  return 'this system takes cores away from the folder of their process (core_pattern)';
}

async function scanEntry(look: Look, folder: string, { parentPath, name }: Dirent): Promise<void> {
  const path = join(parentPath, name);
  const place = shown(folder, path);
  const kind = NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? (await coreAt(look, path, place));
  if (kind === undefined) return;
  look.broken(kind, place);
  await look.file(path, place);
}

/** Whatever its name: a pattern of the system may give it any. */
async function coreAt(look: Look, path: string, place: string): Promise<string | undefined> {
  try {
    const file = await open(path);
    try {
      const head = Buffer.alloc(ELF_KIND_AT + 1);
      await file.read(head, 0, head.length, 0);
      return head.subarray(0, ELF.length).equals(ELF) && head[ELF_KIND_AT] === ELF_CORE
        ? 'core dump'
        : undefined;
    } finally {
      await file.close();
    }
  } catch (error) {
    look.notRun(`dumps: ${place}`, `whether it is a core cannot be read (${codeOf(error)})`);
    return undefined;
  }
}

/** From the folder's own name on. */
function shown(folder: string, path: string): string {
  return namesShown(relative(dirname(folder), path));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';
}
