/** A patch that does not say what it changes changes nothing. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Patch } from './patch.js';
import { applyPatches, patchText } from './patch.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-patch-'));
  await mkdir(join(folder, 'dist'));
});

afterEach(() => rm(folder, { recursive: true }));

function patch(find: string, where: Patch['where'], put: string): Patch {
  return { file: 'dist/a.js', find, where, put };
}

test('several patches at one place come in their order', () => {
  const patches = [
    patch('two', 'after', ' B'),
    patch('two', 'after', ' C'),
    patch('two', 'before', 'A '),
    patch('three', 'instead', '3'),
  ];
  expect(patchText('one two three', patches)).toBe('one A two B C 3');
});

test('a patch sees the text as it was built, not what another one has put', () => {
  const patches = [patch('one', 'after', ' two'), patch('two', 'instead', '2')];
  expect(patchText('one two', patches)).toBe('one two 2');
});

test('a text that is not there, or there twice, is an error', () => {
  expect(() => patchText('one', [patch('two', 'instead', '')])).toThrow('0 times');
  expect(() => patchText('one one', [patch('one', 'instead', '')])).toThrow('2 times');
});

test('a text that is known to be there twice is patched twice', () => {
  const twice: Patch = { ...patch('one', 'after', '!'), times: 2 };
  expect(patchText('one one', [twice])).toBe('one! one!');
  expect(() => patchText('one', [twice])).toThrow('1 times');
});

test('what comes at the start of a file needs no text of it', () => {
  expect(patchText('one', [patch('', 'start', 'zero '), patch('one', 'after', ' two')])).toBe('zero one two');
});

test('two patches of the same text are an error', () => {
  const patches = [patch('one two', 'instead', '12'), patch('two', 'instead', '2')];
  expect(() => patchText('one two', patches)).toThrow('the same text');
});

test('a star stands for the hash of one bundle', async () => {
  await writeFile(join(folder, 'dist/index-1a2b.js'), 'one');
  const star: Patch = { file: 'dist/index-*.js', find: 'one', where: 'instead', put: '1' };
  expect(await applyPatches(folder, [star])).toEqual(['dist/index-1a2b.js']);
  expect(await readFile(join(folder, 'dist/index-1a2b.js'), 'utf8')).toBe('1');
  await writeFile(join(folder, 'dist/index-3c4d.js'), 'one');
  await expect(applyPatches(folder, [star])).rejects.toThrow('2 files');
});
