/** Builds the project when its sources are not those of the last build. */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildAll } from './build-all.mjs';

const SOURCES = [
  'packages',
  'server/src',
  'server/bundle.mjs',
  'server/compile-start.mjs',
  'server/package.json',
  'visitor-sdk',
  'agent-console',
  'infra/demo-shop',
  // The proof, which is bundled with what it shares with the journeys.
  'e2e/build.mjs',
  'e2e/agent',
  'e2e/proof',
  'e2e/service',
  'e2e/visitor',
  'infra/tsconfig.base.json',
  'tsconfig.json',
  'package-lock.json',
];
const SKIPPED = new Set(['node_modules', 'dist', 'test-results']);
const STAMP = 'node_modules/.alongside-build';
/** Gone when somebody cleans up by hand, though the stamp is still there. */
export const MAIN = 'server/dist/app/main.js';

/**
 * @param {string} root
 * @returns {Promise<'present' | 'built'>}
 */
export async function ensureBuild(root) {
  const stampFile = join(root, STAMP);
  const sources = await hashSources(root);
  const stamp = await readFile(stampFile, 'utf8').catch(() => '');
  const main = await stat(join(root, MAIN)).catch(() => undefined);
  if (stamp === sources && main) return 'present';
  // Without a stamp, a build that is interrupted counts as none.
  await rm(stampFile, { force: true });
  await buildAll({ root, minify: true });
  await writeFile(stampFile, sources);
  return 'built';
}

/**
 * By content: times of change differ after a checkout, and a copied folder keeps old ones.
 * @param {string} root
 */
async function hashSources(root) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const source of SOURCES) await addToHash(hash, root, source);
  return hash.digest('hex');
}

/**
 * By the names within the project: a copy of it elsewhere holds the same build.
 * @param {import('node:crypto').Hash} hash
 * @param {string} root
 * @param {string} path
 */
async function addToHash(hash, root, path) {
  const found = await stat(join(root, path)).catch(() => undefined);
  if (!found) return;
  if (found.isFile()) {
    const content = await readFile(join(root, path));
    hash.update(`${path}\n${content.length}\n`).update(content);
    return;
  }
  const names = (await readdir(join(root, path))).filter((name) => !SKIPPED.has(name)).sort();
  for (const name of names) await addToHash(hash, root, join(path, name));
}
