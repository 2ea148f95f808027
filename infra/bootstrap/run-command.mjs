/** Runs one program to its end, hands its output on line by line and keeps the last lines for a message. */
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';

const KEPT_LINES = 30;
const KILL_AFTER_MS = 5_000;

/** The leaders of the groups that run now: none of them outlives this process. */
/** @type {Set<number>} */
const running = new Set();
process.on('exit', () => {
  for (const pid of running) signalGroup(pid, 'SIGTERM');
});

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] The whole environment; that of this process by default.
 * @property {(line: string) => void} [onLine] Called for every line of output and of errors.
 * @property {AbortSignal} [signal] Ends the program and everything it started.
 * @property {number} [niceness] Lowers the priority, for long work beside a running server.
 */

/**
 * @typedef {object} RunResult
 * @property {boolean} ok
 * @property {number | null} code
 * @property {boolean} notFound The program does not exist on this machine.
 * @property {string} tail The last lines of its output.
 */

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve) => {
    /** @type {string[]} */
    const kept = [];
    if (options.signal?.aborted) {
      resolve({ ok: false, code: null, notFound: false, tail: 'stopped before it began' });
      return;
    }
    // A group of its own, so that an abort reaches the compilers that a build tool started as well.
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const lower = options.niceness;
    if (lower !== undefined && child.pid !== undefined) lowerPriority(child.pid, lower);
    const stop = () => stopGroup(child.pid);
    options.signal?.addEventListener('abort', stop, { once: true });
    if (child.pid !== undefined) running.add(child.pid);
    const take = (/** @type {string} */ line) => {
      if (kept.push(line) > KEPT_LINES) kept.shift();
      options.onLine?.(line);
    };
    eachLine(child.stdout, take);
    eachLine(child.stderr, take);
    const finish = (/** @type {number | null} */ code, /** @type {boolean} */ notFound) => {
      options.signal?.removeEventListener('abort', stop);
      if (child.pid !== undefined) running.delete(child.pid);
      resolve({ ok: code === 0, code, notFound, tail: kept.join('\n') });
    };
    child.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      kept.push(error.message);
      finish(null, error.code === 'ENOENT');
    });
    child.once('close', (code) => finish(code, false));
  });
}

/**
 * @param {number | undefined} pid The leader of the group.
 */
function stopGroup(pid) {
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  setTimeout(() => {
    if (running.has(pid)) signalGroup(pid, 'SIGKILL');
  }, KILL_AFTER_MS).unref();
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended by itself, which is what was wanted.
  }
}

/**
 * @param {number} pid
 * @param {number} niceness
 */
function lowerPriority(pid, niceness) {
  try {
    setPriority(pid, niceness);
  } catch {
    // A program that ended at once or a system without priorities: the work is merely not lowered.
  }
}

/**
 * Splits a stream into lines; a carriage return ends one too, since build tools redraw their progress with it.
 * @param {import('node:stream').Readable} stream
 * @param {(line: string) => void} take
 */
export function eachLine(stream, take) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (/** @type {string} */ text) => {
    const lines = (rest + text).split(/\r?\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') take(line);
  });
  stream.on('end', () => {
    if (rest !== '') take(rest);
  });
}
