/** The browser of the tests: Debian's Chromium, installed where that is possible, else named with its command. */
import { existsSync } from 'node:fs';
import { runCommand } from './run-command.mjs';
import { SetupFailure } from './setup-failure.mjs';
import { installPackages, missingPackages } from './system-packages.mjs';

/** @type {readonly import('./system-packages.mjs').Requirement[]} */
const PACKAGES = [
  { name: 'chromium', probe: { file: '/usr/bin/chromium' } },
  // Without a font the pages' text has no width, and layouts are not those that a person sees.
  { name: 'fonts-liberation', probe: { file: '/usr/share/fonts/truetype/liberation' } },
];

/**
 * @typedef {object} ChromiumSearch
 * @property {NodeJS.ProcessEnv} [env]
 * @property {readonly import('./system-packages.mjs').Requirement[]} [packages]
 * @property {import('./system-packages.mjs').System} [system]
 */

/**
 * Root has it installed without `--yes`: it comes from the distribution, and the tests are nothing without it.
 * @param {(line: string) => void} say
 * @param {ChromiumSearch} [search]
 * @returns {Promise<string>} The browser's path.
 */
export async function ensureChromium(say, { env = process.env, packages = PACKAGES, system } = {}) {
  const given = env.CHROMIUM_BIN;
  if (given) return checked(given);
  const missing = await missingPackages(packages, system);
  if (missing.length > 0) {
    const installed = await installPackages(missing, { allowed: true, say }, system);
    if (!installed.ok) {
      throw new SetupFailure(
        `the browser tests need Chromium: ${installed.message}`,
        `Run: ${installed.command}`,
      );
    }
  }
  return checked('/usr/bin/chromium');
}

/** @param {string} path */
async function checked(path) {
  if (existsSync(path)) {
    const { ok } = await runCommand(path, ['--version']);
    if (ok) return path;
  }
  throw new SetupFailure(
    `the browser ${path} does not start`,
    'Install chromium, or set CHROMIUM_BIN to a Chromium that does.',
  );
}
