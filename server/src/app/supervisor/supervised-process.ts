/** A child process that is kept running: started with its settings, restarted when it dies, ended in good order. */

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ChildReport } from './child-report.js';
import { readChildReport } from './child-report.js';
import { StartFailure } from './start-failure.js';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 10_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
/** After so long a run, an end is a new event and not the next of a series. */
const SETTLED_MS = 30_000;

export interface ProcessCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

export interface SupervisedOptions {
  readonly name: string;
  readonly command: ProcessCommand;
  readonly onLine: (line: string, from: 'output' | 'errors') => void;
  readonly onLost: (end: string) => void;
}

export interface ServingOptions {
  /** Asked at each start: what the process is told first. */
  readonly settings: () => unknown;
  readonly onStarted: (pid: number) => void;
  /** It serves, for the first time or again. */
  readonly onListening: (facts: Readonly<Record<string, unknown>>) => void;
}

export class SupervisedProcess {
  readonly #options: SupervisedOptions;
  #child: ChildProcess | undefined;
  #loading: Spawned | undefined;
  #stopping = false;
  #kept: Promise<void> = Promise.resolve();
  #wake: (() => void) | undefined;

  constructor(options: SupervisedOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get name(): string {
    return this.#options.name;
  }

  /** Begins to read what it is made of, and waits for its settings. */
  load(): void {
    this.#loading = this.#spawn();
  }

  /** Resolves when it serves; rejects with a message for a person when it cannot even start once. */
  async start(serving: ServingOptions): Promise<void> {
    const run = await this.#run(this.#loading ?? this.#spawn(), serving);
    this.#kept = this.#keep(run, serving);
  }

  send(message: unknown): void {
    // A process that dies at this moment is told again what it has to know when it starts again.
    if (this.#child?.connected) this.#child.send(message as object, () => undefined);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake?.();
    const child = this.#child;
    if (child !== undefined) await endChild(child);
    await this.#kept;
  }

  async #keep(first: Run, serving: ServingOptions): Promise<void> {
    let run: Run | undefined = first;
    let pauseMs = FIRST_PAUSE_MS;
    while (run !== undefined) {
      const began = performance.now();
      const end = await run.ended;
      if (this.#stopping) return;
      this.#options.onLost(end);
      if (performance.now() - began > SETTLED_MS) pauseMs = FIRST_PAUSE_MS;
      run = undefined;
      while (run === undefined && !this.#stopping) {
        await this.#pause(pauseMs);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
        run = this.#stopping ? undefined : await this.#tryAgain(serving);
      }
    }
  }

  async #tryAgain(serving: ServingOptions): Promise<Run | undefined> {
    try {
      return await this.#run(this.#spawn(), serving);
    } catch (error) {
      this.#options.onLost(error instanceof Error ? error.message : 'it did not start');
      return undefined;
    }
  }

  #spawn(): Spawned {
    const { command, onLine } = this.#options;
    const { command: program, args, cwd, env, identity } = command;
    const child = spawn(program, args, { cwd, env, ...identity, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#child = child;
    eachLine(child.stdout, (line) => onLine(line, 'output'));
    eachLine(child.stderr, (line) => onLine(line, 'errors'));
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(`it could not be started (${codeOf(error)})`));
      child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
    });
    child.on('error', () => undefined);
    return { child, ended };
  }

  async #run({ child, ended }: Spawned, serving: ServingOptions): Promise<Run> {
    const { name } = this.#options;
    const { onListening, onStarted, settings } = serving;
    if (child.pid !== undefined) onStarted(child.pid);
    const report = firstReport(child, ended);
    child.send({ kind: 'start', settings: settings() }, () => undefined);
    const first = await report;
    if (first.kind === 'failed') {
      await endChild(child);
      throw new StartFailure(
        first.code === 'ended' ? `${name} does not start: ${first.message}.` : first.message,
      );
    }
    onListening(first.facts);
    return { ended };
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

interface Spawned extends Run {
  readonly child: ChildProcess;
}

interface Run {
  /** Tells how it ended. */
  readonly ended: Promise<string>;
}

function firstReport(child: ChildProcess, ended: Promise<string>): Promise<ChildReport> {
  return new Promise((resolve) => {
    const late = setTimeout(
      () => resolve({ kind: 'failed', code: 'ended', message: 'it did not answer in time' }),
      START_LIMIT_MS,
    );
    const settle = (report: ChildReport): void => {
      clearTimeout(late);
      resolve(report);
    };
    child.on('message', (message) => {
      const report = readChildReport(message);
      if (report !== undefined) settle(report);
    });
    void ended.then((end) => settle({ kind: 'failed', code: 'ended', message: end }));
  });
}

/** Politely, then by force. */
async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(force);
}

function eachLine(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on('line', onLine);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
