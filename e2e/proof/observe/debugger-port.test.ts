/** A program whose debugger a signal opens is told from one that has closed it. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { closedToDebuggers } from './debugger-port.js';

const WAITS = 'process.debugPort = 0; setInterval(() => undefined, 1000); console.log("runs");';
const CLOSED = `process.on('SIGUSR1', () => undefined); ${WAITS}`;
const started: ChildProcess[] = [];

afterEach(async () => {
  for (const child of started.splice(0)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

async function serviceOf(programs: Readonly<Record<string, string>>) {
  const pids = new Map<string, number>();
  for (const [role, program] of Object.entries(programs)) {
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });
    started.push(child);
    await once(child.stdout, 'data');
    pids.set(role, child.pid ?? 0);
  }
  return { pid: async (role: string) => pids.get(role) ?? 0 };
}

test('each process has to have closed it', async () => {
  const closed = await serviceOf({ main: CLOSED, live: CLOSED, records: CLOSED });
  expect(await closedToDebuggers(closed)).toMatchObject({ inForce: true });
  const open = await serviceOf({ main: CLOSED, live: CLOSED, records: WAITS });
  expect(await closedToDebuggers(open)).toMatchObject({ inForce: false });
});
