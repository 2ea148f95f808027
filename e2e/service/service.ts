/** The whole service as a person starts it: the built `main`, on free ports, with a data folder of its own. */

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePorts } from './free-ports.js';
import { callLocal } from './local-http.js';
import type { RunningProcess } from './process-tree.js';
import { processesBelow } from './process-tree.js';
import { until } from './until.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'server/dist/app/main.js');
/** What each service has written stays here for whoever looks into a failure. */
const logs = join(root, 'e2e/test-results/services');
const PORT_TRIES = 3;
const START_MS = 60_000;
const STOP_MS = 20_000;

export interface ServiceOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly mediaWorkerBin: string | undefined;
  /** Whether an empty database gets the demo customer. */
  readonly demo: boolean;
  /** Of a Postgres that the test runs itself; otherwise the service brings its own along. */
  readonly database?: { readonly ownerUrl: string; readonly appUrl: string };
  /** Where `live` listens, and where browsers find it, when a line lies in between. */
  readonly livePort?: number;
  readonly liveUrl?: string;
}

export interface Origins {
  readonly console: string;
  readonly live: string;
  readonly replay: string;
  readonly shop: string;
}

export class Service {
  readonly origins: Origins;
  readonly dataDir: string;
  readonly #child: ChildProcess;
  readonly #output: string[] = [];

  private constructor(child: ChildProcess, place: { origins: Origins; dataDir: string }) {
    this.#child = child;
    this.origins = place.origins;
    this.dataDir = place.dataDir;
    mkdirSync(logs, { recursive: true });
    const log = join(logs, `${new Date().toISOString().replaceAll(':', '-')}-${child.pid}.log`);
    const note = (text: string) => {
      this.#output.push(text);
      appendFileSync(log, text);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', note);
    child.once('exit', (code, signal) => note(`The service has ended: ${code ?? signal}.\n`));
  }

  /** Another program may take a port between the moment in which it was found free and its use: then there are others. */
  static async start(options: ServiceOptions): Promise<Service> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await Service.#startOnce(options);
      } catch (error) {
        if (tries === PORT_TRIES || !String(error).includes('EADDRINUSE')) throw error;
      }
    }
  }

  static async #startOnce(options: ServiceOptions): Promise<Service> {
    const dataDir = await mkdtemp(join(tmpdir(), 'alongside-e2e-'));
    // Postgres and `live` run as accounts without rights, which have to pass through it.
    await chmod(dataDir, 0o711);
    const ports = await findFreePorts(4);
    const [consolePort, freePort, replayPort, shopPort] = ports;
    const { livePort = freePort, liveUrl = `http://live.localhost:${livePort}` } = options;
    const settings = {
      CONSOLE_PORT: String(consolePort),
      LIVE_PORT: String(livePort),
      REPLAY_PORT: String(replayPort),
      SHOP_PORT: String(shopPort),
      LIVE_URL: liveUrl,
      DATA_DIR: dataDir,
      DEMO: options.demo ? 'on' : 'off',
      CALLS_WORKERS: '1',
      ...(options.mediaWorkerBin === undefined ? {} : { MEDIASOUP_WORKER_BIN: options.mediaWorkerBin }),
      ...(options.database === undefined
        ? {}
        : {
            DATABASE_URL: options.database.ownerUrl,
            DATABASE_APP_URL: options.database.appUrl,
            LIVE_COUNTRY: 'FI',
          }),
    };
    const child = spawn(process.execPath, [main], {
      cwd: root,
      env: { ...options.env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const service = new Service(child, {
      dataDir,
      origins: {
        console: `http://console.localhost:${consolePort}`,
        live: liveUrl,
        replay: `http://replay.localhost:${replayPort}`,
        shop: `http://shop.localhost:${shopPort}`,
      },
    });
    try {
      await service.#ready();
    } catch (error) {
      await service.stop().catch(() => undefined);
      throw error;
    }
    return service;
  }

  /** Everything that its processes have written so far. */
  get output(): string {
    return this.#output.join('');
  }

  /** The process whose command holds this text, for a test that ends it. */
  async process(text: string): Promise<RunningProcess> {
    return until(`a process of the service with ${text} in its command`, async () => {
      const below = await this.processes();
      return below.find(({ command }) => command.includes(text));
    });
  }

  processes(): Promise<readonly RunningProcess[]> {
    return processesBelow(this.#child.pid ?? 0);
  }

  async isHealthy(origin: string): Promise<boolean> {
    const answer = await callLocal(`${origin}/health`).catch(() => undefined);
    return answer?.status === 200;
  }

  /** Ctrl-C, which has to end everything. */
  async stop(): Promise<void> {
    const below = await this.processes();
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve));
      this.#child.kill('SIGINT');
      const forced = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(forced);
    }
    await until('the end of everything the service has started', async () => {
      const left = await Promise.all(below.map(({ pid }) => isRunning(pid)));
      return left.every((running) => !running);
    }).catch(async (error: unknown) => {
      const left = await Promise.all(
        below.map(async (each) => ((await isRunning(each.pid)) ? each.command : '')),
      );
      throw new Error(`${String(error)} ${left.filter((each) => each !== '').join('; ')}`);
    });
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }

  async #ready(): Promise<void> {
    const runs = () => {
      if (this.#child.exitCode !== null)
        throw new Error(`The service ended with code ${this.#child.exitCode}.`);
      return this.output.includes('Alongside runs.');
    };
    await until('the line that says the service runs', runs, START_MS).catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : ''}\n${this.#tail()}`);
    });
  }

  #tail(): string {
    return this.output.slice(-4000);
  }
}

async function isRunning(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined);
  return status !== undefined && !/^State:\s+Z/m.test(status);
}
