/**
 * Watches every write of a service's processes by strace: nothing of a session may go anywhere but to the two
 * sockets of the session, and no file, mapping or queue of the kernel may be used that is not expected.
 */

import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Detection, MediumScanner, PartNotRun } from '../detection.js';
import { Look } from '../detection.js';
import { clusterOf } from '../forensics/files.js';
import type { WritablePlaces } from '../service-under-proof.js';
import { goldenFileFor, shownPath } from './golden-files.js';
import type { SessionPorts } from './seen-calls.js';
import { SeenCalls, tracedCalls } from './seen-calls.js';
import { StraceLines } from './strace-lines.js';

const run = promisify(execFile);
/** Of one text. The largest is the program of `live`, which a start by root may have to lay where others can read. */
const TEXT_LIMIT = 8 * 1024 * 1024;
const PART = 'writes: calls of the service’s processes';

export interface WritesWatch {
  /** Put before the program of the service; whatever it starts is watched as well. */
  readonly wrapper: readonly string[];
  /** As soon as the service has said where it listens, and before anybody visits it. */
  sessionAt(ports: SessionPorts): void;
  /** After the end of the service; resolves when everything that strace wrote has been read. */
  ended(): Promise<void>;
  /** What went to the session's sockets; none at all means that the watch was blind. */
  bytesToSession(): number;
  scan(scanner: MediumScanner): Promise<Detection>;
  /** Also without an end of the service. */
  close(): Promise<void>;
}

export async function watchWrites(places: WritablePlaces): Promise<WritesWatch | PartNotRun> {
  const reason = await whyNot();
  if (reason !== undefined) return { part: PART, reason };
  const folder = await mkdtemp(join(tmpdir(), 'alongside-proof-trace-'));
  // A pipe with a name: what strace writes is read at once and lies nowhere.
  const pipe = join(folder, 'calls');
  await run('mkfifo', ['-m', '600', pipe]);
  const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'ignore'] });
  const watch = new Watch(reader, places);
  return {
    wrapper: [
      'strace',
      '-f',
      '-yy',
      // Calls that are not traced run at full speed.
      '--seccomp-bpf',
      '-s',
      String(TEXT_LIMIT),
      '-e',
      // Not every kind of processor has all of them.
      `trace=${tracedCalls.map((name) => `?${name}`).join(',')}`,
      '-o',
      pipe,
    ],
    sessionAt: (ports) => watch.calls.sessionAt(ports),
    ended: () => watch.ended,
    bytesToSession: () => watch.calls.bytesToSession,
    scan: (scanner) => watch.scan(scanner),
    close: async () => {
      reader.kill('SIGKILL');
      await watch.ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function whyNot(): Promise<string | undefined> {
  try {
    await run('strace', ['-f', '--seccomp-bpf', '-e', 'trace=execve', '-o', '/dev/null', 'true']);
    return undefined;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? 'strace is missing (package strace)' : 'the system does not let strace trace a process';
  }
}

class Watch {
  readonly ended: Promise<void>;
  readonly calls: SeenCalls;
  readonly #places: WritablePlaces;
  readonly #lines = new StraceLines();

  constructor(reader: ChildProcess, places: WritablePlaces) {
    const cluster = clusterOf(places);
    this.#places = places;
    this.calls = new SeenCalls(
      (path) => path.startsWith(`${cluster}/`) || path.startsWith(`${cluster}.unfinished/`),
    );
    this.ended = this.#readAll(reader);
  }

  async scan(scanner: MediumScanner): Promise<Detection> {
    const look = new Look(scanner, 'writes');
    const places = this.#places;
    for (const call of this.#lines.left()) this.calls.next(call);
    for (const { target, by, pieces } of this.calls.written()) {
      await look.bytes(Buffer.concat(pieces), `${by}: ${shownTarget(target, places)}`);
    }
    const broken = new Set<string>();
    for (const { by, call, path, rule } of this.calls.judged()) {
      if (isExpected({ by, path, rule }, places)) continue;
      const place = `${by}: ${call} ${shownPath(path, places)}`.trim();
      if (!broken.has(`${rule} ${place}`)) look.broken(rule, place);
      broken.add(`${rule} ${place}`);
    }
    if (this.calls.cut > 0) {
      look.notRun('writes: the whole of every call', `${this.calls.cut} calls wrote more than is looked at`);
    }
    return look.end();
  }

  async #readAll(reader: ChildProcess): Promise<void> {
    let rest = '';
    reader.stdout?.setEncoding('latin1');
    for await (const chunk of reader.stdout ?? []) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#line(line);
    }
  }

  #line(line: string): void {
    const call = this.#lines.next(line);
    if (call !== undefined) this.calls.next(call);
  }
}

function isExpected(
  { by, path, rule }: { by: Parameters<typeof goldenFileFor>[1]; path: string; rule: string },
  places: WritablePlaces,
): boolean {
  switch (rule) {
    case 'file opened for writing':
    case 'copied without being seen':
      return goldenFileFor(path, by, places) !== undefined;
    case 'shared writable mapping of a file':
      // Its processes are one program over shared memory, all of which is looked through.
      return by === 'postgres' && goldenFileFor(path, by, places) !== undefined;
    case 'kernel store':
      return by === 'postgres';
    default:
      return false;
  }
}

/** Numbers of pipes and of other sockets say nothing to a reader. */
function shownTarget(target: string, places: WritablePlaces): string {
  if (target.startsWith('/')) return shownPath(target, places);
  return target.startsWith('TCP') ? target : target.replace(/:?\[.*$/, '');
}
