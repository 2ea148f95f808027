/** The relay of the full run's tests: Debian's coturn, installed where that is possible. What needs it fails without. */
import { installPackages, missingPackages } from './system-packages.mjs';

/** @type {readonly import('./system-packages.mjs').Requirement[]} */
const PACKAGES = [{ name: 'coturn', probe: { file: '/usr/bin/turnserver' } }];

/** @param {(line: string) => void} say */
export async function ensureCoturn(say) {
  const missing = await missingPackages(PACKAGES);
  if (missing.length === 0) return;
  const installed = await installPackages(missing, { allowed: true, say });
  if (!installed.ok) say(`${installed.message}; tests of calls by a relay will fail. ${installed.command}`);
}
