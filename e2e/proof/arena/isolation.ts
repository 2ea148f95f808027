/**
 * A run apart from the machine: mounts and network of its own, which end with its last process. Nothing else is on
 * the wire, and everything outside the arena can be made unwritable without touching the machine.
 */

import { spawn } from 'node:child_process';
import { readlink } from 'node:fs/promises';
import type { PartNotRun } from '../detection.js';
import { removeLeftArenas } from './left-arenas.js';
import { mountPoints } from './mount-points.js';
import { runProgram } from './run-program.js';

const UNSHARE = ['--mount', '--net', '--propagation', 'private', '--'];
/** Kernel file systems: they keep nothing, or are needed as they are. */
const KERNEL = new Set(
  'proc sysfs devtmpfs devpts cgroup cgroup2 mqueue debugfs tracefs securityfs pstore bpf'.split(' '),
);

/** Runs a Node program inside and returns its exit code; its input and outputs are those of this process. */
export async function runIsolated(program: string, args: readonly string[]): Promise<number | PartNotRun> {
  const reason = await whyNotIsolated();
  if (reason !== undefined) return { part: 'arena: mounts and network of its own', reason };
  await removeLeftArenas();
  const child = spawn('unshare', [...UNSHARE, process.execPath, program, ...args], { stdio: 'inherit' });
  const passOn = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, passOn);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    // Ended by a signal, it has not come to a result.
    child.once('exit', (status) => resolve(status ?? 1));
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, passOn);
  // Inside, everything outside the arena was unwritable in the end, its own folder's place included.
  await removeLeftArenas();
  return code;
}

/** Tried, since containers often refuse it to root as well. */
export async function whyNotIsolated(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'only Linux has them';
  if (process.getuid?.() !== 0) return 'only root can make them';
  try {
    await runProgram('unshare', ...UNSHARE, 'ip', 'link', 'set', 'lo', 'up');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'the system refuses them';
  }
}

/** Inside, first of all: the new network has a loopback that is still down. */
export async function startLoopback(): Promise<void> {
  await runProgram('ip', 'link', 'set', 'lo', 'up');
}

/** Whether this process, started by `runIsolated`, has mounts that its parent does not see. */
export async function hasOwnMounts(): Promise<boolean> {
  const [own, parents] = await Promise.all([mountsOf('self'), mountsOf(String(process.ppid))]);
  return own !== undefined && parents !== undefined && own !== parents;
}

function mountsOf(id: string): Promise<string | undefined> {
  return readlink(`/proc/${id}/ns/mnt`).catch(() => undefined);
}

/** Everything that is mounted becomes unwritable but what lies below `writable`, each of which is a mount itself. */
export async function makeRestUnwritable(writable: readonly string[]): Promise<void> {
  const mounts = await mountPoints();
  for (const { point, type } of mounts) {
    const stays = writable.some((folder) => point === folder || point.startsWith(`${folder}/`));
    if (!stays && !KERNEL.has(type)) await runProgram('mount', '-o', 'remount,bind,ro', point);
  }
}
