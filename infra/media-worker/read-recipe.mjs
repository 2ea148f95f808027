/** What the build is made of: mediasoup as installed, the recipe beside this file, and a hash of both. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const RECIPE_FOLDER = fileURLToPath(new URL('./recipe', import.meta.url));

/**
 * @typedef {object} Recipe
 * @property {string} mediasoupFolder Where the npm package is installed.
 * @property {string} version Of mediasoup, hence of the worker.
 * @property {string} key Names the cache folder: the version and a hash of all that shapes the binary.
 * @property {readonly import('../bootstrap/system-packages.mjs').Requirement[]} packages
 * @property {readonly string[]} configure
 * @property {string} target
 */

/**
 * @param {string} root The repository.
 * @returns {Promise<Recipe>}
 */
export async function readRecipe(root) {
  const mediasoupFolder = findMediasoup(root);
  const { version } = JSON.parse(await readFile(join(mediasoupFolder, 'package.json'), 'utf8'));
  const { packages, configure, target } = JSON.parse(
    await readFile(join(RECIPE_FOLDER, 'recipe.json'), 'utf8'),
  );
  const key = `${version}-${await hashRecipe(version)}`;
  return { mediasoupFolder, version, key, packages, configure, target };
}

/** @param {string} root */
function findMediasoup(root) {
  const resolve = createRequire(join(root, 'server', 'package.json')).resolve;
  // Its main file is node/lib/index.js; package.json itself is not among its exports.
  return dirname(dirname(dirname(resolve('mediasoup'))));
}

/**
 * The system is part of the hash, since the binary is linked against its libraries.
 * @param {string} version
 */
async function hashRecipe(version) {
  const hash = createHash('sha256');
  hash.update(`${version}\n${process.platform}-${process.arch}\n${await systemRelease()}\n`);
  const files = (await readdir(RECIPE_FOLDER, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(RECIPE_FOLDER, join(entry.parentPath, entry.name)))
    .sort();
  for (const file of files) {
    const content = await readFile(join(RECIPE_FOLDER, file));
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 12);
}

async function systemRelease() {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => /^(ID|VERSION_ID)=/.test(line))
    .join(' ');
}
