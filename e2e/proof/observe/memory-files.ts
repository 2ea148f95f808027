/**
 * Looks into running processes for files that no folder shows: deleted ones that are still open, memory used as a
 * file, and files that several processes write to as memory.
 */

import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Detection, MediumScanner } from '../detection.js';
import { Look } from '../detection.js';

export interface WatchedProcess {
  /** For the report. */
  readonly role: string;
  readonly pid: number;
}

const HELD = /^\/.*\(deleted\)$|^\/memfd:/;
const SHARED_AND_WRITABLE = /^([0-9a-f]+)-([0-9a-f]+) .w.s \S+ \S+ \S+ +(\/.*)$/;
/** Memory of Postgres, which has no name in any folder, and its shared memory for queries at work. */
const OF_POSTGRES = /^\/dev\/zero \(deleted\)$|^\/dev\/shm\/PostgreSQL\.\d+|^\/SYSV[0-9a-f]+|pg_dynshmem\//;

/** Before the service stops: with its processes, such files are gone. */
export async function scanMemoryFiles(
  scanner: MediumScanner,
  processes: readonly WatchedProcess[],
): Promise<Detection> {
  const look = new Look(scanner, 'memory-files');
  for (const process of processes) {
    try {
      await scanDescriptors(look, process);
      await scanMappings(look, process);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';
      look.notRun(`memory-files: ${process.role}`, `its descriptors cannot be read (${code})`);
    }
  }
  await scanSharedMemory(look);
  return look.end();
}

async function scanDescriptors(look: Look, { role, pid }: WatchedProcess): Promise<void> {
  for (const descriptor of await readdir(`/proc/${pid}/fd`)) {
    const path = `/proc/${pid}/fd/${descriptor}`;
    const target = await readlink(path).catch(() => '');
    if (!HELD.test(target) || OF_POSTGRES.test(target)) continue;
    const place = `${role}: descriptor ${descriptor}`;
    look.broken(target.startsWith('/memfd:') ? 'memory as a file' : 'deleted file held open', place);
    await look.file(path, place).catch(() => look.notRun(place, 'it cannot be read'));
  }
}

async function scanMappings(look: Look, { role, pid }: WatchedProcess): Promise<void> {
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
  for (const line of maps.split('\n')) {
    const [, start, , file = ''] = SHARED_AND_WRITABLE.exec(line) ?? [];
    if (start === undefined || OF_POSTGRES.test(file)) continue;
    look.broken('shared writable mapping of a file', `${role}: mapping at ${start}`);
  }
}

/** Whatever shared memory has a name; that of the whole machine where it is not the run's own. */
async function scanSharedMemory(look: Look): Promise<void> {
  const names = await readdir('/dev/shm').catch(() => []);
  for (const name of names) {
    await look.file(`/dev/shm/${name}`, 'shared memory').catch(() => undefined);
  }
}
