/** The process `live` under its limits, also where the project lies in a folder that only root may enter. */

import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from '@alongside/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFreePort } from '../src/app/embedded-postgres/free-port.js';
import type { LiveSettings } from '../src/app/live-settings.js';
import { liveCommand } from '../src/app/supervisor/live-command.js';
import type { LivePlace } from '../src/app/supervisor/live-place.js';
import { findLivePlace } from '../src/app/supervisor/live-place.js';
import { SupervisedProcess } from '../src/app/supervisor/supervised-process.js';
import { mediaWorkerBin } from './test-tools.js';

const built = fileURLToPath(new URL('../dist/app', import.meta.url));
const root = dirname(dirname(dirname(built)));
const isRoot = process.getuid?.() === 0;

let folder: string;
const endings: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-live-test-'));
});

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  await rm(folder, { recursive: true, force: true });
});

async function startLive(place: LivePlace) {
  endings.push(() => place.remove());
  const { command } = await liveCommand(place);
  const port = await findFreePort();
  const settings: LiveSettings = {
    nodeId: 'live-test',
    host: '127.0.0.1',
    port,
    origin: `http://live.localhost:${port}`,
    consoleOrigin: 'http://console.localhost:1',
    journal: { url: 'ws://127.0.0.1:9/journal', secret: 's'.repeat(43) },
    tls: undefined,
    trustedProxies: [],
    calls: {
      ...{ offered: true, port: 0, workers: 1, turn: undefined },
      places: [{ address: '127.0.0.1', announcedAddress: undefined }],
    },
    mediaWorker: { state: 'ready', bin: await place.placeWorker(await mediaWorkerBin()) },
    ownAccount: place.identity.uid !== undefined,
    logLevel: 'warn',
  };
  const lines: string[] = [];
  const live = new SupervisedProcess({
    name: 'live',
    command,
    onLine: (line) => lines.push(line),
    onLost: (end) => lines.push(end),
  });
  await live.start({ settings: () => settings, onStarted: () => undefined, onListening: () => undefined });
  endings.push(() => live.stop());
  return { live, port, lines };
}

function health(
  port: number,
): Promise<{ calls: { state: string }; limits: { name: string; inForce: boolean }[] }> {
  return new Promise((resolve, reject) => {
    const headers = { host: `live.localhost:${port}` };
    const asked = request({ host: '127.0.0.1', port, path: '/health', headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.once('end', () => resolve(JSON.parse(text)));
    });
    asked.once('error', reject);
    asked.end();
  });
}

describe('Live', () => {
  it('runs media as an account that owns nothing, wherever the project lies', async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed, { mode: 0o700 });
    await chmod(folder, 0o755);
    await symlink(built, join(closed, 'app'));
    const place = await findLivePlace({ root: closed, folder: join(closed, 'app') });
    // Only root has to move it: everybody else reads their own project.
    expect(place.program.startsWith(closed)).toBe(!isRoot);
    const { live, port, lines } = await startLive(
      isRoot ? place : await findLivePlace({ root, folder: built }),
    );
    await until(async () => (await health(port)).calls.state === 'ready');
    const inForce = (await health(port)).limits.filter((limit) => limit.inForce).map(({ name }) => name);
    expect(inForce).toContain("Node's permission to write withheld");
    if (isRoot) expect(inForce).toContain('a user that owns nothing');
    if (isRoot && (await grantsMounts())) expect(inForce).toContain('no writable file system');
    expect(lines.filter((line) => line.includes('error'))).toEqual([]);
    // The signal that opens Node's inspector, through which memory could be read.
    process.kill(live.pid ?? 0, 'SIGUSR1');
    for (let round = 0; round < 5; round += 1) await health(port);
    expect(lines.join()).not.toMatch(/debugger|inspector/i);
    if (process.platform === 'linux') await expectBound(live.pid ?? 0);
  });

  it('takes its copy away at the end', async () => {
    const place = await findLivePlace({ root, folder: built });
    const worker = await place.placeWorker(await mediaWorkerBin());
    await place.remove();
    if (worker !== (await mediaWorkerBin())) await expect(readFile(worker)).rejects.toThrow('ENOENT');
  });

  /** The process and its media worker: no file may grow, no core is left, and nobody's account. */
  async function expectBound(pid: number): Promise<void> {
    for (const each of [pid, ...(await childrenOf(pid))]) {
      const limits = await readFile(`/proc/${each}/limits`, 'utf8');
      expect(limits).toMatch(/Max file size +0 +0/);
      expect(limits).toMatch(/Max core file size +0 +0/);
      const status = await readFile(`/proc/${each}/status`, 'utf8');
      expect(status).toMatch(/^NoNewPrivs:\t1$/m);
      if (isRoot) expect(status).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m);
    }
  }

  /** Many containers refuse it, to root as well. */
  function grantsMounts(): Promise<boolean> {
    return promisify(execFile)('unshare', ['--mount', '--propagation', 'private', '--', 'true']).then(
      () => true,
      () => false,
    );
  }

  async function childrenOf(pid: number): Promise<readonly number[]> {
    const found: number[] = [];
    for (const name of (await readdir('/proc')).filter((each) => /^\d+$/.test(each))) {
      const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
      if (status.includes(`\nPPid:\t${pid}\n`)) found.push(Number(name));
    }
    expect(found.length).toBeGreaterThan(0);
    return found;
  }
});
