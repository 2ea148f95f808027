/** Looks for images of a process's memory: one of `live` holds what it had in hand, so that there may be none at all. */

import type { Dirent } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Detection, MediumScanner } from '../detection.js';
import { Look } from '../detection.js';

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
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries.filter((each) => each.isFile())) await scanEntry(look, entry);
  }
  const pattern = (await readFile(PATTERN, 'utf8').catch(() => '')).trim();
  if (pattern.startsWith('|') || pattern.startsWith('/')) {
    look.notRun(
      'dumps: cores',
      'this system takes cores away from the folder of their process (core_pattern)',
    );
  }
  return look.end();
}

async function scanEntry(look: Look, { parentPath, name }: Dirent): Promise<void> {
  const path = join(parentPath, name);
  const kind = NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? (await coreAt(path));
  if (kind === undefined) return;
  look.broken(kind, name);
  await look.file(path, name);
}

/** Whatever its name: a pattern of the system may give it any. */
async function coreAt(path: string): Promise<string | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const head = Buffer.alloc(ELF_KIND_AT + 1);
    await file.read(head, 0, head.length, 0);
    return head.subarray(0, ELF.length).equals(ELF) && head[ELF_KIND_AT] === ELF_CORE
      ? 'core dump'
      : undefined;
  } finally {
    await file.close();
  }
}
