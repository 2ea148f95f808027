/** What lies where in the data folder, and the lock that gives it to one supervisor at a time. */
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure.js';
import { isAlive, markOf, type ProcessMark } from './server-process.js';

export const clusterFolder = (dataDir: string): string => join(dataDir, 'cluster');
export const unfinishedClusterFolder = (dataDir: string): string => join(dataDir, 'cluster.unfinished');
export const libraryFolder = (dataDir: string): string => join(dataDir, 'libraries');
export const passwordFile = (dataDir: string): string => join(dataDir, 'passwords.json');
export const logFile = (dataDir: string): string => join(dataDir, 'postgres.log');
const lockFile = (dataDir: string): string => join(dataDir, 'supervisor.lock');

/** Released by the returned function, or by this process's end, however that comes. */
export async function lockDataFolder(dataDir: string): Promise<() => Promise<void>> {
  const mine = await markOf(process.pid);
  if (!mine) throw new Error('this process cannot see itself among the processes of the machine');
  // The random part tells two supervisors in one process apart.
  const text = JSON.stringify({ ...mine, owner: randomUUID() });
  const file = lockFile(dataDir);
  while (!(await takeLock(file, text))) await dropDeadLock(file);
  return async () => {
    if ((await readText(file)) === text) await rm(file, { force: true });
  };
}

/** Linking a file that is already written takes the lock and says whose it is in one step. */
async function takeLock(file: string, text: string): Promise<boolean> {
  const written = `${file}.${randomUUID()}`;
  await writeFile(written, text, { mode: 0o600 });
  try {
    await link(written, file);
    return true;
  } catch (error) {
    if (isExists(error)) return false;
    throw error;
  } finally {
    await rm(written, { force: true });
  }
}

/**
 * Removes the lock of a supervisor that is gone. Another start may do the same at this moment and already hold
 * a lock of its own: so it is moved aside first, and put back should it not be the dead one that was read.
 */
async function dropDeadLock(file: string): Promise<void> {
  const text = await readText(file);
  if (text === undefined) return;
  const holder = readMark(text);
  if (holder && (await isAlive(holder))) {
    const message = `its data folder is in use by process ${holder.pid}; end that one or set another data folder`;
    throw new EmbeddedPostgresFailure('dataFolderInUse', message);
  }
  const aside = `${file}.${randomUUID()}`;
  const moved = await rename(file, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if ((await readText(aside)) !== text) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

function readMark(text: string): ProcessMark | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('began' in value))
      return undefined;
    return typeof value.pid === 'number' && typeof value.began === 'string'
      ? { pid: value.pid, began: value.began }
      : undefined;
  } catch {
    return undefined;
  }
}

function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

function isExists(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
