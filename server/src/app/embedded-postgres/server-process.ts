/** Finds processes of the machine: which ones serve a cluster, and whether one is still the one that was noted. */
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runProgramForText } from './run-to-end.js';

/** A process, told apart from a later one that got the same number by when it began. */
export interface ProcessMark {
  readonly pid: number;
  readonly began: string;
}

const LOOK_EACH_MS = 20;

export async function markOf(pid: number): Promise<ProcessMark | undefined> {
  const began = process.platform === 'linux' ? await linuxBegan(pid) : await portableBegan(pid);
  return began === undefined ? undefined : { pid, began };
}

export async function isAlive(mark: ProcessMark): Promise<boolean> {
  return (await markOf(mark.pid))?.began === mark.began;
}

/** True once the process has ended; false when it still runs after the limit. */
export async function hasEnded(mark: ProcessMark, limitMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + limitMs;
  while (await isAlive(mark)) {
    if (performance.now() > giveUpAt) return false;
    await wait(LOOK_EACH_MS);
  }
  return true;
}

/**
 * Every process of a server left over on this cluster: Postgres and all its helpers work in its folder. Where
 * that cannot be seen, only the one that its own file names, if it is a Postgres.
 */
export async function serversOf(cluster: string): Promise<readonly ProcessMark[]> {
  const named = await namedServer(cluster);
  if (process.platform !== 'linux') return named && (await isPostgres(named.pid)) ? [named] : [];
  const folder = await realpath(cluster).catch(() => cluster);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const inFolder = await Promise.all(
    pids.map(async (pid) =>
      (await linuxFolder(pid)) === folder && pid !== process.pid ? markOf(pid) : undefined,
    ),
  );
  const marks = inFolder.filter((mark) => mark !== undefined);
  // The postmaster first: it ends the others in good order.
  return marks.sort((a, b) => Number(b.pid === named?.pid) - Number(a.pid === named?.pid));
}

async function namedServer(cluster: string): Promise<ProcessMark | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 ? markOf(pid) : undefined;
}

/** The 22nd field of a process's state is when it began; a finished one that nobody has waited for counts as gone. */
async function linuxBegan(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name, in brackets, may hold spaces and brackets itself.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, began] = [fields[0], fields[19]];
  return state === 'Z' || state === 'X' ? undefined : began;
}

function linuxFolder(pid: number): Promise<string | undefined> {
  return readlink(`/proc/${pid}/cwd`).catch(() => undefined);
}

async function portableBegan(pid: number): Promise<string | undefined> {
  const text = await runProgramForText('ps', ['-p', String(pid), '-o', 'lstart=']);
  return text.trim() || undefined;
}

async function isPostgres(pid: number): Promise<boolean> {
  return (await runProgramForText('ps', ['-p', String(pid), '-o', 'command='])).includes('postgres');
}
