/** When an installation is left as it is, and what is said when it cannot be made. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ensureDependencies, installedMatches } from './ensure-dependencies.mjs';

const lock = (packages: Record<string, unknown>) => JSON.stringify({ lockfileVersion: 3, packages });
const one = { version: '1.0.0', integrity: 'sha512-one' };

describe('what is installed', () => {
  it('matches when every package of the lock is there', () => {
    const wanted = lock({
      '': {},
      server: {},
      'node_modules/one': one,
      'node_modules/@a/server': { link: true },
    });
    expect(
      installedMatches(wanted, lock({ 'node_modules/one': one, 'node_modules/@a/server': { link: true } })),
    ).toBe(true);
  });

  it('does not match with a package missing, of another version or of other content', () => {
    const wanted = lock({ 'node_modules/one': one });
    expect(installedMatches(wanted, lock({}))).toBe(false);
    expect(installedMatches(wanted, lock({ 'node_modules/one': { ...one, version: '1.0.1' } }))).toBe(false);
    expect(installedMatches(wanted, lock({ 'node_modules/one': { ...one, integrity: 'sha512-two' } }))).toBe(
      false,
    );
    expect(installedMatches(wanted, '')).toBe(false);
  });

  it('may lack what is optional, which is how other platforms are named', () => {
    expect(installedMatches(lock({ 'node_modules/one': { ...one, optional: true } }), lock({}))).toBe(true);
  });

  it('may lie in the folder of a workspace', () => {
    const wanted = lock({ 'server/node_modules/one': one });
    expect(installedMatches(wanted, lock({}))).toBe(false);
    expect(installedMatches(wanted, lock({ 'server/node_modules/one': one }))).toBe(true);
  });
});

describe('without a network', () => {
  const folders: string[] = [];
  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  it('names the remedy', async () => {
    const root = await mkdtemp(join(tmpdir(), 'alongside-offline-'));
    folders.push(root);
    // Nobody listens on a port that was just given back.
    const registry = `http://127.0.0.1:${await closedPort()}`;
    const dependencies = { 'not-there': '1.0.0' };
    const resolved = `${registry}/not-there/-/not-there-1.0.0.tgz`;
    const packages = {
      '': { name: 'offline', dependencies },
      'node_modules/not-there': { version: '1.0.0', resolved, integrity: `sha512-${'A'.repeat(86)}==` },
    };
    await writeFile(join(root, 'package.json'), JSON.stringify({ name: 'offline', dependencies }));
    await writeFile(join(root, 'package-lock.json'), lock(packages));
    vi.stubEnv('npm_config_registry', registry);
    vi.stubEnv('npm_config_cache', join(root, 'cache'));
    await expect(ensureDependencies(root)).rejects.toMatchObject({
      message: 'npm cannot reach its package registry',
      remedy: expect.stringContaining('registry'),
    });
  }, 60_000);
});

function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
