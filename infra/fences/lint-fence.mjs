/** Fence D: the editor marks an import across the border at once; shown by linting a planted one. */

import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const LINT_BREACH = {
  file: 'server/src/live/breach-five.ts',
  text: [
    "import { DataSource } from 'typeorm';",
    "import { Client } from 'pg';",
    "import { createRecordsCore } from '../records/index.js';",
    'export const reached = [DataSource, Client, createRecordsCore];',
    '',
  ].join('\n'),
};

/**
 * How many of its imports the linter refuses, by the rules of the project. In a folder of its own, since the linter
 * reads all that lies around a file before it looks at it.
 * @param {string} root
 * @returns {Promise<number>}
 */
export async function refusedImports(root) {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-lint-'));
  try {
    for (const path of ['infra', dirname(LINT_BREACH.file)])
      await mkdir(join(folder, path), { recursive: true });
    await copyFile(join(root, 'infra', 'biome.json'), join(folder, 'infra', 'biome.json'));
    await writeFile(join(folder, LINT_BREACH.file), LINT_BREACH.text);
    return await lint(root, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {string} cwd
 * @returns {Promise<number>}
 */
function lint(root, cwd) {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = [
    biome,
    'lint',
    '--config-path=infra',
    '--vcs-enabled=false',
    '--colors=off',
    LINT_BREACH.file,
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 16_000_000 }, (_error, stdout, stderr) => {
      resolve(`${stdout}\n${stderr}`.match(/lint\/style\/noRestrictedImports/g)?.length ?? 0);
    });
  });
}
