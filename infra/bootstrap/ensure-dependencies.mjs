/** Installs what package-lock.json names, when it is not there yet. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { SetupFailure } from './setup-failure.mjs';

// Names the lock file that node_modules was made from, so that a later start compares two lines only.
const STAMP = '.alongside-lock';

/**
 * @param {string} root
 * @returns {Promise<'present' | 'installed'>}
 */
export async function ensureDependencies(root) {
  const lockText = await readFile(join(root, 'package-lock.json'), 'utf8');
  const stampFile = join(root, 'node_modules', STAMP);
  const stamp = createHash('sha256').update(`${process.platform}-${process.arch}\n${lockText}`).digest('hex');
  if ((await readText(stampFile)) === stamp) return 'present';
  // Somebody may have installed by hand: npm's own note in node_modules tells what lies there.
  const installed = (await readText(join(root, 'node_modules', '.package-lock.json'))) ?? '';
  if (!installedMatches(lockText, installed)) {
    await install(root);
    await writeFile(stampFile, stamp);
    return 'installed';
  }
  await writeFile(stampFile, stamp);
  return 'present';
}

/**
 * Packages for other platforms are named by the lock and absent here.
 * @param {string} lockText
 * @param {string} installedText
 */
export function installedMatches(lockText, installedText) {
  const wanted = packagesOf(lockText);
  const present = packagesOf(installedText);
  return Object.entries(wanted).every(([path, { version, integrity, optional, link }]) => {
    if (!path.includes('node_modules/')) return true;
    const found = present[path];
    if (!found) return optional === true;
    return link === true || (found.version === version && found.integrity === integrity);
  });
}

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage */

/**
 * @param {string} text
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(text) {
  try {
    return JSON.parse(text).packages ?? {};
  } catch {
    return {};
  }
}

/** @param {string} root */
async function install(root) {
  // Tools of the build are development dependencies: they are wanted whatever NODE_ENV says.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-factor=3'];
  const npm = npmCommand();
  const result = await runCommand(npm.command, [...npm.args, ...args, ...patience], { cwd: root });
  if (result.ok) return;
  if (result.notFound) {
    throw new SetupFailure('npm is missing', 'Install npm, which comes with Node, and run this again.');
  }
  throw explain(result.tail);
}

/** The npm that runs this program, where one does: another one in the path may be of another version. */
function npmCommand() {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js') || own?.endsWith('.cjs')) return { command: process.execPath, args: [own] };
  return { command: 'npm', args: [] };
}

/** @param {string} tail */
export function explain(tail) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(tail)) {
    return new SetupFailure(
      'npm cannot reach its package registry',
      'Connect to the network, or point npm to a registry that you can reach (npm config set registry …), and run this again.',
    );
  }
  if (tail.includes('ENOSPC')) {
    return new SetupFailure('the disk is full', 'Free about 1 GB and run this again.');
  }
  return new SetupFailure('npm ci failed', 'Its last lines, above, say why.', tail);
}

/** @param {string} file */
function readText(file) {
  return readFile(file, 'utf8').catch(() => undefined);
}
