/** Provides the media worker by the first of three ways that works: given, fetched, or built on this machine. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installPackages, missingPackages } from '../bootstrap/system-packages.mjs';
import { withLock } from '../bootstrap/with-lock.mjs';
import { buildFromSource } from './build-from-source.mjs';
import { fetchPrebuilt } from './fetch-prebuilt.mjs';
import { readRecipe } from './read-recipe.mjs';
import { findStartFault, findUseFault } from './verify-worker.mjs';
import { openWorkerCache, placeInCache } from './worker-cache.mjs';

/** @typedef {{ step: 'wait' | 'fetch' | 'install' | 'build', message: string, done?: number, total?: number }} Progress */
/** @typedef {{ state: 'ready', bin: string, way: 'given' | 'cached' | 'prebuilt' | 'built' }} Ready */
/**
 * @typedef {object} Unavailable
 * @property {'unavailable'} state
 * @property {'givenWorkerFails' | 'packagesMissing' | 'buildFails' | 'unsupportedSystem' | 'stopped'} reason
 * @property {string} message One line for a person.
 * @property {string} [command] What would remedy it.
 */

/**
 * @typedef {object} ProvideOptions
 * @property {string} root The repository.
 * @property {boolean} mayInstall Whether system packages may be installed, should they be missing.
 * @property {NodeJS.ProcessEnv} [env]
 * @property {AbortSignal} [signal] Ends the attempt; a build that was under way is continued by the next one.
 * @property {(progress: Progress) => void} [onProgress]
 */

/**
 * Tells at once whether the worker is there already: one that was given, or one in the cache that still starts.
 * @param {{ root: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<Ready | Unavailable | undefined>} Nothing when it has yet to be provided.
 */
export async function findMediaWorker({ root, env = process.env }) {
  const given = env.MEDIASOUP_WORKER_BIN;
  if (given) {
    const fault = await findStartFault(given);
    if (fault === undefined) return { state: 'ready', bin: given, way: 'given' };
    const message = `the media worker named by MEDIASOUP_WORKER_BIN does not start: ${fault}`;
    return { state: 'unavailable', reason: 'givenWorkerFails', message };
  }
  const cache = await openWorkerCache({ root, key: (await readRecipe(root)).key, env });
  if ((await findStartFault(cache.bin)) !== undefined) return undefined;
  return { state: 'ready', bin: cache.bin, way: 'cached' };
}

/**
 * @param {ProvideOptions} options
 * @returns {Promise<Ready | Unavailable>}
 */
export async function provideMediaWorker(options) {
  const { root, env = process.env, signal = new AbortController().signal } = options;
  const found = await findMediaWorker({ root, env });
  if (found) return found;
  const recipe = await readRecipe(root);
  const cache = await openWorkerCache({ root, key: recipe.key, env });
  const say = (/** @type {Progress} */ progress) => {
    options.onProgress?.(progress);
    // Whoever waits for this build reads its progress here; losing one line of it matters to nobody.
    writeAtomically(cache.progressFile, JSON.stringify(progress)).catch(() => undefined);
  };
  const onWait = async () => {
    const text = await readFile(cache.progressFile, 'utf8').catch(() => '');
    const others = text ? JSON.parse(text) : {};
    options.onProgress?.({
      ...others,
      step: 'wait',
      message: 'another start is already providing the media worker',
    });
  };
  const work = async () => {
    // The one before may have finished it, or failed in a way that this one may overcome.
    const ready = await findMediaWorker({ root, env });
    return ready ?? provideAnew({ root, recipe, cache, say, signal, mayInstall: options.mayInstall });
  };
  try {
    return await withLock(cache.lock, { work, onWait, signal });
  } catch (error) {
    if (signal.aborted) return stopped();
    throw error;
  } finally {
    await rm(cache.progressFile, { force: true });
  }
}

/**
 * @typedef {object} Attempt
 * @property {string} root
 * @property {import('./read-recipe.mjs').Recipe} recipe
 * @property {import('./worker-cache.mjs').WorkerCache} cache
 * @property {(progress: Progress) => void} say
 * @property {AbortSignal} signal
 * @property {boolean} mayInstall
 */

/**
 * @param {Attempt} attempt
 * @returns {Promise<Ready | Unavailable>}
 */
async function provideAnew(attempt) {
  const { root, recipe, cache, say, signal } = attempt;
  say({ step: 'fetch', message: `looking for a prebuilt media worker ${recipe.version}` });
  const fetchFolder = join(cache.folder, 'fetched');
  const fetched = await fetchPrebuilt({
    mediasoupFolder: recipe.mediasoupFolder,
    workFolder: fetchFolder,
    signal,
  });
  const usable = fetched !== undefined && (await findUseFault(root, fetched)) === undefined;
  if (fetched !== undefined && usable) await placeInCache(cache, fetched);
  await rm(fetchFolder, { recursive: true, force: true });
  if (usable) return { state: 'ready', bin: cache.bin, way: 'prebuilt' };
  return signal.aborted ? stopped() : buildHere(attempt);
}

/**
 * @param {Attempt} attempt
 * @returns {Promise<Ready | Unavailable>}
 */
async function buildHere(attempt) {
  const { root, recipe, cache, say, signal } = attempt;
  if (process.platform !== 'linux') {
    const message = `no prebuilt media worker could be fetched, and it is built on Linux only: set MEDIASOUP_WORKER_BIN`;
    return { state: 'unavailable', reason: 'unsupportedSystem', message };
  }
  const packages = await providePackages(attempt);
  if (packages) return packages;
  const workFolder = join(cache.folder, 'work');
  say({ step: 'build', message: `building the media worker ${recipe.version} (once per machine)` });
  const onProgress = (/** @type {number} */ done, /** @type {number} */ total) =>
    say({ step: 'build', message: 'building the media worker', done, total });
  const built = await buildFromSource({ recipe, workFolder, signal, onProgress });
  if (signal.aborted) return stopped();
  const fault = built.ok ? await findUseFault(root, built.bin) : built.message;
  if (!built.ok || fault !== undefined) {
    await rm(workFolder, { recursive: true, force: true });
    return {
      state: 'unavailable',
      reason: 'buildFails',
      message: `the media worker could not be built: ${fault}`,
    };
  }
  await placeInCache(cache, built.bin);
  await rm(workFolder, { recursive: true, force: true });
  return { state: 'ready', bin: cache.bin, way: 'built' };
}

/**
 * @param {Attempt} attempt
 * @returns {Promise<Unavailable | undefined>}
 */
async function providePackages({ recipe, say, mayInstall }) {
  const missing = await missingPackages(recipe.packages);
  if (missing.length === 0) return undefined;
  const installed = await installPackages(missing, {
    allowed: mayInstall,
    say: (message) => say({ step: 'install', message }),
  });
  if (installed.ok) return undefined;
  const { message, command } = installed;
  return {
    state: 'unavailable',
    reason: 'packagesMissing',
    message: `the media worker needs a build: ${message}`,
    command,
  };
}

/** @returns {Unavailable} */
function stopped() {
  return { state: 'unavailable', reason: 'stopped', message: 'providing the media worker was stopped' };
}

/**
 * @param {string} file
 * @param {string} text
 */
async function writeAtomically(file, text) {
  const next = `${file}.${process.pid}`;
  await writeFile(next, text);
  await rename(next, file);
}
