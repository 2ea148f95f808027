/**
 * What the container would run, without an engine: the files that the Dockerfile copies are laid into a folder, and
 * its own command is started there as its own user, against a Postgres that was there before.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from '@alongside/testkit';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { findFreePort } from '../../server/src/app/embedded-postgres/free-port.js';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../server/src/app/embedded-postgres/index.js';
import { copyCluster } from '../../server/test/cluster-template.js';
import { commandOf, environmentOf, instructionOf, readDockerfile } from './dockerfile.js';
import { layCopies, layPackages, layWorker } from './lay-container.js';

const START_MS = 120_000;
const isRoot = process.getuid?.() === 0;
const runtime = readDockerfile(new URL('../Dockerfile', import.meta.url)).at(-1);
if (runtime === undefined) throw new Error('The Dockerfile has no stage.');
const [uid = 0, gid = 0] = instructionOf(runtime, 'USER').split(':').map(Number);

let folder: string;
let app: string;
let postgres: EmbeddedPostgres;
let environment: Record<string, string>;
let container: ChildProcess;
const lines: string[] = [];
const services: ChildProcess[] = [];

interface StartedService {
  readonly user?: string;
  readonly command?: readonly string[];
  readonly ulimits?: Readonly<Record<string, number>>;
  readonly environment?: Readonly<Record<string, string>>;
}
const compose: { readonly services: Readonly<Record<'records' | 'live', StartedService>> } = parse(
  readFileSync(new URL('../compose.yaml', import.meta.url), 'utf8'),
  { merge: true },
);

function startProgram(command: readonly string[]): ChildProcess {
  const [, ...args] = command;
  return spawn(process.execPath, args, {
    cwd: app,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(isRoot ? { uid, gid } : {}),
  });
}

/** As an engine would start a service of the compose file: its account, its limits, no new privileges, its command. */
function startService(service: StartedService, given: Readonly<Record<string, string>>): ChildProcess {
  const { user = '', command = [], ulimits = {} } = service;
  const [own = 0, group = 0] = user.split(':').map(Number);
  const [, ...args] = command.map((word) => localWord(word));
  const limits = Object.entries(ulimits).map(([name, value]) => `--${name}=${value}`);
  const bound = ['--no-new-privs', 'prlimit', ...limits, '--', process.execPath, ...args];
  const child = spawn('setpriv', bound, {
    cwd: app,
    env: { PATH: process.env.PATH ?? '', ...given },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(isRoot ? { uid: own, gid: group } : {}),
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  services.push(child);
  return child;
}

/** Paths of the image are in a folder here, and older versions of Node name the permission model otherwise. */
function localWord(word: string): string {
  const isKnown = process.allowedNodeEnvironmentFlags.has('--permission');
  if (word === '--permission' && !isKnown) return '--experimental-permission';
  return word.replace('=/app/', `=${app}/`);
}

async function healthCheck(): Promise<number> {
  if (runtime === undefined) return -1;
  const [, command = ''] = /CMD (.*)$/.exec(instructionOf(runtime, 'HEALTHCHECK')) ?? [];
  const [code] = await once(startProgram(commandOf(command)), 'exit');
  return Number(code);
}

function ask(port: string, host: string, path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.once('error', reject);
    asked.end();
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-container-'));
  await chmod(folder, 0o755);
  app = join(folder, 'app');
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o700 });
  if (isRoot) await chown(data, uid, gid);
  await layPackages(app);
  if (runtime !== undefined) await layCopies(app, runtime);
  const worker = await layWorker(app);
  await copyCluster(inject('clusterTemplate'), join(folder, 'postgres'));
  postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  const [consolePort, livePort, replayPort] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ];
  environment = {
    ...(runtime === undefined ? {} : environmentOf(runtime)),
    MEDIASOUP_WORKER_BIN: worker,
    DATA_DIR: data,
    DATABASE_URL: postgres.url('owner'),
    DATABASE_APP_URL: postgres.url('app'),
    LIVE_COUNTRY: 'FI',
    CONSOLE_PORT: String(consolePort),
    LIVE_PORT: String(livePort),
    REPLAY_PORT: String(replayPort),
    CONSOLE_URL: 'https://console.help.example',
    LIVE_URL: 'https://live.help.example',
    REPLAY_URL: 'https://replay.example',
    TRUSTED_PROXIES: '127.0.0.1',
    SIGN_UP_CODE: 'a code',
    CALLS_WORKERS: '1',
    CALLS_ADDRESS: '127.0.0.1',
    CALLS_ANNOUNCED_ADDRESS: '127.0.0.1',
  };
  container = startProgram(commandOf(runtime === undefined ? '[]' : instructionOf(runtime, 'CMD')));
  for (const stream of [container.stdout, container.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  await until(() => {
    if (container.exitCode !== null) throw new Error(`It ended: ${lines.join('\n')}`);
    return lines.some((line) => line.includes('Ctrl-C ends everything'));
  }, START_MS);
}, START_MS);

afterAll(async () => {
  for (const service of services) {
    if (service.exitCode !== null || service.signalCode !== null) continue;
    service.kill('SIGKILL');
    await once(service, 'exit');
  }
  if (container?.exitCode === null) {
    container.kill('SIGKILL');
    await once(container, 'exit');
  }
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
}, START_MS);

describe('the command of the container', () => {
  it('serves console, live and replay under the names it was given', async () => {
    const { CONSOLE_PORT = '', LIVE_PORT = '', REPLAY_PORT = '' } = environment;
    const page = await ask(CONSOLE_PORT, 'console.help.example', '/');
    expect(page.status).toBe(200);
    expect(page.text).toContain('<html');
    expect((await ask(CONSOLE_PORT, 'console.help.example', '/sdk/v1/loader.js')).status).toBe(200);
    expect((await ask(REPLAY_PORT, 'replay.example', '/health')).status).toBe(200);
    expect((await ask(LIVE_PORT, 'live.help.example', '/health')).status).toBe(200);
    expect((await ask(CONSOLE_PORT, 'elsewhere.example', '/')).status).toBe(421);
  });

  it('passes its own health check', async () => {
    expect(await healthCheck()).toBe(0);
  });

  it(
    'offers calls and holds live to its limits',
    async () => {
      const health = () => ask(environment.LIVE_PORT ?? '', 'live.help.example', '/health');
      await until(async () => JSON.parse((await health()).text).calls.state === 'ready', START_MS);
      const limits: { name: string; inForce: boolean }[] = JSON.parse((await health()).text).limits;
      const inForce = limits.filter((limit) => limit.inForce).map(({ name }) => name);
      expect(inForce).toEqual([
        'file size 0',
        'no core dumps',
        "Node's permission to write withheld",
        'no new privileges',
        'no database address',
        'no io_uring',
      ]);
    },
    START_MS,
  );

  it(
    'ends as a container is stopped, and then is not healthy',
    async () => {
      container.kill('SIGTERM');
      const [code] = await once(container, 'exit');
      expect(code).toBe(0);
      expect(await healthCheck()).toBe(1);
    },
    START_MS,
  );
});

describe('the services of the compose file', () => {
  /** What the file settles of it; what it wants to be given is `more`. */
  function own(name: 'records' | 'live', more: Readonly<Record<string, string>>): Record<string, string> {
    const { CONSOLE_URL = '', LIVE_URL = '', REPLAY_URL = '' } = environment;
    const { CONSOLE_PORT = '', LIVE_PORT = '', REPLAY_PORT = '', MEDIASOUP_WORKER_BIN = '' } = environment;
    const image = runtime === undefined ? {} : environmentOf(runtime);
    const settled = Object.entries(compose.services[name].environment ?? {});
    return {
      ...image,
      ...Object.fromEntries(settled.filter(([, value]) => !value.includes('$'))),
      ...{ CONSOLE_URL, LIVE_URL, REPLAY_URL, CONSOLE_PORT, LIVE_PORT, REPLAY_PORT, MEDIASOUP_WORKER_BIN },
      ...{ TRUSTED_PROXIES: '127.0.0.1', JOURNAL_SECRET: 'j'.repeat(40) },
      ...more,
    };
  }

  it(
    'are started each alone, with an account of its own, and find each other',
    async () => {
      const JOURNAL_PORT = String(await findFreePort());
      const { DATABASE_URL = '', DATABASE_APP_URL = '', DATA_DIR = '', SIGN_UP_CODE = '' } = environment;
      const stores = {
        DATABASE_URL,
        DATABASE_APP_URL,
        DATA_DIR,
        SIGN_UP_CODE,
        JOURNAL_PORT,
        LIVE_COUNTRY: 'FI',
      };
      startService(compose.services.records, own('records', stores));
      const address = '127.0.0.1';
      const calls = { CALLS_PORT: '0', CALLS_WORKERS: '1', CALLS_ADDRESS: address };
      const JOURNAL_URL = `ws://127.0.0.1:${JOURNAL_PORT}/journal`;
      const given = own('live', { ...calls, CALLS_ANNOUNCED_ADDRESS: address, JOURNAL_URL });
      const live = startService(compose.services.live, given);
      const { LIVE_PORT = '', CONSOLE_PORT = '' } = environment;
      const health = async () => JSON.parse((await ask(LIVE_PORT, 'live.help.example', '/health')).text);
      await until(async () => {
        const ended = services.some(({ exitCode }) => exitCode !== null);
        if (ended) throw new Error(`It ended: ${lines.slice(-20).join('\n')}`);
        const { storage, calls: offered } = await health();
        return storage === 'up' && offered.state === 'ready';
      }, START_MS);
      const limits: { name: string; inForce: boolean }[] = (await health()).limits;
      const missing = limits.filter(({ inForce }) => !inForce).map(({ name }) => name);
      // What the engine mounts read only is writable on the machine that the test runs on.
      const engines = ['no writable file system'];
      expect(missing.toSorted()).toEqual(isRoot ? engines : ['a user that owns nothing', ...engines]);
      const status = readFileSync(`/proc/${live.pid}/status`, 'utf8');
      if (isRoot) expect(status).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m);
      expect(readFileSync(`/proc/${live.pid}/limits`, 'utf8')).toMatch(/Max file size +0 +0/);
      expect((await ask(CONSOLE_PORT, 'console.help.example', '/')).status).toBe(200);
    },
    START_MS,
  );

  it(
    'end when they are told to',
    async () => {
      for (const service of services) {
        service.kill('SIGTERM');
        const [code] = await once(service, 'exit');
        expect(code).toBe(0);
      }
    },
    START_MS,
  );
});
