/**
 * The logs of the machine itself, of which a service's processes could make a part of theirs: the kernel's, the
 * system's journal, and the files below /var/log. What has come since the run began is searched; what cannot be read
 * is named. A line of the watch's own in the kernel's log, which must turn up, shows that it reads what is new.
 */

import { execFile } from 'node:child_process';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Detection, MediumScanner } from '../detection.js';
import { Look } from '../detection.js';
import { newToken } from '../scan/new-canary.js';

const KERNEL_LOG = '/dev/kmsg';
const JOURNALS = ['/var/log/journal', '/run/log/journal'];
const FILES = '/var/log';
const KERNEL = 'logs: the kernel’s log';
const JOURNAL = 'logs: the system’s journal';
/** The kernel hands over one line at a time, and none that is longer. */
const LINE_BYTES = 8_192;
const JOURNAL_BYTES = 256 * 1024 * 1024;

/** Where the logs lie; tests look elsewhere. */
export interface LogPlaces {
  readonly files: string;
  readonly kernel: string;
}

export class SystemLogs {
  readonly #places: LogPlaces;
  readonly #beganAt = Date.now();
  readonly #lastLine: number;
  readonly #sign: string | undefined;
  readonly #whyNoSign: string | undefined;
  readonly #before: ReadonlyMap<string, string>;

  private constructor(places: LogPlaces, sign: string | undefined, before: ReadonlyMap<string, string>) {
    this.#places = places;
    this.#before = before;
    this.#sign = sign;
    this.#lastLine = readKernelLines(places.kernel).lines?.at(-1)?.number ?? -1;
    this.#whyNoSign = sign === undefined ? undefined : writeSign(places.kernel, sign);
  }

  /** From here on. `sign`: leaves a line in the kernel's log, which only root may. */
  static async begin({
    sign,
    places = { files: FILES, kernel: KERNEL_LOG },
  }: {
    readonly sign: boolean;
    readonly places?: LogPlaces;
  }): Promise<SystemLogs> {
    const text = sign ? `alongside-proof-sign-${newToken()}` : undefined;
    return new SystemLogs(places, text, (await filesBelow(places.files)).files);
  }

  async scan(scanner: MediumScanner): Promise<Detection> {
    const look = new Look(scanner, 'logs');
    await this.#kernel(look);
    await this.#journal(look);
    await this.#files(look);
    return look.end();
  }

  async #kernel(look: Look): Promise<void> {
    const { lines, code } = readKernelLines(this.#places.kernel);
    if (lines === undefined) {
      look.notRun(KERNEL, `it cannot be read (${code})`);
      return;
    }
    const [oldest] = lines;
    if (oldest !== undefined && oldest.number > this.#lastLine + 1)
      look.notRun(KERNEL, 'lines of this run have made room for newer ones');
    const fresh = lines.filter(({ number }) => number > this.#lastLine);
    const sign = this.#sign;
    if (this.#whyNoSign !== undefined) look.notRun(`${KERNEL}: a line of the run’s own`, this.#whyNoSign);
    else if (sign !== undefined && !fresh.some(({ text }) => text.includes(sign)))
      look.broken('the watch did not find its own line', 'kernel’s log');
    for (const { text, number } of fresh) await look.bytes(Buffer.from(text), `kernel’s log, line ${number}`);
  }

  /** Its files hold some entries compressed: its own program tells them all as they were. */
  async #journal(look: Look): Promise<void> {
    const folders = await Promise.all(JOURNALS.map(filesBelow));
    if (folders.every(({ files, unread }) => files.size === 0 && unread.length === 0)) return;
    const since = `--since=@${Math.floor(this.#beganAt / 1_000)}`;
    try {
      const { stdout } = await promisify(execFile)('journalctl', ['--all', '--output=export', since], {
        encoding: 'buffer',
        maxBuffer: JOURNAL_BYTES,
      });
      await look.bytes(stdout, 'system’s journal');
    } catch (error) {
      look.notRun(JOURNAL, `it cannot be read (${codeOf(error)})`);
    }
  }

  /** As wholes: what has grown may have been rewritten as well. */
  async #files(look: Look): Promise<void> {
    const { files, unread } = await filesBelow(this.#places.files);
    for (const folder of unread) look.notRun(`logs: ${folder}`, 'it cannot be read');
    for (const [path, state] of files) if (this.#before.get(path) !== state) await look.file(path, path);
  }
}

interface KernelLine {
  readonly number: number;
  readonly text: string;
}

/** All that the kernel still has. Each line begins with its level and its number. */
function readKernelLines(path: string): { readonly lines?: readonly KernelLine[]; readonly code?: string } {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return { code: codeOf(error) };
  }
  const lines: KernelLine[] = [];
  try {
    for (;;) {
      const line = Buffer.alloc(LINE_BYTES);
      const length = readLine(file, line);
      if (length === 0) return { lines };
      // What a line tells beyond itself follows on lines of its own, which begin with a blank.
      for (const text of line.toString('utf8', 0, length).split(/\n(?=\d)/)) {
        const number = Number(/^\d+,(\d+),/.exec(text)?.[1] ?? Number.NaN);
        if (!Number.isNaN(number)) lines.push({ number, text });
      }
    }
  } catch (error) {
    return { code: codeOf(error) };
  } finally {
    closeSync(file);
  }
}

/** 0 at the end. A line that was overwritten meanwhile is passed over: the gap in the numbers tells of it. */
function readLine(file: number, into: Buffer): number {
  for (;;) {
    try {
      return readSync(file, into, 0, into.length, null);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EAGAIN') return 0;
      if (code !== 'EPIPE') throw error;
    }
  }
}

/** Why it could not be written, or nothing. */
function writeSign(path: string, sign: string): string | undefined {
  try {
    // Opened as it is: where there is none, none is made.
    const file = openSync(path, constants.O_WRONLY | constants.O_APPEND);
    try {
      writeSync(file, `${sign}\n`);
    } finally {
      closeSync(file);
    }
    return undefined;
  } catch (error) {
    return `it cannot be written (${codeOf(error)})`;
  }
}

/** What each file is known by: whatever is written to it changes that. */
async function filesBelow(folder: string): Promise<{
  readonly files: ReadonlyMap<string, string>;
  readonly unread: readonly string[];
}> {
  const files = new Map<string, string>();
  const unread: string[] = [];
  const walk = async (at: string): Promise<void> => {
    const entries = await readdir(at, { withFileTypes: true }).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') unread.push(at);
      return [];
    });
    for (const entry of entries) {
      const path = join(at, entry.name);
      if (entry.isDirectory() && !JOURNALS.includes(path)) await walk(path);
      if (!entry.isFile()) continue;
      const found = await stat(path, { bigint: true }).catch(() => undefined);
      if (found !== undefined) files.set(path, `${found.ino} ${found.size} ${found.mtimeNs}`);
    }
  };
  await walk(folder);
  return { files, unread };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';
}
