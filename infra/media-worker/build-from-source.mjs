/** Builds the worker from the C++ sources in the npm package, against the distribution's libraries, without network. */
import { cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../bootstrap/run-command.mjs';
import { RECIPE_FOLDER } from './read-recipe.mjs';

// Below the server's own priority, since the build runs beside a server that is already in use.
const NICENESS = 10;
const MEMORY_PER_COMPILER = 1.2e9;

/**
 * @typedef {object} BuildOptions
 * @property {import('./read-recipe.mjs').Recipe} recipe
 * @property {string} workFolder Kept when a build is interrupted, so that the next one goes on from there.
 * @property {AbortSignal} signal
 * @property {(done: number, total: number) => void} onProgress
 */

/**
 * @param {BuildOptions} options
 * @returns {Promise<{ ok: true, bin: string } | { ok: false, message: string }>}
 */
export async function buildFromSource({ recipe, workFolder, signal, onProgress }) {
  const out = join(workFolder, 'out');
  if (!(await exists(join(out, 'build.ninja')))) {
    const fault = await prepare({ recipe, workFolder, signal });
    if (fault !== undefined) return { ok: false, message: fault };
  }
  const jobs = Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / MEMORY_PER_COMPILER)));
  const built = await runCommand('ninja', ['-C', out, '-j', String(jobs), recipe.target], {
    signal,
    niceness: NICENESS,
    onLine: (line) => {
      const [, done, total] = /^\[(\d+)\/(\d+)\]/.exec(line) ?? [];
      if (done !== undefined && total !== undefined) onProgress(Number(done), Number(total));
    },
  });
  if (built.ok) return { ok: true, bin: join(out, recipe.target) };
  return { ok: false, message: `the compiler stopped:\n${built.tail}` };
}

/**
 * Copies the sources, corrects them and configures the build.
 * @param {{ recipe: BuildOptions['recipe'], workFolder: string, signal: AbortSignal }} options
 * @returns {Promise<string | undefined>} What went wrong, if anything.
 */
async function prepare({ recipe, workFolder, signal }) {
  await rm(workFolder, { recursive: true, force: true });
  await mkdir(workFolder, { recursive: true });
  const sources = join(workFolder, 'sources');
  await cp(join(recipe.mediasoupFolder, 'worker'), sources, { recursive: true });
  const fault = await applyPatches(sources);
  if (fault !== undefined) return fault;
  await placeSubprojects(sources);
  const configured = await runCommand('meson', ['setup', ...recipe.configure, '../out.new', '.'], {
    cwd: sources,
    signal,
  });
  if (!configured.ok) return `meson could not configure the build:\n${configured.tail}`;
  // The name tells that the configuration is complete.
  await rename(join(workFolder, 'out.new'), join(workFolder, 'out'));
  return undefined;
}

/**
 * Every patch must fit exactly: one that does not means that the sources are not those it was written for.
 * @param {string} sources
 */
async function applyPatches(sources) {
  const folder = join(RECIPE_FOLDER, 'patches');
  for (const file of (await readdir(folder)).sort()) {
    const args = ['-p1', '--fuzz=0', '--forward', '--batch', '-i', join(folder, file)];
    const applied = await runCommand('patch', args, { cwd: sources });
    if (!applied.ok || /offset|fuzz/.test(applied.tail)) {
      return `the patch ${file} does not apply cleanly to this version of mediasoup:\n${applied.tail}`;
    }
  }
  return undefined;
}

/**
 * Meson downloads a subproject only where its folder is absent; the folder's name stands in its wrap file.
 * @param {string} sources
 */
async function placeSubprojects(sources) {
  const folder = join(RECIPE_FOLDER, 'subprojects');
  for (const name of await readdir(folder)) {
    const wrap = await readFile(join(sources, 'subprojects', `${name}.wrap`), 'utf8');
    const directory = /^directory\s*=\s*(\S+)\s*$/m.exec(wrap)?.[1];
    if (directory === undefined) throw new Error(`the wrap file of ${name} names no folder`);
    await cp(join(folder, name), join(sources, 'subprojects', directory), { recursive: true });
  }
}

/** @param {string} path */
async function exists(path) {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
