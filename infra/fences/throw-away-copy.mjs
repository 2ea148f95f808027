/** A copy of the sources in which breaches can be planted. */

import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const SOURCES = [
  'packages',
  'server',
  'infra/tsconfig.base.json',
  'infra/biome.json',
  'package.json',
  'tsconfig.json',
  '.gitignore',
];
const CLIENTS = [
  'visitor-sdk/src',
  'visitor-sdk/package.json',
  'agent-console/src',
  'agent-console/package.json',
  'infra/demo-shop/src',
];
/** The compiler and the graph read sources and declarations; what was built of them is neither. */
const SKIPPED = /(^|\/)(node_modules|\.git|test-results)$|\.map$|\/dist\/.*\.js$/;

/** @param {string} root */
export async function makeCopy(root) {
  const folder = await mkdtemp(join(tmpdir(), 'alongside-fences-'));
  for (const source of [...SOURCES, ...CLIENTS]) {
    await cp(join(root, source), join(folder, source), {
      recursive: true,
      filter: (path) => !SKIPPED.test(path),
    });
  }
  await linkModules(root, folder);
  return {
    folder,
    /**
     * @param {string} path
     * @param {string} text
     */
    plant: async (path, text) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    },
    /** @param {string} path */
    pull: (path) => rm(join(folder, path)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Foreign packages are those of the project; our own are the copies, or a breach in them would not be seen.
 * @param {string} root
 * @param {string} folder
 */
async function linkModules(root, folder) {
  const modules = join(root, 'node_modules');
  await mkdir(join(folder, 'node_modules', '@alongside'), { recursive: true });
  for (const name of await readdir(modules)) {
    if (name !== '@alongside') await symlink(join(modules, name), join(folder, 'node_modules', name));
  }
  for (const name of await readdir(join(folder, 'packages'))) {
    await symlink(join('..', '..', 'packages', name), join(folder, 'node_modules', '@alongside', name));
  }
}
