/** The programs that a proof looks with: the browser and the media worker, and for the full form the observers. */
import { ensureChromium } from './ensure-chromium.mjs';
import { requireMediaWorker } from './ensure-media-worker.mjs';
import { say } from './progress.mjs';
import { installPackages, isRoot, missingPackages } from './system-packages.mjs';

/** @type {readonly import('./system-packages.mjs').Requirement[]} */
const OBSERVERS = [
  { name: 'strace', probe: { command: 'strace' } },
  { name: 'tcpdump', probe: { command: 'tcpdump' } },
  { name: 'redis-server', probe: { command: 'redis-server' } },
  { name: 'attr', probe: { command: 'getfattr' } },
];

/**
 * @param {string} root
 * @param {{ form: 'short' | 'full', mayInstall: boolean }} options
 * @returns {Promise<string[]>} Arguments for the proof.
 */
export async function provideProofTools(root, { form, mayInstall }) {
  if (form === 'full') await provideObservers(mayInstall);
  const worker = await requireMediaWorker({ root, mayInstall });
  const chromium = await ensureChromium((line) => say(`  ${line}`));
  return ['--chromium', chromium, '--media-worker', worker];
}

/**
 * Without one of them the proof goes on and names what it could not do.
 * @param {boolean} mayInstall
 */
async function provideObservers(mayInstall) {
  const missing = await missingPackages(OBSERVERS);
  if (missing.length === 0) return;
  const allowed = mayInstall && isRoot();
  const installed = await installPackages(missing, { allowed, say: (line) => say(`  ${line}`) });
  if (!installed.ok) say(`  ${installed.message}; what needs them is not run. ${installed.command}`);
}
