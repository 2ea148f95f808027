/**
 * Where the program of `live` lies. A start by root gives it to nobody, who may not enter a project below root's
 * home: then a bundle of it is laid into a temporary folder that everybody can read and only root can write.
 */

import { chmod, copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isOpenToAll, NOBODY } from './open-path.js';
import { findPrograms, type Programs } from './programs.js';
import type { Project } from './project.js';

const PREFIX = 'alongside-live-';
/** What libraries in CommonJS take for granted. */
const COMMON_JS = [
  // Under another name than the one by which what is bundled may import it itself.
  "import { createRequire as requireOf } from 'node:module';",
  'const require = requireOf(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('\n');
/** Where it looks which limits bind it. */
const PROC = ['/proc/self/limits', '/proc/self/status', '/proc/self/mountinfo'];

export interface LivePlace {
  readonly program: string;
  readonly folder: string;
  /** What Node may read there. */
  readonly readable: readonly string[];
  readonly identity: { readonly uid?: number; readonly gid?: number };
  /** Why it runs as root although it should not. */
  readonly whyRoot?: string;
  /** The media worker, at a path that `live` may use. */
  placeWorker(bin: string): Promise<string>;
  remove(): Promise<void>;
}

export async function findLivePlace(
  project: Project,
  programs: Programs = findPrograms(project),
): Promise<LivePlace> {
  const { live: program, bundled } = programs;
  const inPlace: LivePlace = {
    program,
    folder: project.root,
    // Not the data folder, which holds keys and sign-ins.
    readable: ['server', 'packages', 'node_modules']
      .map((name) => join(project.root, name, '*'))
      .concat(PROC),
    identity: {},
    placeWorker: async (bin) => bin,
    remove: async () => undefined,
  };
  if (process.getuid?.() !== 0) return inPlace;
  if (!(await isOpenToAll(process.execPath))) {
    return { ...inPlace, whyRoot: 'Node itself lies in a folder that only root may enter' };
  }
  const identity = { uid: NOBODY, gid: NOBODY };
  if (await isOpenToAll(program)) return openPlace({ ...inPlace, identity });
  return stage(identity, (file) => (bundled ? copyBundle(program, file) : bundle(program, file)));
}

/** Copies of former starts that were killed are of no more use to anybody. */
export async function removeLeftStages(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(PREFIX))) {
    // One that is in use by another installation belongs to a live process of it, and stays.
    const owner = Number(name.slice(PREFIX.length).split('-')[0]);
    if (!isRunning(owner))
      await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function stage(
  identity: LivePlace['identity'],
  lay: (file: string) => Promise<void>,
): Promise<LivePlace> {
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const program = join(folder, 'live-main.mjs');
  await lay(program);
  for (const name of await readdir(folder)) await chmod(join(folder, name), 0o444);
  await chmod(folder, 0o755);
  return {
    program,
    folder,
    readable: [join(folder, '*'), ...PROC],
    identity,
    placeWorker: (bin) => copyWorker(bin, folder),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** With what lies beside it: the script that it runs, and what that was compiled to. */
async function copyBundle(program: string, file: string): Promise<void> {
  await copyFile(program, file);
  for (const beside of ['.cjs', '.compiled'])
    await copyFile(program.replace(/\.js$/, beside), file.replace(/\.mjs$/, beside));
}

async function bundle(program: string, outfile: string): Promise<void> {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: `node${process.versions.node.split('.')[0]}`,
    banner: { js: COMMON_JS },
    logLevel: 'error',
  });
}

/** Only the media worker may lie where nobody can reach it. */
function openPlace(place: LivePlace): LivePlace {
  let copies: string | undefined;
  return {
    ...place,
    placeWorker: async (bin) => {
      if (await isOpenToAll(bin)) return bin;
      copies ??= await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
      await chmod(copies, 0o755);
      return copyWorker(bin, copies);
    },
    remove: async () => {
      if (copies !== undefined) await rm(copies, { recursive: true, force: true });
    },
  };
}

async function copyWorker(bin: string, folder: string): Promise<string> {
  const copy = join(folder, basename(bin));
  await copyFile(bin, copy);
  await chmod(copy, 0o555);
  return copy;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
