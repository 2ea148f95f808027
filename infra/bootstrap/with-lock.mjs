/** Work that only one process of the machine may do at a time. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const BEAT_MS = 2_000;
const STALE_AFTER_MS = 20_000;
const LOOK_AGAIN_MS = 250;

/**
 * @template T
 * @typedef {object} LockedWork
 * @property {() => Promise<T>} work
 * @property {() => Promise<void>} [onWait] Called again and again while another process holds the lock.
 * @property {AbortSignal} [signal] Ends the waiting.
 */

/**
 * A holder that was killed stops touching its lock, which is then taken over. Should a holder sleep longer
 * than that (a suspended machine), two may work at once: what is done under the lock must survive that.
 * @template T
 * @param {string} lock A file, made and removed here.
 * @param {LockedWork<T>} options
 * @returns {Promise<T>}
 */
export async function withLock(lock, { work, onWait, signal }) {
  await mkdir(dirname(lock), { recursive: true });
  const owner = randomUUID();
  while (!(await takeLock(lock, owner))) {
    await onWait?.();
    await wait(LOOK_AGAIN_MS, undefined, signal ? { signal } : {});
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await readFile(lock, 'utf8').catch(() => '')) === owner) await rm(lock, { force: true });
  }
}

/**
 * @param {string} lock
 * @param {string} owner
 */
async function takeLock(lock, owner) {
  // Linking a written file takes the lock and names the owner in one step.
  const mine = `${lock}-${owner}`;
  await writeFile(mine, owner);
  try {
    await link(mine, lock);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    await dropStaleLock(lock);
    return false;
  } finally {
    await unlink(mine);
  }
}

/** @param {string} lock */
async function dropStaleLock(lock) {
  const found = await stat(lock).catch(() => undefined);
  if (found && Date.now() - found.mtimeMs > STALE_AFTER_MS) await rm(lock, { force: true });
}
