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
 * What is asked of the machine.
 * @typedef {object} System
 * @property {typeof runCommand} run
 * @property {() => boolean} isRoot
 */

/** @type {System} */
const HERE = { run: runCommand, isRoot };

/**
 * @param {readonly Requirement[]} requirements
 * @param {System} [system]
 * @returns {Promise<string[]>} The names of the packages that are missing.
 */
export async function missingPackages(requirements, system = HERE) {
  const present = await Promise.all(requirements.map(({ probe }) => isPresent(probe, system)));
  return requirements.filter((_, index) => !present[index]).map(({ name }) => name);
}

/**
 * @param {readonly string[]} names
 * @param {System} [system]
 * @returns {string} What a person types to install them.
 */
export function installCommand(names, system = HERE) {
  const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  return system.isRoot() ? command : `sudo ${command}`;
}

/**
 * Says which packages, then installs them. Nothing is installed for anybody but root.
 * @param {readonly string[]} names
 * @param {InstallPermission} permission
 * @param {System} [system]
 * @returns {Promise<{ ok: true } | { ok: false, message: string, command: string }>}
 */
export async function installPackages(names, permission, system = HERE) {
  const command = installCommand(names, system);
  if (!permission.allowed || !system.isRoot()) {
    return { ok: false, message: `missing system packages: ${names.join(' ')}`, command };
  }
  permission.say(`installing system packages: ${names.join(' ')}`);
  const first = await aptInstall(names, system);
  if (first.ok) return { ok: true };
  if (first.notFound) {
    return { ok: false, message: `missing, and apt-get is not here: ${names.join(' ')}`, command };
  }
  // A fresh machine or container has no package lists, or lists that name versions long replaced.
  await system.run('apt-get', [...APT_OPTIONS, 'update'], { env: aptEnvironment() });
  const second = await aptInstall(names, system);
  if (second.ok) return { ok: true };
  const reason = second.tail.split('\n').findLast((line) => line.startsWith('E:')) ?? `code ${second.code}`;
  return { ok: false, message: `apt-get could not install ${names.join(' ')} (${reason})`, command };
}

export function isRoot() {
  return process.getuid?.() === 0;
}

const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2'];

/**
 * @param {readonly string[]} names
 * @param {System} system
 */
function aptInstall(names, { run }) {
  const args = [...APT_OPTIONS, 'install', '-y', '--no-install-recommends', ...names];
  return run('apt-get', args, { env: aptEnvironment() });
}

function aptEnvironment() {
  return { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
}

/**
 * @param {Requirement['probe']} probe
 * @param {System} system
 */
async function isPresent(probe, { run }) {
  if ('command' in probe) return !(await run(probe.command, ['--version'])).notFound;
  if ('library' in probe) return (await run('pkg-config', ['--exists', probe.library])).ok;
  return existsSync(probe.file);
}
