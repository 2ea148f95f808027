/** A process that holds a deleted file is caught, and one that holds none is not. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TextFinder } from '../forensics/text-finder.js';
import { newToken } from '../scan/new-canary.js';
import { scanMemoryFiles } from './memory-files.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-proof-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function seenIn(script: string, token: string) {
  const child = spawn('/bin/sh', ['-c', script], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    await once(child.stdout, 'data');
    return await scanMemoryFiles(new TextFinder([token]), [{ role: 'live', pid: child.pid ?? 0 }]);
  } finally {
    child.stdin.end();
    await ended;
  }
}

test('a deleted file that is still open is found with what is in it', async () => {
  const token = newToken();
  const script = `exec 7>held; echo ${token} >&7; rm held; echo ready; read -r line`;
  const { findings, partsNotRun } = await seenIn(script, token);
  expect(findings.map(({ place, trace }) => [place, trace.kind])).toEqual([
    ['live: descriptor 7', 'canary'],
    ['live: descriptor 7', 'rule'],
  ]);
  expect(partsNotRun).toEqual([]);
});

test('a process that holds none is clean, and one that is gone is a part that was not run', async () => {
  expect((await seenIn('echo ready; read -r line', newToken())).findings).toEqual([]);
  const gone = await scanMemoryFiles(new TextFinder([]), [{ role: 'live', pid: 2 ** 30 }]);
  expect(gone.partsNotRun.map(({ part }) => part)).toEqual(['memory-files: live']);
});
