/** The world of the server's tests as a bundle, with the built server's packages around it. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleText } from './browser-pages.mjs';
import { Child } from './child.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = `export { World } from './server/test/records-world.ts';
export { JOURNAL_SECRET } from './server/test/journal-line.ts';
export { templateFolder } from 'vitest';`;

/**
 * Tests copy a cluster that their runner made; here there is no runner, and a process starts one world. It makes the
 * cluster when it loads.
 */
const cluster = `import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from './server/src/app/embedded-postgres/index.ts';
const folder = await mkdtemp(join(tmpdir(), 'alongside-template-'));
await chmod(folder, 0o711);
const dataDir = join(folder, 'postgres');
await (await startEmbeddedPostgres({ dataDir })).stop();
export const templateFolder = folder;
export const inject = () => dataDir;`;

const ownCluster = {
  name: 'own-cluster',
  setup(build) {
    build.onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', namespace: 'own-cluster' }));
    build.onLoad({ filter: /.*/, namespace: 'own-cluster' }, () => ({
      ...{ contents: cluster, loader: 'ts', resolveDir: root },
    }));
  },
};

/**
 * Starts a process with a whole `records` and its Postgres, and ends both whatever happens meanwhile.
 *
 * @template Result
 * @param {string} module Beside this file.
 * @param {(records: Child) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withRecords(module, work) {
  // Within the project, so that its packages are found.
  const folder = join(root, '.data', `bench-${process.pid}`);
  await mkdir(folder, { recursive: true });
  let records;
  try {
    const text = await bundleText(source, {
      ...{ platform: 'node', format: 'esm', target: 'node20', packages: 'external', define: {} },
      plugins: [ownCluster],
    });
    const file = join(folder, 'world.mjs');
    await writeFile(file, text);
    records = await Child.start(module, { BENCH_WORLD: pathToFileURL(file).href });
    return await work(records);
  } finally {
    await records?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
