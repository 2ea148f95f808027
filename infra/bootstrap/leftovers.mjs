/** Processes that a test run left behind: they work in its temporary folder, or were given it as theirs. */
import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const GRACE_MS = 5_000;
const LOOK_EACH_MS = 200;

/**
 * Those that are about to end are given a moment; the others are ended by force. Databases and browsers have
 * sessions of their own, so ending a runner's group does not reach them.
 * @param {string} folder
 * @param {number} [graceMs]
 * @returns {Promise<number>} How many had to be ended.
 */
export async function endLeftovers(folder, graceMs = GRACE_MS) {
  if (process.platform !== 'linux') return 0;
  const giveUpAt = Date.now() + graceMs;
  let left = await processesIn(folder);
  while (left.length > 0 && Date.now() < giveUpAt) {
    await wait(LOOK_EACH_MS);
    left = await processesIn(folder);
  }
  for (const pid of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended just now.
    }
  }
  return left.length;
}

/**
 * What is left counts as one failure.
 * @param {string} folder
 * @returns {Promise<import('./test-runners.mjs').Tally>}
 */
export async function tallyLeftovers(folder) {
  const count = await endLeftovers(folder);
  const notes = count === 0 ? [] : [`${count} processes were left behind and have been ended`];
  return { passed: 0, failed: count === 0 ? 0 : 1, notes };
}

/** @param {string} folder */
async function processesIn(folder) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const belongs = await Promise.all(pids.map((pid) => pid !== process.pid && belongsTo(pid, folder)));
  return pids.filter((_, index) => belongs[index]);
}

/**
 * @param {number} pid
 * @param {string} folder
 */
async function belongsTo(pid, folder) {
  const place = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  if (place.startsWith(`${folder}/`)) return true;
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  return environment.split('\0').includes(`TMPDIR=${folder}`);
}
