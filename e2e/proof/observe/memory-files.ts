/**
 * Looks into running processes for files that no folder shows: deleted ones that are still open, memory used as a
 * file, and files that several processes write to as memory. It looks again and again while the run goes on, since
 * with its process such a file is gone.
 */

import { createHash } from 'node:crypto';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Detection, MediumScanner } from '../detection.js';
import { Look } from '../detection.js';

export interface WatchedProcess {
  /** For the report. */
  readonly role: string;
  readonly pid: number;
}

/** Which processes there are at this moment: one that was ended is started again. */
export type FindProcesses = () => Promise<readonly WatchedProcess[]>;

const LOOK_EACH_MS = 3_000;
/** Of what such files hold, in every state that was met. */
const KEPT_BYTES = 128 * 1024 * 1024;
const HELD = /^\/.*\(deleted\)$|^\/memfd:/;
const SHARED_AND_WRITABLE = /^([0-9a-f]+)-([0-9a-f]+) .w.s \S+ \S+ \S+ +(\/.*)$/;
/** Memory of Postgres, which has no name in any folder, and its shared memory for queries at work. */
const OF_POSTGRES = /^\/dev\/zero \(deleted\)$|^\/dev\/shm\/PostgreSQL\.\d+|^\/SYSV[0-9a-f]+|pg_dynshmem\//;
/** A table that was dropped stays open in a session of its database for a while: its rows were the database's. */
const DROPPED = /\/postgres\/cluster\/.* \(deleted\)$/;
const SHARED_MEMORY = '/dev/shm';

export class MemoryFilesWatch {
  readonly #find: FindProcesses;
  readonly #ended = new AbortController();
  #looking: Promise<void> | undefined;
  readonly #lookedAt = new Set<string>();
  readonly #refused = new Map<string, string>();
  readonly #broken = new Map<string, { readonly rule: string; readonly place: string }>();
  /** By what they hold, each once. */
  readonly #kept = new Map<string, { readonly bytes: Buffer; readonly place: string }>();
  #keptBytes = 0;
  #left = 0;

  constructor(find: FindProcesses) {
    this.#find = find;
  }

  begin(): void {
    this.#looking ??= this.#lookOn();
  }

  async look(): Promise<void> {
    for (const process of await this.#find()) {
      try {
        await this.#descriptors(process);
        await this.#mappings(process);
        this.#lookedAt.add(process.role);
      } catch (error) {
        const code = codeOf(error);
        if (!isGone(code)) this.#refused.set(process.role, code);
      }
    }
  }

  /** A last look, and then what all of them have met. `roles`: processes that must have been looked into. */
  async scan(scanner: MediumScanner, roles: readonly string[]): Promise<Detection> {
    await this.close();
    await this.look();
    const look = new Look(scanner, 'memory-files');
    for (const { bytes, place } of this.#kept.values()) await look.bytes(bytes, place);
    for (const { rule, place } of this.#broken.values()) look.broken(rule, place);
    for (const role of roles.filter((each) => !this.#lookedAt.has(each))) {
      look.notRun(`memory-files: ${role}`, 'no such process was met while the run went on');
    }
    for (const [role, code] of this.#refused) {
      look.notRun(`memory-files: ${role}`, `its descriptors cannot be read (${code})`);
    }
    if (this.#left > 0)
      look.notRun('memory-files: all contents', `${this.#left} were more than memory is used for`);
    await scanSharedMemory(look);
    return look.end();
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#looking;
  }

  async #lookOn(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      await this.look();
      await wait(LOOK_EACH_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #descriptors({ role, pid }: WatchedProcess): Promise<void> {
    for (const descriptor of await readdir(`/proc/${pid}/fd`)) {
      const path = `/proc/${pid}/fd/${descriptor}`;
      const target = await readlink(path).catch(() => '');
      if (!HELD.test(target) || OF_POSTGRES.test(target)) continue;
      const place = `${role}: descriptor ${descriptor}`;
      const isDropped = role === 'postgres' && DROPPED.test(target);
      if (!isDropped)
        this.#break(target.startsWith('/memfd:') ? 'memory as a file' : 'deleted file held open', place);
      await this.#keep(path, place);
    }
  }

  async #keep(path: string, place: string): Promise<void> {
    const bytes = await readFile(path).catch((error: unknown) => {
      const code = codeOf(error);
      if (!isGone(code)) this.#refused.set(place, code);
      return undefined;
    });
    if (bytes === undefined) return;
    const key = `${place} ${createHash('sha256').update(bytes).digest('base64')}`;
    if (this.#kept.has(key)) return;
    if (this.#keptBytes + bytes.length > KEPT_BYTES) {
      this.#left += 1;
      return;
    }
    this.#keptBytes += bytes.length;
    this.#kept.set(key, { bytes, place });
  }

  async #mappings({ role, pid }: WatchedProcess): Promise<void> {
    const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
    for (const line of maps.split('\n')) {
      const [, start, , file = ''] = SHARED_AND_WRITABLE.exec(line) ?? [];
      if (start === undefined || OF_POSTGRES.test(file)) continue;
      this.#break('shared writable mapping of a file', `${role}: mapping at ${start}`);
    }
  }

  #break(rule: string, place: string): void {
    this.#broken.set(`${rule} ${place}`, { rule, place });
  }
}

/** Whatever shared memory has a name; that of the whole machine where it is not the run's own. */
async function scanSharedMemory(look: Look): Promise<void> {
  try {
    const entries = await readdir(SHARED_MEMORY, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isDirectory()) await look.file(join(entry.parentPath, entry.name), 'shared memory');
    }
  } catch (error) {
    look.notRun('memory-files: shared memory', `its folder cannot be read (${codeOf(error)})`);
  }
}

/** The process has ended, or has closed the file. */
function isGone(code: string): boolean {
  return code === 'ENOENT' || code === 'ESRCH';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';
}
