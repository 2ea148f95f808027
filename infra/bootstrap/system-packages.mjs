/** Which Debian packages a step lacks, and their installation where that is allowed. */
import { existsSync } from 'node:fs';
import { runCommand } from './run-command.mjs';

/**
 * A package and how to see that what it brings is there, whoever installed it.
 * @typedef {{ name: string, probe: { command: string } | { library: string } | { file: string } }} Requirement
 */

/**
 * @typedef {object} InstallPermission
 * @property {boolean} allowed Whether packages may be installed at all.
 * @property {(line: string) => void} say Told which packages before they are installed.
 */

/**
 * @param {readonly Requirement[]} requirements
 * @returns {Promise<string[]>} The names of the packages that are missing.
 */
export async function missingPackages(requirements) {
  const present = await Promise.all(requirements.map(({ probe }) => isPresent(probe)));
  return requirements.filter((_, index) => !present[index]).map(({ name }) => name);
}

/**
 * @param {readonly string[]} names
 * @returns {string} What a person types to install them.
 */
export function installCommand(names) {
  const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  return isRoot() ? command : `sudo ${command}`;
}

/**
 * Says which packages, then installs them. Nothing is installed for anybody but root.
 * @param {readonly string[]} names
 * @param {InstallPermission} permission
 * @returns {Promise<{ ok: true } | { ok: false, message: string, command: string }>}
 */
export async function installPackages(names, permission) {
  const command = installCommand(names);
  if (!permission.allowed || !isRoot()) {
    return { ok: false, message: `missing system packages: ${names.join(' ')}`, command };
  }
  permission.say(`installing system packages: ${names.join(' ')}`);
  const first = await aptInstall(names);
  if (first.ok) return { ok: true };
  if (first.notFound) {
    return { ok: false, message: `missing, and apt-get is not here: ${names.join(' ')}`, command };
  }
  // A fresh machine or container has no package lists, or lists that name versions long replaced.
  await runCommand('apt-get', [...APT_OPTIONS, 'update'], { env: aptEnvironment() });
  const second = await aptInstall(names);
  if (second.ok) return { ok: true };
  const reason = second.tail.split('\n').findLast((line) => line.startsWith('E:')) ?? `code ${second.code}`;
  return { ok: false, message: `apt-get could not install ${names.join(' ')} (${reason})`, command };
}

export function isRoot() {
  return process.getuid?.() === 0;
}

const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2'];

/** @param {readonly string[]} names */
function aptInstall(names) {
  const args = [...APT_OPTIONS, 'install', '-y', '--no-install-recommends', ...names];
  return runCommand('apt-get', args, { env: aptEnvironment() });
}

function aptEnvironment() {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
}

/** @param {Requirement['probe']} probe */
async function isPresent(probe) {
  if ('command' in probe) return !(await runCommand(probe.command, ['--version'])).notFound;
  if ('library' in probe) return (await runCommand('pkg-config', ['--exists', probe.library])).ok;
  return existsSync(probe.file);
}
