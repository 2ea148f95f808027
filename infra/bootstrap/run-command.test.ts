/** Programs are run to their end with what they started, and what they left behind is found. */
import { spawn } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { endLeftovers } from './leftovers.mjs';
import { runCommand } from './run-command.mjs';

const node = process.execPath;

it('hands over lines, and a carriage return ends one as well', async () => {
  const lines: string[] = [];
  const program = `process.stdout.write('[1/2] a\\r[2/2] b\\nlast')`;
  const result = await runCommand(node, ['-e', program], { onLine: (line) => lines.push(line) });
  expect(result).toMatchObject({ ok: true, code: 0, notFound: false });
  expect(lines).toEqual(['[1/2] a', '[2/2] b', 'last']);
});

it('tells a failing program from one that is not there', async () => {
  const failing = await runCommand(node, ['-e', `console.error('why'); process.exit(3)`]);
  expect(failing).toMatchObject({ ok: false, code: 3, notFound: false, tail: 'why' });
  expect(await runCommand('no-such-program', [])).toMatchObject({ ok: false, code: null, notFound: true });
});

it('ends what a program started when it is told to stop', async () => {
  const stop = new AbortController();
  let grandchild = 0;
  const program = `
    const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    console.log(child.pid);
    setInterval(() => {}, 1000);
  `;
  const result = await runCommand(node, ['-e', program], {
    signal: stop.signal,
    onLine: (line) => {
      grandchild = Number(line);
      stop.abort();
    },
  });
  expect(result.ok).toBe(false);
  await expect.poll(() => isRunning(grandchild), { timeout: 10_000 }).toBe(false);
});

it('does not begin when it was stopped before', async () => {
  expect((await runCommand(node, ['-e', ''], { signal: AbortSignal.abort() })).ok).toBe(false);
});

it('finds and ends what a test run has left behind', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'alongside-left-')));
  try {
    expect(await endLeftovers(folder)).toBe(0);
    const left = spawn(node, ['-e', 'setInterval(() => {}, 1000)'], {
      env: { TMPDIR: folder },
      stdio: 'ignore',
      detached: true,
    });
    const ended = new Promise((resolve) => left.once('exit', (_, signal) => resolve(signal)));
    expect(await endLeftovers(folder, 300)).toBe(1);
    expect(await ended).toBe('SIGKILL');
  } finally {
    await rm(folder, { recursive: true });
  }
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
