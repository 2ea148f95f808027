/** Where processes listen, as Linux tells it: every place at which they take what others send. */

import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

export interface ListeningSocket {
  /** The program that holds it, without its folder. */
  readonly program: string;
  readonly address: string;
  readonly port: string;
}

/** 0A: a TCP socket that listens; 07: a UDP socket, which takes from whoever sends. */
const tables = { tcp: '0A', tcp6: '0A', udp: '07', udp6: '07' };

/** Of a process and of everything that it has begun. */
export async function listeningSockets(pid: number): Promise<readonly ListeningSocket[]> {
  const holders = new Map<string, string>();
  // Postgres hands its socket on to each process that it begins: the first that holds it is asked.
  for (const each of await familyOf(pid)) {
    const program = await programOf(each);
    for (const inode of await socketsOf(each)) if (!holders.has(inode)) holders.set(inode, program);
  }
  const found: ListeningSocket[] = [];
  for (const [table, listens] of Object.entries(tables)) {
    for (const row of (await textOf(`${pid}/net/${table}`)).split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/);
      const program = holders.get(inode);
      if (state === listens && program !== undefined) found.push({ program, ...placeOf(local) });
    }
  }
  return found;
}

async function familyOf(pid: number): Promise<readonly number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const told = await Promise.all(threads.map((thread) => textOf(`${pid}/task/${thread}/children`)));
  const children = told.join(' ').split(' ').filter(Boolean).map(Number);
  return [pid, ...(await Promise.all(children.map(familyOf))).flat()];
}

async function socketsOf(pid: number): Promise<readonly string[]> {
  const open = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const names = await Promise.all(open.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  return names.flatMap((name) => /^socket:\[(\d+)\]$/.exec(name)?.[1] ?? []);
}

/** Of Node the script. */
async function programOf(pid: number): Promise<string> {
  const words = (await textOf(`${pid}/cmdline`)).split('\0');
  return basename(words.find((word) => word.endsWith('.js')) ?? words[0] ?? '');
}

/** Of four bytes the last one comes first. */
function placeOf(local: string): Omit<ListeningSocket, 'program'> {
  const [bytes = '', port = ''] = local.split(':');
  const address = bytes.length === 8 ? [...Buffer.from(bytes, 'hex')].toReversed().join('.') : `[${bytes}]`;
  return { address, port: String(Number.parseInt(port, 16)) };
}

/** Nothing of a process that has ended meanwhile. */
function textOf(name: string): Promise<string> {
  return readFile(`/proc/${name}`, 'utf8').catch(() => '');
}
