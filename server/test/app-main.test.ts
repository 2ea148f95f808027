/** One command starts everything and one key ends it: addresses, sign-ins, limits, faults at the start, recovery. */

import { chmod, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@alongside/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listeningSockets } from './listening-sockets.js';
import { StartedMain } from './started-main.js';
import { mediaWorkerBin } from './test-tools.js';

const onLinux = process.platform === 'linux';
const SLOW_MS = 90_000;
let folder: string;
const started: StartedMain[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-main-'));
  // Postgres may run as an account that has to pass through.
  await chmod(folder, 0o711);
});

afterAll(async () => {
  for (const each of started.splice(0)) await each.stop();
  await rm(folder, { recursive: true, force: true });
});

function start(env: Readonly<Record<string, string>> = {}): StartedMain {
  const main = new StartedMain({ DATA_DIR: join(folder, 'data'), ...env });
  started.push(main);
  return main;
}

/** Processes that work with the data folder or below this test's folder, by what they were started with. */
async function processesOf(): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [cwd, line] = await Promise.all([
        readlink(`/proc/${pid}/cwd`).catch(() => ''),
        readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
      ]);
      return cwd.startsWith(folder) || line.includes(folder) ? line.split('\0').slice(0, 2).join(' ') : '';
    }),
  );
  return found.filter((line) => line !== '');
}

async function registered(): Promise<readonly string[]> {
  return (await readdir(join(folder, 'data', 'run')).catch(() => [])).toSorted();
}

async function pidOf(name: string): Promise<number> {
  const { pid } = JSON.parse(await readFile(join(folder, 'data', 'run', `${name}.json`), 'utf8'));
  return pid;
}

/** One installation from its first start to its last, in order: each test goes on where the one before ended. */
describe('An installation', () => {
  let main: StartedMain;
  let signIns: readonly string[];
  const siteKey = /data-alongside-site="(site_[\w-]{22})"/;

  it(
    'serves at its addresses and makes the demo customer',
    async () => {
      main = await start({ MEDIASOUP_WORKER_BIN: await mediaWorkerBin() }).ready();
      const installation = await main.ask('Console', '/api/installation');
      expect(JSON.parse(installation.text)).toMatchObject({ anyCustomer: true, storage: 'up' });
      expect((await main.ask('Console', '/')).status).toBe(200);
      expect((await main.ask('Console', '/sdk/v1/loader.js')).status).toBe(200);
      const policy = (await main.ask('Replay', '/')).headers['content-security-policy'];
      expect(policy).toContain("default-src 'none'");
      expect((await main.ask('Shop', '/')).text).toMatch(siteKey);
      signIns = main.signIns();
      expect(signIns).toHaveLength(3);
      await until(async () => (await health(main)).calls.state === 'ready');
    },
    SLOW_MS,
  );

  it('says at its start and in /health which limits bind live, and they are in force', async () => {
    const { limits } = await health(main);
    const inForce = limits.filter((limit) => limit.inForce).map(({ name }) => name);
    const expected = ["Node's permission to write withheld", 'no database address', 'no io_uring'];
    if (onLinux) expected.push('file size 0', 'no core dumps');
    if (process.getuid?.() === 0) expected.push('a user that owns nothing');
    for (const name of expected) {
      expect(inForce).toContain(name);
      expect(main.text).toContain(name);
    }
    if (!onLinux) return;
    const environment = await readFile(`/proc/${await pidOf('live')}/environ`, 'utf8');
    expect(environment).not.toMatch(/postgres|DATABASE|SECRET|PASS/i);
    // With mounts of its own, or with the reason why they are not given to it.
    expect(main.text).toContain('no writable file system');
    const kernel = await readFile(`/proc/${await pidOf('live')}/limits`, 'utf8');
    expect(kernel).toMatch(/Max file size +0 +0/);
  });

  it('[CX19] listens where its addresses are, on this machine alone, and nowhere else', async () => {
    if (!onLinux) return;
    const names = ['Console', 'Live', 'Replay', 'Shop'] as const;
    const named = new Map<string, string>(names.map((name) => [new URL(main.origin(name)).port, name]));
    const found = (await listeningSockets(main.pid)).map(
      ({ program, address, port }) => `${program} ${address} ${named.get(port) ?? 'for its own'}`,
    );
    // A media worker for each core of the machine.
    expect([...new Set(found)].toSorted()).toEqual([
      'live-main.js 127.0.0.1 Live',
      'main.js 127.0.0.1 Shop',
      'mediasoup-worker 127.0.0.1 for its own',
      'postgres 127.0.0.1 for its own',
      'records-main.js 127.0.0.1 Console',
      'records-main.js 127.0.0.1 Replay',
      'records-main.js 127.0.0.1 for its own',
    ]);
  });

  it('does not share its data folder with another start', async () => {
    const second = start();
    expect(await second.exit()).toBe(1);
    expect(second.text).toContain(`already runs as process ${main.pid}`);
    expect((await main.ask('Console', '/health')).status).toBe(200);
  });

  it(
    'brings a crashed child back while the rest goes on',
    async () => {
      process.kill(await pidOf('live'), 'SIGKILL');
      await main.waitFor(/live ended \(SIGKILL\)/);
      await until(async () => (await health(main)).storage === 'up', SLOW_MS);
      process.kill(await pidOf('records'), 'SIGKILL');
      await main.waitFor(/records ended \(SIGKILL\)/);
      await until(async () => (await main.ask('Console', '/health')).status === 200, SLOW_MS);
      await until(async () => (await health(main)).storage === 'up', SLOW_MS);
    },
    SLOW_MS,
  );

  it(
    'starts again after everything of it was killed, with the same sign-ins',
    async () => {
      const key = siteKey.exec((await main.ask('Shop', '/')).text)?.[1];
      const pids = await Promise.all(['records', 'live', 'shop'].map(pidOf));
      for (const pid of [main.pid, ...pids]) process.kill(pid, 'SIGKILL');
      await main.exit();
      main = await start({ CALLS: 'off' }).ready();
      expect(main.text).toMatch(/killed/);
      expect(main.signIns()).toEqual(signIns);
      expect(siteKey.exec((await main.ask('Shop', '/')).text)?.[1]).toBe(key);
      expect((await health(main)).calls).toEqual({ state: 'unavailable', remedy: 'CALLS is off.' });
    },
    SLOW_MS,
  );

  it(
    'takes its children along when it is killed alone, and ends cleanly with Ctrl-C',
    async () => {
      const pids = await Promise.all(['records', 'live', 'shop'].map(pidOf));
      process.kill(main.pid, 'SIGKILL');
      await main.exit();
      await until(() => pids.every((pid) => !isRunning(pid)), SLOW_MS);
      const statusFile = join(folder, 'media-worker-status.json');
      await writeFile(statusFile, JSON.stringify({ state: 'building', done: 7, total: 225 }));
      main = await start({ MEDIA_WORKER_STATUS_FILE: statusFile }).ready();
      await until(async () => (await health(main)).calls.state === 'building');
      // Calls come on by themselves once the worker is there.
      await writeFile(statusFile, JSON.stringify({ state: 'ready', bin: await mediaWorkerBin() }));
      await until(async () => (await health(main)).calls.state === 'ready', SLOW_MS);
      await main.waitFor(/^ {2}Calls +on$/);
      expect(await main.stop()).toBe(0);
      expect(await registered()).toEqual([]);
      if (onLinux) expect(await processesOf()).toEqual([]);
    },
    SLOW_MS,
  );
});

interface Health {
  readonly limits: readonly { readonly name: string; readonly inForce: boolean }[];
  readonly calls: { readonly state: string };
  readonly storage: string;
}

async function health(main: StartedMain): Promise<Health> {
  return JSON.parse((await main.ask('Live', '/health')).text);
}

describe('A start that cannot be', () => {
  it('names a taken port and the way out, once, with exit code 1', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const main = start({ LIVE_PORT: String(port) });
    expect(await main.exit()).toBe(1);
    expect(main.lines).toEqual([
      `alongside: Port ${port} is taken by another program. End that one, or set LIVE_PORT to another port.`,
    ]);
    holder.close();
  });

  it('names every bad setting at once', async () => {
    const main = start({
      ...{ HOST: '0.0.0.0', STORAGE_COUNTRY: 'x', DEBUG: 'socket.io' },
      ...{ TLS_KEY_FILE: '/nowhere/key.pem', SIGN_UP: 'code' },
    });
    expect(await main.exit()).toBe(1);
    for (const name of [
      ...['STORAGE_COUNTRY', 'DEBUG', 'TRUSTED_PROXIES', 'CONSOLE_URL', 'LIVE_URL', 'REPLAY_URL'],
      ...['TLS_CERT_FILE and TLS_KEY_FILE belong together', 'SIGN_UP_CODE', 'CALLS_ANNOUNCED_ADDRESS'],
    ]) {
      expect(main.text).toContain(name);
    }
  });

  it('that is ended while its database is made leaves nothing running', async () => {
    const main = start({ DATA_DIR: join(folder, 'early') });
    await main.waitFor(/database: making it/);
    expect(await main.stop()).toBe(0);
    if (onLinux) expect(await processesOf()).toEqual([]);
  });

  it('on a database that does not answer ends with one message and nothing left', async () => {
    const main = start({ DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/none', LIVE_COUNTRY: 'FI' });
    expect(await main.exit()).toBe(1);
    expect(main.lines.filter((line) => line.startsWith('alongside:'))).toHaveLength(1);
    expect(await registered()).toEqual([]);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
