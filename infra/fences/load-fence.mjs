/** Fence F: the built programs are loaded under a hook that throws when a database driver is asked for. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HOOK = fileURLToPath(new URL('./refuse-database.mjs', import.meta.url));

/**
 * @param {string} file
 * @returns {Promise<string>} Empty when it loads, else what was thrown.
 */
export function loadWithoutDatabase(file) {
  const code = `await import(${JSON.stringify(pathToFileURL(file).href)}); process.exit(0);`;
  return new Promise((resolve) => {
    const args = ['--import', pathToFileURL(HOOK).href, '--input-type=module', '--eval', code];
    execFile(process.execPath, args, { timeout: 20_000 }, (error, _stdout, stderr) => {
      resolve(error === null ? '' : stderr || error.message);
    });
  });
}

/** @param {string} root */
export function builtPrograms(root) {
  const app = join(root, 'server', 'dist', 'app');
  return {
    live: join(root, 'server', 'dist', 'live', 'index.js'),
    relay: join(root, 'server', 'dist', 'live', 'relay', 'relay.js'),
    buildLive: join(app, 'build-live.js'),
    buildRecords: join(app, 'build-records.js'),
  };
}
