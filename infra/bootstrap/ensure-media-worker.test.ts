/** What a start does about the media worker before anything is fetched or built. */
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginMediaWorker, requireMediaWorker } from './ensure-media-worker.mjs';

// What a worker says by its exit code when nobody but a person started it.
const WORKER = '#!/bin/sh\nexit 41\n';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'alongside-worker-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(root, { recursive: true });
});

it('leaves it alone where calls are off, even one that does not start', async () => {
  const env = { CALLS: 'off', MEDIASOUP_WORKER_BIN: '/bin/false' };
  const worker = await beginMediaWorker({ root, mayInstall: true, env });
  expect(worker.env).toEqual({});
  await worker.stop();
  await expect(stat(join(root, '.data'))).rejects.toThrow('ENOENT');
});

it('refuses one that is named and does not start', async () => {
  const env = { MEDIASOUP_WORKER_BIN: '/bin/false' };
  await expect(beginMediaWorker({ root, mayInstall: false, env })).rejects.toMatchObject({
    name: 'SetupFailure',
    message: expect.stringContaining('MEDIASOUP_WORKER_BIN does not start'),
  });
});

it('hands on one that is named, for root as a copy that others may run', async () => {
  const given = join(root, 'given-worker');
  await writeFile(given, WORKER);
  await chmod(given, 0o700);
  const env = { MEDIASOUP_WORKER_BIN: given };
  const { env: told } = await beginMediaWorker({ root, mayInstall: false, env });
  const isRoot = process.getuid?.() === 0;
  const expected = isRoot ? join(root, 'server', 'dist', 'media-worker', 'mediasoup-worker') : given;
  expect(told).toEqual({ MEDIASOUP_WORKER_BIN: expected });
  expect(await readFile(expected, 'utf8')).toBe(WORKER);
  if (isRoot) expect((await stat(expected)).mode & 0o777).toBe(0o755);
});

it('replaces that copy when another one is named', async () => {
  const older = join(root, 'older');
  const newer = join(root, 'newer');
  await writeFile(older, WORKER, { mode: 0o755 });
  await writeFile(newer, `${WORKER}# newer\n`, { mode: 0o755 });
  for (const bin of [older, newer]) {
    const { env } = await beginMediaWorker({ root, mayInstall: false, env: { MEDIASOUP_WORKER_BIN: bin } });
    expect(await readFile(env.MEDIASOUP_WORKER_BIN ?? '', 'utf8')).toBe(await readFile(bin, 'utf8'));
  }
});

it('says what is wrong with a data folder that it cannot write its progress to', async () => {
  await writeFile(join(root, 'a-file'), '');
  // The recipe is read from the mediasoup that is installed, wherever the data lies.
  await mkdir(join(root, 'node_modules', 'mediasoup', 'node', 'lib'), { recursive: true });
  await mkdir(join(root, 'server'));
  await writeFile(join(root, 'server', 'package.json'), '{}');
  const mediasoup = join(root, 'node_modules', 'mediasoup');
  await writeFile(join(mediasoup, 'package.json'), '{"version":"0.0.0","main":"node/lib/index.js"}');
  await writeFile(join(mediasoup, 'node', 'lib', 'index.js'), '');
  const env = { XDG_CACHE_HOME: join(root, 'cache'), DATA_DIR: 'a-file' };
  await expect(beginMediaWorker({ root, mayInstall: false, env })).rejects.toMatchObject({
    name: 'SetupFailure',
    message: expect.stringContaining('the data folder cannot be written'),
    remedy: expect.stringContaining('DATA_DIR'),
  });
});

describe('a test run on a machine without compilers, a worker in its cache or a network', () => {
  const project = fileURLToPath(new URL('../..', import.meta.url));
  const isRoot = process.getuid?.() === 0;
  const packages = /g\+\+ meson ninja-build pkg-config patch python3 /;
  const said: string[] = [];

  beforeEach(() => {
    vi.stubEnv('PATH', root);
    vi.stubEnv('XDG_CACHE_HOME', join(root, 'cache'));
    vi.stubEnv('MEDIASOUP_WORKER_BIN', '');
    vi.stubEnv('MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL', 'http://127.0.0.1:1');
    said.length = 0;
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => said.push(String(line)) > 0);
  });

  it('fails without leave to install, naming the packages and the command', async () => {
    await expect(requireMediaWorker({ root: project, mayInstall: false })).rejects.toMatchObject({
      name: 'SetupFailure',
      message: expect.stringMatching(packages),
      remedy: expect.stringMatching(
        isRoot
          ? /^Run: apt-get install -y .*libssl-dev \(or add -- --yes, which does it\)$/
          : /^Run: sudo apt-get install -y .*libssl-dev$/,
      ),
    });
    expect(said.join('')).not.toContain('installing');
  });

  it('with leave says what it installs, for root, and fails where that cannot be done', async () => {
    const failure = await requireMediaWorker({ root: project, mayInstall: true }).catch((error) => error);
    expect(failure.message).toMatch(packages);
    expect(failure.message.includes('apt-get is not here')).toBe(isRoot);
    expect(failure.remedy).not.toContain('--yes');
    expect(said.some((line) => /installing system packages: g\+\+ meson/.test(line))).toBe(isRoot);
  });
});
