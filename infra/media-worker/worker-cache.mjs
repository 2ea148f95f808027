/** The one place per machine where a finished worker lies, so that it is built once. */
import { randomUUID } from 'node:crypto';
import { access, chmod, constants, copyFile, mkdir, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} WorkerCache
 * @property {string} folder
 * @property {string} bin The finished worker.
 * @property {string} lock Held by whoever provides it: two starts do not build it twice.
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
    const bin = join(folder, 'mediasoup-worker');
    try {
      await mkdir(folder, { recursive: true });
      // One that lies there already is as good as a folder to build in.
      await access(bin, constants.X_OK).catch(() => access(folder, constants.W_OK));
      return {
        folder,
        bin,
        lock: join(folder, 'lock'),
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
