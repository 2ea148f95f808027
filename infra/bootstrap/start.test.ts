/**
 * `npm start` as a program, on a machine that has nothing to build a media worker with, no worker in its cache and no
 * network to fetch one from: calls are off with the command that would help, and all the rest is up.
 */

import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '@alongside/testkit';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findFreePort } from '../../server/src/app/embedded-postgres/free-port.js';
import { copyCluster } from '../../server/test/cluster-template.js';
import { StartedMain } from '../../server/test/started-main.js';
import { runCommand } from './run-command.mjs';

const program = fileURLToPath(new URL('./start.mjs', import.meta.url));
/** What the service itself uses of the system. There is no apt-get among it, no compiler and no pkg-config. */
const PROGRAMS = ['sh', 'prlimit', 'setpriv'];
const SLOW_MS = 60_000;

let folder: string;
let environment: Readonly<Record<string, string>>;
const started: StartedMain[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-start-'));
  // Postgres and live may run as accounts that have to pass through.
  await chmod(folder, 0o711);
  const data = join(folder, 'data');
  await mkdir(data);
  await copyCluster(inject('clusterTemplate'), join(data, 'postgres'));
  environment = {
    PATH: await makePath(),
    HOME: join(folder, 'home'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    DATA_DIR: data,
    // Nobody listens on a port that was just given back.
    MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: `http://127.0.0.1:${await findFreePort()}`,
    // Some machines set it where they are no build machine.
    CI: 'false',
  };
});

afterAll(async () => {
  for (const each of started.splice(0)) await each.stop();
  await rm(folder, { recursive: true, force: true });
});

async function makePath(): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const name of PROGRAMS) {
    const { tail } = await runCommand('/bin/sh', ['-c', `command -v ${name}`]);
    if (tail !== '') await symlink(tail, join(bin, name));
  }
  return bin;
}

function start(): StartedMain {
  const main = new StartedMain(environment, program);
  started.push(main);
  return main;
}

interface Calls {
  readonly state: string;
  readonly remedy?: string;
}

async function calls(main: StartedMain): Promise<Calls> {
  return JSON.parse((await main.ask('Live', '/health')).text).calls;
}

/** What still works in or with this test's folder. */
async function leftOver(): Promise<readonly string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map(async (pid) => {
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return cwd.startsWith(folder) || line.includes(folder) ? line.replaceAll('\0', ' ') : '';
    }),
  );
  return lines.filter((line) => line !== '');
}

describe('A start where no media worker can be had', () => {
  const command =
    /(sudo )?apt-get install -y --no-install-recommends g\+\+ meson ninja-build pkg-config patch /;
  let main: StartedMain;

  it(
    'serves everything but calls, and names the command that would help',
    async () => {
      main = await start().ready();
      await main.waitFor(/media worker: calls stay off; everything else runs\./);
      expect(main.text).toMatch(/media worker: .*missing system packages: g\+\+ meson ninja-build/);
      expect(main.text).toMatch(command);
      expect(main.text).not.toContain('installing system packages');
      await until(async () => (await calls(main)).state === 'unavailable');
      expect((await calls(main)).remedy).toMatch(command);
      expect((await main.ask('Console', '/')).status).toBe(200);
      expect((await main.ask('Console', '/sdk/v1/loader.js')).status).toBe(200);
      for (const [path, held] of [
        ['/sdk/v1/', ['preact', 'mediasoup-client']],
        ['/', ['react-dom', 'socket.io-client', 'rrweb', 'postcss', 'mediasoup-client']],
      ] as const) {
        const { text } = await main.ask('Console', `${path}third-party-notices.txt`);
        for (const name of held) expect(text).toMatch(new RegExp(`^${name} [\\d.]+ \\(MIT|ISC\\)$`, 'm'));
      }
      const installation = await main.ask('Console', '/api/installation');
      expect(JSON.parse(installation.text)).toMatchObject({ anyCustomer: true, storage: 'up' });
      expect((await main.ask('Replay', '/')).status).toBe(200);
      expect((await main.ask('Shop', '/')).text).toContain('data-alongside-site');
      expect(main.signIns()).toHaveLength(3);
    },
    SLOW_MS,
  );

  it(
    'ends with Ctrl-C and code 0, and leaves nothing behind',
    async () => {
      main.signal('SIGINT');
      expect(await main.exit()).toBe(0);
      expect(await leftOver()).toEqual([]);
    },
    SLOW_MS,
  );
});
