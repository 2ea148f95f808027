/** Keeps of the traced calls what is judged after the run: what was written where, and what nobody may call. */

import { resolve } from 'node:path';
import { SharedMappings } from './shared-mappings.js';
import type { TracedCall } from './strace-lines.js';
import { hasFailed } from './strace-lines.js';
import { firstTarget, quotedStrings, socketEnds, targets } from './strace-text.js';
import type { ProgramName } from './traced-programs.js';
import { TracedPrograms } from './traced-programs.js';

/** Where content of a session may go. */
export interface SessionPorts {
  /** Of `live`, and the path of the frames' WebSocket there: the two sockets of a session. */
  readonly livePort: number;
  readonly framesPath: string;
  /** Where the visitor's own page comes from. */
  readonly pagePorts: readonly number[];
}

/** What one process did to a file, or to memory, by a call that is judged by rule. */
export interface SeenCall {
  readonly by: ProgramName;
  readonly call: string;
  readonly path: string;
  readonly rule: CallRule;
}

export type CallRule =
  | 'file opened for writing'
  | 'shared writable mapping of a file'
  | 'io_uring'
  | 'memory as a file'
  | 'kernel store'
  | 'copied without being seen';

export interface WrittenTo {
  readonly target: string;
  readonly by: ProgramName;
  readonly pieces: readonly Buffer[];
}

/** More than a run with its browsers writes; what comes after it is said not to have been looked at. */
const KEPT_BYTES = 768 * 1024 * 1024;

const READS = new Set(['read', 'readv', 'recvfrom', 'recvmsg']);
const WRITES = new Set(
  'write writev pwrite64 pwritev pwritev2 sendto sendmsg sendmmsg vmsplice process_vm_writev'.split(' '),
);
const OPENS = new Set(['open', 'openat', 'openat2', 'creat']);
const MAKES = new Set(
  'mkdir mkdirat mknod mknodat symlink symlinkat link linkat rename renameat renameat2 truncate'.split(' '),
);
const ATTRIBUTES = new Set(['setxattr', 'lsetxattr', 'fsetxattr']);
const COPIES = new Set(['sendfile', 'splice', 'tee', 'copy_file_range']);
/** Requests to a descriptor that let two files share their blocks. */
const CLONES = /\b(?:FICLONE(?:RANGE)?|FIDEDUPERANGE|BTRFS_IOC_CLONE(?:_RANGE)?)\b/;
const KERNEL_STORES = new Set('mq_open mq_timedsend msgsnd add_key request_key keyctl shmget'.split(' '));
const FOR_WRITING = /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE/;
/** Counters that wake another thread, and hold nothing. */
const HOLDS_NOTHING = /^anon_inode:\[(?:eventfd|eventpoll|timerfd|signalfd|inotify)/;

/** Every call that is traced; whatever else a process does leaves nothing behind. */
export const tracedCalls: readonly string[] = [
  ...READS,
  ...WRITES,
  ...OPENS,
  ...MAKES,
  ...ATTRIBUTES,
  ...COPIES,
  ...KERNEL_STORES,
  ...'mmap mprotect pkey_mprotect bind ioctl'.split(' '),
  ...'io_uring_setup io_uring_enter io_uring_register memfd_create'.split(' '),
  ...'execve clone clone3 fork vfork'.split(' '),
];

interface Noted {
  readonly pid: number;
  /** As known when the call came; what is not is looked up in the end. */
  readonly by: ProgramName | undefined;
}

export class SeenCalls {
  readonly #isLeftToForensics: (path: string) => boolean;
  /** Until they are known there is no session, and nothing of one may go anywhere. */
  #ports: SessionPorts | undefined;
  readonly #programs = new TracedPrograms();
  readonly #frameSockets = new Set<string>();
  readonly #written = new Map<string, Noted & { readonly target: string; readonly pieces: Buffer[] }>();
  readonly #mappings = new SharedMappings();
  readonly #judged: (Noted & Omit<SeenCall, 'by'>)[] = [];
  #kept = 0;
  /** Calls whose bytes were more than strace wrote down, or more than is kept. */
  #cut = 0;
  #bytesToSession = 0;

  /** `isLeftToForensics`: files whose contents other detectors answer for, as those of the database. */
  constructor(isLeftToForensics: (path: string) => boolean) {
    this.#isLeftToForensics = isLeftToForensics;
  }

  sessionAt(ports: SessionPorts): void {
    this.#ports = ports;
  }

  get cut(): number {
    return this.#cut;
  }

  /** That something went to the frames' sockets shows that the tracer saw them. */
  get bytesToSession(): number {
    return this.#bytesToSession;
  }

  next(call: TracedCall): void {
    this.#programs.note(call);
    if (hasFailed(call)) return;
    const { name } = call;
    if (READS.has(name)) this.#read(call);
    else if (WRITES.has(name)) this.#write(call);
    else if (OPENS.has(name)) this.#open(call);
    else if (MAKES.has(name) || ATTRIBUTES.has(name)) this.#make(call);
    else if (COPIES.has(name)) this.#copy(call);
    else if (KERNEL_STORES.has(name)) this.#judge(call, 'kernel store', '');
    else if (name === 'mmap') this.#map(call);
    else if (name.endsWith('mprotect')) this.#protect(call);
    else if (name === 'bind') this.#bind(call);
    else if (name === 'ioctl' && CLONES.test(call.args)) this.#clone(call);
    else if (name.startsWith('io_uring_')) this.#judge(call, 'io_uring', '');
    else if (name === 'memfd_create') this.#judge(call, 'memory as a file', '');
  }

  *judged(): Generator<SeenCall> {
    for (const { pid, by, call, path, rule } of this.#judged) {
      yield { by: this.#byOf(pid, by), call, path, rule };
    }
  }

  *written(): Generator<WrittenTo> {
    for (const { pid, by: known, target, pieces } of this.#written.values()) {
      const by = this.#byOf(pid, known);
      if (!this.#isDatabases(by, target)) yield { target, by, pieces };
    }
  }

  #byOf(pid: number, by: ProgramName | undefined): ProgramName {
    return by ?? this.#programs.of(pid) ?? 'other';
  }

  /** A connection is one of the session's when it asked for the frames' path. */
  #read({ args }: TracedCall): void {
    const { target, rest } = firstTarget(args);
    const port = socketEnds(target)?.localPort;
    if (port === undefined || port !== this.#ports?.livePort || !rest.includes('"GET ')) return;
    const asked = quotedStrings(rest)[0]?.bytes.toString('latin1') ?? '';
    const path = /^GET (\S*?)(?:\?\S*)? HTTP/.exec(asked)?.[1];
    if (path === this.#ports.framesPath) this.#frameSockets.add(target);
    else if (path !== undefined) this.#frameSockets.delete(target);
  }

  #write(call: TracedCall): void {
    const { target, rest } = firstTarget(call.args);
    if (HOLDS_NOTHING.test(target) || this.#isDatabases(this.#programs.of(call.pid), target)) return;
    if (this.#isPagePort(target)) return;
    const strings = quotedStrings(rest);
    if (this.#frameSockets.has(target)) {
      this.#bytesToSession += strings.reduce((sum, { bytes }) => sum + bytes.length, 0);
      return;
    }
    for (const { bytes, cut } of strings) this.#keep(call, target, cut ? undefined : bytes, bytes);
  }

  /** Files of the database are its own processes' affair; whoever else writes there is looked at like anywhere. */
  #isDatabases(by: ProgramName | undefined, target: string): boolean {
    return by === 'postgres' && this.#isLeftToForensics(target);
  }

  #isPagePort(target: string): boolean {
    const port = socketEnds(target)?.localPort;
    return port !== undefined && (this.#ports?.pagePorts.includes(port) ?? false);
  }

  /** One after the other, so that what was split over two writes is whole again. */
  #keep(call: TracedCall, target: string, whole: Buffer | undefined, bytes: Buffer): void {
    if (whole === undefined || this.#kept + bytes.length > KEPT_BYTES) this.#cut += 1;
    if (this.#kept + bytes.length > KEPT_BYTES) return;
    this.#kept += bytes.length;
    const key = `${call.pid} ${target}`;
    const written = this.#written.get(key) ?? { ...this.#noted(call), target, pieces: [] };
    // A copy: what was parsed is a view into a buffer several times as large.
    written.pieces.push(Buffer.from(bytes));
    this.#written.set(key, written);
  }

  #open(call: TracedCall): void {
    const flags = call.name === 'creat' ? 'O_CREAT' : call.args.slice(call.args.lastIndexOf('"'));
    if (!FOR_WRITING.test(flags)) return;
    // What the descriptor leads to is the path with every link followed.
    const path = targets(call.result ?? '')[0] ?? pathsOf(call.args)[0] ?? '';
    this.#name(call);
    this.#judge(call, 'file opened for writing', path);
  }

  #make(call: TracedCall): void {
    this.#name(call);
    const paths = pathsOf(call.args);
    const isAttribute = ATTRIBUTES.has(call.name);
    // The target of a link is any text; where the link lies comes last. An attribute's file comes first.
    const path = isAttribute ? (paths[0] ?? firstTarget(call.args).target) : (paths.at(-1) ?? '');
    this.#judge(call, 'file opened for writing', path);
  }

  /** Names and targets of links can hold content as well. */
  #name(call: TracedCall): void {
    for (const { bytes, cut } of quotedStrings(call.args)) {
      this.#keep(
        call,
        `names in ${call.name}`,
        cut ? undefined : bytes,
        Buffer.concat([bytes, Buffer.from('\n')]),
      );
    }
  }

  #copy(call: TracedCall): void {
    const all = targets(call.args);
    const to = (call.name === 'sendfile' ? all[0] : all[1]) ?? '';
    if (!this.#isPagePort(to)) this.#judge(call, 'copied without being seen', to);
  }

  #map(call: TracedCall): void {
    if (!/MAP_SHARED/.test(call.args)) return;
    const { target } = firstTarget(call.args);
    if (!target.startsWith('/') || target.startsWith('/dev/null') || target.startsWith('/dev/zero')) return;
    if (/PROT_WRITE/.test(call.args)) this.#judge(call, 'shared writable mapping of a file', target);
    else this.#mappings.add(call, target);
  }

  /** A mapping that becomes writable later. */
  #protect(call: TracedCall): void {
    if (!/PROT_WRITE/.test(call.args)) return;
    const target = this.#mappings.at(call);
    if (target !== undefined) this.#judge(call, 'shared writable mapping of a file', target);
  }

  /** A socket with a name in a folder is a file that is named at will. */
  #bind(call: TracedCall): void {
    if (!/\bsun_path="/.test(call.args)) return;
    this.#name(call);
    this.#judge(
      call,
      'file opened for writing',
      pathsOf(call.args.slice(call.args.indexOf('sun_path=')))[0] ?? '',
    );
  }

  #clone(call: TracedCall): void {
    this.#judge(call, 'copied without being seen', targets(call.args)[0] ?? '');
  }

  #judge(call: TracedCall, rule: CallRule, path: string): void {
    this.#judged.push({ ...this.#noted(call), call: call.name, path, rule });
  }

  #noted({ pid }: TracedCall): Noted {
    return { pid, by: this.#programs.of(pid) };
  }
}

/** Relative ones belong to the folder whose descriptor stands before them, or else to wherever the process works. */
function pathsOf(args: string): readonly string[] {
  return quotedStrings(args).map(({ before, bytes }) => {
    const path = bytes.toString('utf8');
    const folder = firstTarget(before).target;
    return folder === '' && !path.startsWith('/') ? `./${path}` : resolve(folder || '/', path);
  });
}
