/** A copy of the service that runs: its processes by role, its database, and its end. */

import type { ChildProcess } from 'node:child_process';
import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoSignIns } from '../../service/demo-sign-ins.js';
import { readDemoSignIns } from '../../service/demo-sign-ins.js';
import type { RunningProcess } from '../../service/process-tree.js';
import { processesBelow } from '../../service/process-tree.js';
import { until } from '../../service/until.js';
import type { ServiceRole, ServiceUnderProof, WritablePlaces } from '../service-under-proof.js';
import type { InstalledCopy } from './installed-copy.js';

/** A wrapper as strace slows a start down. */
const START_MS = 180_000;
const STOP_MS = 30_000;

/** Of the tracer that watches the others. */
const TRACER = /^\S*strace /;

/** From the start of a command: a tracer's own names the traced program at its end. */
const programs: Readonly<Record<ServiceRole, RegExp>> = {
  main: /^\S*node\S* \S*\/server\/dist\/app\/main\.js$/,
  live: /^\S*node\S* .*\/live-main\.m?js --supervised$/,
  records: /^\S*node\S* \S*\/records-main\.js --supervised$/,
  // The server itself and none of its helpers, which name themselves otherwise.
  postgres: /^\S*\/postgres -D /,
  'media-worker': /^\S*mediasoup-worker/,
};

interface Started {
  readonly child: ChildProcess;
  readonly copy: InstalledCopy;
  readonly places: WritablePlaces;
  readonly ports: Readonly<Record<'console' | 'live' | 'replay' | 'shop', number>>;
  readonly log: string;
  readonly limits: 'on' | 'off';
  readonly calls: boolean;
}

export class CopiedService implements ServiceUnderProof {
  readonly origins: ServiceUnderProof['origins'];
  readonly places: WritablePlaces;
  readonly log: string;
  readonly limits: 'on' | 'off';
  /** Where the copy lies until it is stopped; it writes nothing there. */
  readonly root: string;
  /** Whether it was given a media worker. */
  readonly calls: boolean;
  readonly #child: ChildProcess;
  readonly #copy: InstalledCopy;
  #databaseUrl = '';
  #stopped: Promise<void> | undefined;

  private constructor({ child, copy, places, ports, log, limits, calls }: Started) {
    this.#child = child;
    this.#copy = copy;
    this.root = copy.root;
    this.places = places;
    this.log = log;
    this.limits = limits;
    this.calls = calls;
    this.origins = {
      console: `http://console.localhost:${ports.console}`,
      live: `http://live.localhost:${ports.live}`,
      replay: `http://replay.localhost:${ports.replay}`,
      shop: `http://shop.localhost:${ports.shop}`,
    };
  }

  /** Resolves when everything runs; otherwise ends what has started, and says what it has written last. */
  static async ready(started: Started): Promise<CopiedService> {
    const service = new CopiedService(started);
    try {
      await service.#ready();
      service.#databaseUrl = await databaseUrl(started.places.data);
    } catch (error) {
      const text = await service.output();
      await service.stop();
      throw new Error(`${error instanceof Error ? error.message : ''}\n${text.slice(-4000)}`);
    }
    return service;
  }

  get databaseUrl(): string {
    return this.#databaseUrl;
  }

  /** Everything that its processes have written so far. */
  output(): Promise<string> {
    return readFile(this.log, 'utf8').catch(() => '');
  }

  /** Waits for it: a process that was ended is started again. */
  async pid(role: ServiceRole): Promise<number> {
    const found = await until(`the process ${role}`, async () => {
      const all = await this.#processes();
      return all.find(({ command }) => programs[role].test(command));
    });
    return found.pid;
  }

  /** All of its processes at this moment, helpers of Postgres and programs that others have started among them. */
  async running(): Promise<readonly { readonly role: string; readonly pid: number }[]> {
    const all = (await this.#processes()).filter(({ command }) => command !== '' && !TRACER.test(command));
    return all.map(({ pid, command }) => ({ role: roleOf(command), pid }));
  }

  async kill(role: ServiceRole, signal: NodeJS.Signals): Promise<void> {
    process.kill(await this.pid(role), signal);
  }

  signIns(): Promise<DemoSignIns> {
    return readDemoSignIns(this.places.data);
  }

  /** Ends every process and removes the copy; what was written in the places stays. */
  stop(): Promise<void> {
    this.#stopped ??= this.#end();
    return this.#stopped;
  }

  async #end(): Promise<void> {
    const below = await this.#processes();
    if (this.#runs()) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve));
      const main = below.find(({ command }) => programs.main.test(command));
      if (main !== undefined) process.kill(main.pid, 'SIGINT');
      else this.#child.kill('SIGTERM');
      const forced = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(forced);
    }
    const started = below.filter(({ pid }) => pid !== this.#child.pid);
    await until('the end of everything that the copy has started', async () => {
      const left = await Promise.all(started.map(isRunning));
      return left.every((running) => !running);
    });
    await this.#keepCores();
    await this.#copy.remove();
  }

  /** `records` works in the folder of the program, where a core of it falls. */
  async #keepCores(): Promise<void> {
    const names = await readdir(this.root).catch(() => []);
    for (const name of names.filter((each) => /^core(\.|$)/.test(each))) {
      await rename(join(this.root, name), join(this.places.dumps, `records-${name}`)).catch(() => undefined);
    }
  }

  async #processes(): Promise<readonly RunningProcess[]> {
    const { pid } = this.#child;
    if (pid === undefined) return [];
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const own = { pid, parent: process.pid, command: command.replaceAll('\0', ' ').trim() };
    return [own, ...(await processesBelow(pid))];
  }

  async #ready(): Promise<void> {
    const runs = async () => {
      if (!this.#runs()) throw new Error(`The copy ended with ${this.#child.exitCode}.`);
      return (await this.output()).includes('Alongside runs.');
    };
    await until('the line that says the copy runs', runs, START_MS);
  }

  #runs(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined;
  }
}

function roleOf(command: string): string {
  const known = Object.entries(programs).find(([, program]) => program.test(command));
  if (known !== undefined) return known[0];
  return /postgres/.test(command) ? 'postgres' : 'other';
}

/** Of the role that owns the tables; both facts lie in the data folder, for this account alone. */
async function databaseUrl(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'postgres');
  const { owner } = JSON.parse(await readFile(join(folder, 'passwords.json'), 'utf8')) as { owner: string };
  const [, , , port] = (await readFile(join(folder, 'cluster/postmaster.pid'), 'utf8')).split('\n');
  return `postgres://alongside_owner:${owner}@127.0.0.1:${Number(port)}/alongside`;
}

/** A number that was given to another process since then does not count. */
async function isRunning({ pid, command }: RunningProcess): Promise<boolean> {
  const [status, now] = await Promise.all([
    readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined),
    readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
  ]);
  if (status === undefined || /^State:\s+Z/m.test(status)) return false;
  return now.replaceAll('\0', ' ').trim() === command;
}
