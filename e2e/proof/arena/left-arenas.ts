/** Removes what a run that was killed has left: mounts, loop devices and folders of our own naming only. */

import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { mountPoints } from './mount-points.js';
import { runProgram } from './run-program.js';

export const PREFIX = 'alongside-arena-';
/** Where arenas lie: one of a run apart not below the folders that its own image stands in for. */
export const arenaHome = (isolated: boolean): string => (isolated ? '/var/cache' : tmpdir());

/** With `folder` that one alone, although its run is alive. */
export async function removeLeftArenas(folder?: string): Promise<void> {
  const folders = folder === undefined ? await leftFolders() : [folder];
  for (const each of folders) await removeOne(each);
}

async function leftFolders(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const home of [arenaHome(true), arenaHome(false)]) {
    const names = await readdir(home).catch(() => []);
    found.push(...names.filter((name) => name.startsWith(PREFIX)).map((name) => join(home, name)));
  }
  return found.filter((path) => !isRunning(Number(basename(path).slice(PREFIX.length).split('-')[0])));
}

async function removeOne(folder: string): Promise<void> {
  const below = (await mountPoints()).map(({ point }) => point);
  const ours = below.filter((point) => point === folder || point.startsWith(`${folder}/`));
  // The innermost first.
  for (const point of ours.sort((a, b) => b.length - a.length)) await runProgram('umount', point);
  for (const image of ['image', 'visitors-image']) await detach(join(folder, image));
  await rm(folder, { recursive: true, force: true });
}

async function detach(image: string): Promise<void> {
  const loops = await runProgram('losetup', '-n', '-O', 'NAME', '-j', image).catch(() => '');
  for (const loop of loops.split('\n').filter((each) => each.startsWith('/dev/loop'))) {
    await runProgram('losetup', '-d', loop.trim());
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
