/**
 * The child's side of supervision: `records` and `live` are started with `--supervised` by `main`, which hands
 * over the settings, and without it alone, when they read the environment themselves.
 */

import type { StartMessage } from './supervisor/child-report.js';
import { member } from './supervisor/child-report.js';

export interface Running {
  /** For the supervisor, once it serves. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Hears what the supervisor sends later. */
  onMessage?(message: unknown): void;
  /** Resolves when it cannot go on, with a line for a person: it is closed, and the process ends with 1. */
  readonly broken?: Promise<Error>;
  close(): Promise<void>;
}

export interface Startable {
  /** Reads the environment; throws a line for a person that names every fault. */
  readonly ownSettings: () => Promise<unknown>;
  readonly start: (settings: unknown) => Promise<Running>;
  /** Called before the process ends, whatever the reason. */
  readonly flush: () => void;
}

const SUPERVISED = '--supervised';

export async function runStartable(startable: Startable): Promise<void> {
  const supervised = process.argv.includes(SUPERVISED);
  try {
    const settings = supervised ? await startMessage() : await startable.ownSettings();
    const running = await startable.start(settings);
    endWith(running, { supervised, flush: startable.flush });
    if (running.onMessage !== undefined) process.on('message', (message) => running.onMessage?.(message));
    void running.broken?.then((error) => giveUp(running, { error, flush: startable.flush }));
    report({ kind: 'listening', facts: running.facts });
  } catch (error) {
    await fail(error);
    startable.flush();
    process.exit(1);
  }
}

function startMessage(): Promise<unknown> {
  return new Promise((resolve, reject) => {
    process.on('message', (message) => {
      if (isStart(message)) resolve(message.settings);
    });
    process.once('disconnect', () => reject(new Error('The supervisor is gone.')));
  });
}

function isStart(message: unknown): message is StartMessage {
  return member(message, 'kind') === 'start';
}

/** A supervisor that is gone takes its children with it. Ctrl-C reaches the supervisor, which ends them in order. */
function endWith(running: Running, { supervised, flush }: { supervised: boolean; flush: () => void }): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void running.close().finally(() => {
      flush();
      process.exit(0);
    });
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', supervised ? () => undefined : end);
  if (supervised) process.once('disconnect', end);
}

async function giveUp(
  running: Running,
  { error, flush }: { readonly error: Error; readonly flush: () => void },
): Promise<void> {
  await running.close();
  await fail(error);
  flush();
  process.exit(1);
}

function report(message: unknown): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

/** Resolves when the supervisor has it: the process ends after that. */
function fail(error: unknown): Promise<void> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
  const message = error instanceof Error ? error.message : 'It failed without saying why.';
  return new Promise((resolve) => {
    if (process.send === undefined) {
      process.stderr.write(`${message}\n`, () => resolve());
    } else process.send({ kind: 'failed', code, message }, undefined, undefined, () => resolve());
  });
}
