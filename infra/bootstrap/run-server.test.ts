/** The foreground run: the server gets each signal once, its exit code is passed on, and it does not survive us. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SERVER = `
  let signals = 0;
  process.on('SIGINT', () => {
    signals += 1;
    if (signals === 1) setTimeout(() => { console.log('signals ' + signals); process.exit(7); }, 300);
  });
  process.once('disconnect', () => process.exit(0));
  console.log('pid ' + process.pid);
  if (process.env.END_WITH) process.exit(Number(process.env.END_WITH));
`;

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'alongside-server-'));
  await mkdir(join(root, 'server', 'dist', 'app'), { recursive: true });
  await writeFile(join(root, 'server', 'dist', 'app', 'main.js'), SERVER);
});
afterEach(() => rm(root, { recursive: true }));

it('passes the exit code on', async () => {
  const starter = start({ END_WITH: '5' });
  expect(await once(starter, 'exit')).toEqual([5, null]);
});

it('passes a signal on once, though it comes from the terminal and from npm', async () => {
  const starter = start({});
  const lines = createInterface({ input: starter.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toMatch(/^pid /);
  const exit = once(starter, 'exit');
  starter.kill('SIGINT');
  starter.kill('SIGINT');
  expect((await lines.next()).value).toBe('signals 1');
  expect(await exit).toEqual([7, null]);
});

it('lets the server notice when it is killed itself', async () => {
  const starter = start({});
  const lines = createInterface({ input: starter.stdout })[Symbol.asyncIterator]();
  const pid = Number(String((await lines.next()).value).slice('pid '.length));
  starter.kill('SIGKILL');
  await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
});

function start(env: Record<string, string>): ChildProcessByStdio<null, Readable, null> {
  const module = new URL('./run-server.mjs', import.meta.url).href;
  const program = `
    const { runServer } = await import(${JSON.stringify(module)});
    process.exitCode = await runServer({ root: ${JSON.stringify(root)}, env: process.env });
  `;
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
