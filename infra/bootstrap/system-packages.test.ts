/** Which packages are missing, and that none is installed without leave, by anybody but root, or unsaid. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { runCommand } from './run-command.mjs';
import { installPackages, missingPackages } from './system-packages.mjs';

const good = { ok: true, code: 0, notFound: false, tail: '' };
const refused = (tail: string) => ({ ...good, ok: false, code: 100, tail });
const absent = { ok: false, code: null, notFound: true, tail: '' };

/** A machine that answers to each command in turn, and notes what it was asked. */
function machine(answers: readonly (typeof good | typeof absent)[], root = true) {
  const asked: string[] = [];
  const left = [...answers];
  const run: typeof runCommand = async (command, args, options) => {
    const { DEBIAN_FRONTEND = 'asks' } = options?.env ?? {};
    asked.push([command, ...args, DEBIAN_FRONTEND].join(' '));
    return left.shift() ?? refused('asked once too often');
  };
  return { asked, system: { run, isRoot: () => root } };
}

describe('missing packages', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alongside-packages-'));
    await writeFile(join(folder, 'there'), '');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are those whose command or file is not here', async () => {
    const requirements = [
      { name: 'node', probe: { command: process.execPath } },
      { name: 'none', probe: { command: join(folder, 'none') } },
      { name: 'file', probe: { file: join(folder, 'there') } },
      { name: 'no-file', probe: { file: join(folder, 'not-there') } },
    ];
    expect(await missingPackages(requirements)).toEqual(['none', 'no-file']);
  });

  it('count as present by a command that is there, though it knows no --version', async () => {
    const { system } = machine([refused('unknown option')]);
    expect(await missingPackages([{ name: 'old', probe: { command: 'old' } }], system)).toEqual([]);
  });

  it('are found by pkg-config for libraries, and all of them without it', async () => {
    const library = [{ name: 'libuv1-dev', probe: { library: 'libuv' } }];
    const { system, asked } = machine([good, refused(''), absent]);
    expect(await missingPackages(library, system)).toEqual([]);
    expect(await missingPackages(library, system)).toEqual(['libuv1-dev']);
    expect(await missingPackages(library, system)).toEqual(['libuv1-dev']);
    expect(asked[0]).toBe('pkg-config --exists libuv asks');
  });
});

describe('an installation', () => {
  const names = ['g++', 'meson'];
  const command = 'apt-get install -y --no-install-recommends g++ meson';
  const message = 'missing system packages: g++ meson';

  it('is not made without leave, but named with its command', async () => {
    const { system, asked } = machine([]);
    const said: string[] = [];
    const result = await installPackages(names, { allowed: false, say: (line) => said.push(line) }, system);
    expect(result).toEqual({ ok: false, message, command });
    expect([asked, said]).toEqual([[], []]);
  });

  it('is not made by anybody but root, who would type it with sudo', async () => {
    const { system, asked } = machine([], false);
    const result = await installPackages(names, { allowed: true, say: () => undefined }, system);
    expect(result).toEqual({ ok: false, message, command: `sudo ${command}` });
    expect(asked).toEqual([]);
  });

  it('is announced before it is made, and asks nothing', async () => {
    const { system, asked } = machine([good]);
    const before: number[] = [];
    const say = (line: string) => {
      expect(line).toBe('installing system packages: g++ meson');
      before.push(asked.length);
    };
    expect(await installPackages(names, { allowed: true, say }, system)).toEqual({ ok: true });
    expect(before).toEqual([0]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/^apt-get .*install -y --no-install-recommends g\+\+ meson noninteractive$/);
  });

  it('is tried once more with new lists of packages', async () => {
    const { system, asked } = machine([refused('E: Unable to locate'), good, good]);
    expect(await installPackages(names, { allowed: true, say: () => undefined }, system)).toEqual({
      ok: true,
    });
    expect(asked.map((line) => / (install|update) /.exec(line)?.[1])).toEqual([
      'install',
      'update',
      'install',
    ]);
  });

  it('that fails says what apt-get said, and what to type', async () => {
    const { system } = machine([refused('E: first'), good, refused('Reading\nE: no such package\nmore')]);
    const result = await installPackages(names, { allowed: true, say: () => undefined }, system);
    expect(result).toEqual({
      ok: false,
      message: 'apt-get could not install g++ meson (E: no such package)',
      command,
    });
  });

  it('without apt-get says so at once', async () => {
    const { system, asked } = machine([absent]);
    const result = await installPackages(names, { allowed: true, say: () => undefined }, system);
    expect(result).toEqual({ ok: false, message: 'missing, and apt-get is not here: g++ meson', command });
    expect(asked).toHaveLength(1);
  });
});
