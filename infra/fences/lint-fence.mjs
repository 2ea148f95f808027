/** Fence D: the editor marks an import across the border at once; shown by linting a planted one. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';

export const LINT_BREACH = {
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
 * How many imports the linter refuses in a file of the copy.
 * @param {string} folder
 * @param {string} file
 * @returns {Promise<number>}
 */
export function refusedImports(folder, file) {
  const biome = join(folder, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = [biome, 'lint', '--config-path=infra', '--vcs-enabled=false', '--colors=off', file];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 16_000_000 }, (_error, stdout, stderr) => {
      resolve(`${stdout}\n${stderr}`.match(/lint\/style\/noRestrictedImports/g)?.length ?? 0);
    });
  });
}
