/** `npm run release` as it is typed: the package is made, and what somebody else installs of it works. */

import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runCommand } from '../bootstrap/run-command.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(new URL('./release.mjs', import.meta.url));
const LIMIT_MS = 300_000;

it(
  'packs the visitor SDK, and the tarball works elsewhere in Node, for the compiler and in Chromium',
  async () => {
    const before = Date.now();
    const lines: string[] = [];
    const { ok } = await runCommand(process.execPath, [program], {
      cwd: root,
      onLine: (line) => lines.push(line),
    });
    expect(ok, lines.join('\n')).toBe(true);
    for (const done of [
      ...['build the visitor SDK', 'pack it', 'install the tarball elsewhere', 'load it in Node'],
      ...['check its types', 'load it in Chromium'],
    ]) {
      expect(lines.filter((line) => line.startsWith(`  ${done}: done in `))).toHaveLength(1);
    }
    for (const part of ['loader', 'panel', 'sharing', 'call']) {
      expect(lines.some((line) => new RegExp(`^${part}\\.js: \\d+ / \\d+ / \\d+ bytes$`).test(line))).toBe(
        true,
      );
    }
    const tarball = lines.at(-1) ?? '';
    expect(tarball).toMatch(/alongside-visitor-sdk-[\d.]+\.tgz$/);
    expect((await stat(tarball)).mtimeMs).toBeGreaterThan(before - 1_000);
    // The licence lies beside the sources for the packing only.
    expect(await readdir(new URL('../../visitor-sdk', import.meta.url))).not.toContain('LICENSE');
  },
  LIMIT_MS,
);
