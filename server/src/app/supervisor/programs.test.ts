/** A program in one file is started only while it says what the modules say. */
import { mkdir, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPrograms } from './programs.js';

let root: string;
const module = () => join(root, 'server/dist/live/create-live.js');
const found = () => findPrograms({ root, folder: join(root, 'server/dist/app') });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'alongside-programs-'));
  for (const name of ['app', 'live', 'bundle'])
    await mkdir(join(root, 'server/dist', name), { recursive: true });
  await writeFile(module(), 'export const one = 1;\n');
});
afterAll(() => rm(root, { recursive: true, force: true }));

const filesIn = (folder: string) => ({
  main: join(folder, 'main-process.js'),
  records: join(folder, 'records-main.js'),
  live: join(folder, 'live-main.js'),
});

async function noteMadeOf(): Promise<void> {
  const { size, mtimeMs } = await stat(module());
  const madeOf = [['server/dist/live/create-live.js', size, Math.round(mtimeMs)]];
  await writeFile(join(root, 'server/dist/bundle/made-of.json'), JSON.stringify(madeOf));
}

it('is the modules where nothing was bundled', async () => {
  const folder = join(root, 'server/dist/app');
  const modules = filesIn(folder);
  expect(found()).toEqual({ ...modules, bundled: false });
  await writeFile(join(root, 'server/dist/bundle/made-of.json'), 'cut off');
  expect(found()).toEqual({ ...modules, bundled: false });
});

it('is one file until a module changes, be it by its length or by its time alone', async () => {
  await noteMadeOf();
  const bundle = join(root, 'server/dist/bundle');
  const files = filesIn(bundle);
  expect(found()).toEqual({ ...files, bundled: true });
  const { mtime } = await stat(module());
  await writeFile(module(), 'export const one = 11;\n');
  await utimes(module(), mtime, mtime);
  expect(found().bundled).toBe(false);
  await noteMadeOf();
  expect(found().bundled).toBe(true);
  await utimes(module(), mtime, new Date(mtime.getTime() + 5));
  expect(found().bundled).toBe(false);
  await rm(module());
  expect(found().bundled).toBe(false);
});
