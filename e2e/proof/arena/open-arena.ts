/**
 * One medium that holds everything a run may write: a file with a file system in it, mounted where the service and
 * the browsers of the run write, and read as raw bytes in the end, its free blocks included.
 *
 * ext4 without a journal, so that nothing lies twice; nothing is discarded, so that what is deleted stays; and every
 * write is brought to the medium before it returns, so that a file which is deleted at once has been there all the
 * same. What is written through a mapping comes later, and is the business of those who watch the processes.
 */

import { chmod, mkdir, mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openPlaces } from '../copy/writable-places.js';
import type { PartNotRun } from '../detection.js';
import type { WritablePlaces } from '../service-under-proof.js';
import { hasOwnMounts, makeRestUnwritable, whyNotIsolated } from './isolation.js';
import { arenaHome, PREFIX, removeLeftArenas } from './left-arenas.js';
import { runProgram } from './run-program.js';

/** Apart from all the rest: their own browser holds what any browser holds of a page, also where it has deleted it. */
const VISITORS_BYTES = 1024 ** 3;
/** The database, its log, two browsers and the program take less than a tenth; every empty block is read as well. */
const DEFAULT_BYTES = 4 * 1024 ** 3;
const FILE_SYSTEM = ['-q', '-F', '-m', '0', '-O', '^has_journal', '-E', 'nodiscard,lazy_itable_init=0'];
const MOUNT = 'loop,sync,nodiscard,noatime';
const PART = 'arena: all writable media on one image';
/** Where programs put what is in passing, whatever their environment says; and the memory that processes share. */
const SHADOWED: readonly (readonly [string, string])[] = [
  ['/dev/shm', 'shared-memory'],
  ['/var/tmp', 'temporary'],
  ['/tmp', 'temporary'],
];

export interface ArenaOptions {
  readonly sizeBytes?: number;
  /** Whether `runIsolated` has started this process: then the mounts of everything else are changed as well. */
  readonly isolated: boolean;
  /** What programs of the run have to be able to read: the installation, the browsers, the media worker. */
  readonly mustSee: readonly string[];
  /** Outside the arena, for the report alone. */
  readonly keepWritable: readonly string[];
}

export interface Arena {
  readonly places: WritablePlaces;
  /** Left for the raw scan; `remove` deletes it. */
  readonly image: string;
  /** The medium of the visitor's own profile. */
  readonly visitorsImage: string;
  /** What of the machine still lets itself be written to, or lies elsewhere, for the report. */
  readonly partsNotRun: readonly PartNotRun[];
  /** Ends the mount when every process of the run has ended; returns the path of the image. */
  close(): Promise<string>;
  remove(): Promise<void>;
}

/** Undefined where a run can be set apart and have a medium of its own. */
export async function whyNoArena(): Promise<string | undefined> {
  const reason = await whyNotIsolated();
  if (reason !== undefined) return reason;
  return runProgram('losetup', '-f').then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : 'there is no loop device'),
  );
}

export async function openArena(options: ArenaOptions): Promise<Arena | PartNotRun> {
  if (process.getuid?.() !== 0) return { part: PART, reason: 'only root can mount an image' };
  await removeLeftArenas();
  const folder = await mkdtemp(join(arenaHome(options.isolated), `${PREFIX}${process.pid}-`));
  const [image, point] = [join(folder, 'image'), join(folder, 'mount')];
  const visitorsImage = join(folder, 'visitors-image');
  try {
    await chmod(folder, 0o711);
    await mkdir(point);
    const own = options.isolated && (await hasOwnMounts());
    // A mount of its own, so that it stays writable when the rest becomes unwritable.
    if (own) await runProgram('mount', '--bind', folder, folder);
    await makeImage(image, options.sizeBytes ?? DEFAULT_BYTES);
    await runProgram('mount', '-o', MOUNT, image, point);
    const places = await makePlacesOn(point);
    const visitors = join(places.profiles, 'visitor');
    await mkdir(visitors);
    await makeImage(visitorsImage, VISITORS_BYTES);
    await runProgram('mount', '-o', MOUNT, visitorsImage, visitors);
    await rmdir(join(visitors, 'lost+found'));
    const partsNotRun = own ? await shadow({ ...options, folder, places }) : [notApart];
    return {
      places,
      image,
      visitorsImage,
      partsNotRun,
      close: () => close({ image, points: [visitors, point], shadowed: own }),
      remove: () => removeArena(folder, own),
    };
  } catch (error) {
    await removeLeftArenas(folder);
    return { part: PART, reason: error instanceof Error ? error.message : 'the image cannot be mounted' };
  }
}

const notApart: PartNotRun = {
  part: 'arena: mounts of its own',
  reason: 'without them the machine’s shared memory and temporary folders lie outside the image',
};

async function makeImage(image: string, sizeBytes: number): Promise<void> {
  const file = await open(image, 'wx', 0o600);
  // A sparse one: it takes as much as is written into it.
  await file.truncate(sizeBytes);
  await file.close();
  await runProgram('mkfs.ext4', ...FILE_SYSTEM, image);
}

async function makePlacesOn(root: string): Promise<WritablePlaces> {
  const below = (name: string) => join(root, name);
  const places = {
    root,
    data: below('data'),
    temporary: below('temporary'),
    home: below('home'),
    logs: below('logs'),
    dumps: below('dumps'),
    profiles: below('profiles'),
  };
  await rmdir(below('lost+found'));
  await openPlaces(places);
  await mkdir(below('shared-memory'));
  // A core of any account has to be able to fall there.
  for (const name of ['shared-memory', 'dumps']) await chmod(below(name), 0o1777);
  return places;
}

/** In mounts of this run's own: the usual temporary places lie on the image, and nothing else can be written. */
async function shadow({
  mustSee,
  keepWritable,
  folder,
  places,
}: ArenaOptions & { folder: string; places: WritablePlaces }): Promise<readonly PartNotRun[]> {
  for (const path of keepWritable) await runProgram('mount', '--bind', path, path);
  const shadowed: string[] = [];
  const open: string[] = [];
  for (const [path, name] of SHADOWED) {
    const hides = [...mustSee, ...keepWritable, folder].some((seen) => seen.startsWith(`${path}/`));
    if (hides) open.push(path);
    else {
      await runProgram('mount', '--bind', join(places.root, name), path);
      shadowed.push(path);
    }
  }
  await makeRestUnwritable([folder, ...keepWritable, ...shadowed]);
  return open
    .filter((path) => path === '/dev/shm')
    .map((path) => ({ part: `arena: ${path}`, reason: 'something of the run lies below it' }));
}

async function close({
  image,
  points,
  shadowed,
}: {
  image: string;
  /** The innermost first. */
  points: readonly string[];
  shadowed: boolean;
}): Promise<string> {
  await runProgram('sync');
  for (const [path, name] of shadowed ? SHADOWED : []) {
    const mounted = await runProgram('findmnt', '-n', '-o', 'SOURCE', path).catch(() => '');
    if (mounted.trim().endsWith(`[/${name}]`)) await runProgram('umount', path);
  }
  for (const point of points) await runProgram('umount', point);
  return image;
}

/** In mounts of its own, the folder itself is left to whoever started the run apart. */
async function removeArena(folder: string, own: boolean): Promise<void> {
  for (const name of ['image', 'visitors-image']) await rm(join(folder, name), { force: true });
  if (!own) await rm(folder, { recursive: true, force: true });
}
