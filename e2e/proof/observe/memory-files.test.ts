/** A process that holds a deleted file is caught, also when it has ended before the last look; one that holds none is not. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TextFinder } from '../forensics/text-finder.js';
import { newToken } from '../scan/new-canary.js';
import { MemoryFilesWatch } from './memory-files.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-proof-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function seenIn(script: string, token: string) {
  const child = spawn('/bin/sh', ['-c', script], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const watch = new MemoryFilesWatch(async () => [{ role: 'live', pid: child.pid ?? 0 }]);
  try {
    await once(child.stdout, 'data');
    await watch.look();
  } finally {
    child.stdin.end();
    await ended;
  }
  return watch.scan(new TextFinder([token]), ['live']);
}

test('a deleted file that was open is found with what was in it, although its process has ended', async () => {
  const token = newToken();
  const script = `exec 7>held; echo ${token} >&7; rm held; echo ready; read -r line`;
  const { findings, partsNotRun } = await seenIn(script, token);
  expect(findings.map(({ place, trace }) => [place, trace.kind])).toEqual([
    ['live: descriptor 7', 'canary'],
    ['live: descriptor 7', 'rule'],
  ]);
  expect(partsNotRun).toEqual([]);
});

test('a process that holds none is clean, and one that was never met is a part that was not run', async () => {
  expect((await seenIn('echo ready; read -r line', newToken())).findings).toEqual([]);
  const gone = new MemoryFilesWatch(async () => [{ role: 'live', pid: 2 ** 30 }]);
  gone.begin();
  const { partsNotRun } = await gone.scan(new TextFinder([]), ['live']);
  expect(partsNotRun.map(({ part }) => part)).toEqual(['memory-files: live']);
});

test('what lies in shared memory is read, also in folders that another run has left there', async () => {
  const token = newToken();
  const left = await mkdtemp('/dev/shm/alongside-proof-test-');
  try {
    await mkdir(join(left, 'within'));
    await writeFile(join(left, 'within', 'left'), token);
    const { findings, partsNotRun } = await new MemoryFilesWatch(async () => []).scan(
      new TextFinder([token]),
      [],
    );
    expect(findings.map(({ place }) => place)).toEqual(['shared memory']);
    expect(partsNotRun).toEqual([]);
  } finally {
    await rm(left, { recursive: true });
  }
});
