/** A dump is found by its name, or by what it is where its name says nothing. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scanDumps } from './dumps.js';
import { TextFinder } from './text-finder.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-proof-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function rules(): Promise<readonly string[]> {
  const { findings } = await scanDumps(new TextFinder([]), [folder]);
  return findings.map(({ trace }) => (trace.kind === 'rule' ? trace.rule : trace.kind)).sort();
}

test('each kind is found', async () => {
  const core = Buffer.alloc(64);
  core.set(Buffer.from('\x7fELF', 'latin1'));
  core.writeUInt8(4, 16);
  await writeFile(join(folder, 'any-name'), core);
  await writeFile(join(folder, 'Heap.1.heapsnapshot'), '{}');
  await writeFile(join(folder, 'report.20261122.1.0.json'), '{}');
  expect(await rules()).toEqual(['core dump', 'diagnostic report', 'heap snapshot']);
});

test('a program, and a file that is named almost so, are none', async () => {
  const program = Buffer.alloc(64);
  program.set(Buffer.from('\x7fELF', 'latin1'));
  program.writeUInt8(3, 16);
  await writeFile(join(folder, 'core'), program);
  await writeFile(join(folder, 'report.json'), '{}');
  expect(await rules()).toEqual([]);
});
