/** Whether a signal opens the debugger of a process of the service, as it does for any other program of Node's. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { until } from '../../service/until.js';
import type { LimitShown } from '../report/proof-outcome.js';
import type { ServiceUnderProof } from '../service-under-proof.js';

const ROLES = ['main', 'live', 'records'] as const;
/** On a free port, so that no debugger of anybody's is in its way. */
const ANY_PROGRAM = 'process.debugPort = 0; setInterval(() => undefined, 1000); console.log("runs");';
const LISTENS = '0A';

/** The same signal is sent to a program of any kind as well: what does not see that one's debugger would see none. */
export async function closedToDebuggers(service: Pick<ServiceUnderProof, 'pid'>): Promise<LimitShown> {
  const pids = await Promise.all(ROLES.map((role) => service.pid(role)));
  const before = await Promise.all(pids.map(listeningSockets));
  for (const pid of pids) process.kill(pid, 'SIGUSR1');
  await seesDebuggers();
  const after = await Promise.all(pids.map(listeningSockets));
  const isClosed = after.every((sockets, at) => sockets.every((socket) => before[at]?.includes(socket)));
  const isAlive = (await Promise.all(ROLES.map((role) => service.pid(role)))).every(
    (pid, at) => pid === pids[at],
  );
  return { name: 'no debugger at a signal', inForce: isClosed && isAlive };
}

async function seesDebuggers(): Promise<void> {
  const any = spawn(process.execPath, ['-e', ANY_PROGRAM], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(any, 'exit');
  const { pid = 0 } = any;
  try {
    await once(any.stdout, 'data');
    any.kill('SIGUSR1');
    await until('the debugger of any program', async () => (await listeningSockets(pid)).length > 0);
  } finally {
    any.kill('SIGKILL');
    await ended;
  }
}

/** Numbers of those that a process waits on for connections. */
async function listeningSockets(pid: number): Promise<readonly string[]> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '')),
  );
  const listening = new Set(
    tables
      .flatMap((table) => table.split('\n').slice(1))
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state]) => state === LISTENS)
      .map((fields) => fields[9] ?? ''),
  );
  const held = await Promise.all(
    (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')),
  );
  return held
    .map((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '')
    .filter((socket) => listening.has(socket));
}
