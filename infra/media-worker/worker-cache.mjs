/** The one place per machine where a finished worker lies, and the lock that keeps two starts from building it twice. */
import { randomUUID } from 'node:crypto';
import {
  chmod,
  copyFile,
  link,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const BEAT_MS = 2_000;
const STALE_AFTER_MS = 20_000;
const LOOK_AGAIN_MS = 500;

/**
 * @typedef {object} WorkerCache
 * @property {string} folder
 * @property {string} bin The finished worker.
 * @property {string} progressFile What the builder says to those who wait for it.
 */

/**
 * Opens the cache folder of one recipe, in the user's cache or, where that cannot be written, in the project.
 * @param {{ root: string, key: string, env: NodeJS.ProcessEnv }} where
 * @returns {Promise<WorkerCache>}
 */
export async function openWorkerCache({ root, key, env }) {
  const users = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const bases = [join(users, 'alongside'), join(root, '.data', 'cache')];
  for (const base of bases) {
    const folder = join(base, 'media-worker', key);
    try {
      await mkdir(folder, { recursive: true });
      return {
        folder,
        bin: join(folder, 'mediasoup-worker'),
        progressFile: join(folder, 'progress.json'),
      };
    } catch {
      // A home that does not exist or may not be written, as for the users of services: the next place.
    }
  }
  throw new Error(`none of these folders can be written: ${bases.join(', ')}`);
}

/**
 * Puts a verified binary in its place in one step, so that nobody ever sees half of it.
 * @param {WorkerCache} cache
 * @param {string} built
 */
export async function placeInCache(cache, built) {
  const arriving = join(cache.folder, `arriving-${randomUUID()}`);
  await copyFile(built, arriving);
  await chmod(arriving, 0o755);
  await rename(arriving, cache.bin);
}

/**
 * Runs the work under the lock. Whoever finds it taken waits, telling `onWait` twice a second, and then looks
 * again whether there is anything left to do. A holder that was killed stops touching its lock: it is taken
 * over. Should a holder sleep longer than that (a suspended machine), two may work at once; the binary is
 * placed in one step either way, so that costs time only.
 * @template T
 * @param {WorkerCache} cache
 * @param {{ work: () => Promise<T>, onWait: () => Promise<void>, signal: AbortSignal }} options
 * @returns {Promise<T>}
 */
export async function withLock(cache, { work, onWait, signal }) {
  const lock = join(cache.folder, 'lock');
  const owner = randomUUID();
  while (!(await takeLock(lock, owner))) {
    await onWait();
    await wait(LOOK_AGAIN_MS, undefined, { signal });
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
