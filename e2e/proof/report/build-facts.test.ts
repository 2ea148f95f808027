/** What an installation runs is known by a hash, which changes with each of its parts and with nothing else. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashInstallation } from './build-facts.js';

let root: string;
const parts = {
  'server/dist/app/main.js': 'build',
  'packages/frames/dist/index.js': 'build',
  'visitor-sdk/dist/sdk/v1/integrity.json': 'build',
  'infra/demo-shop/dist/main.js': 'build',
  'package-lock.json': 'packages',
  'node_modules/.package-lock.json': 'packages',
  'worker/mediasoup-worker': 'media worker',
} as const;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'alongside-build-test-'));
  for (const name of Object.keys(parts)) await write(name, 'before');
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function write(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), text);
}

const hash = () => hashInstallation(root, { mediaWorkerBin: join(root, 'worker', 'mediasoup-worker') });

it.each(Object.entries(parts))('changes with %s in its part alone', async (name, part) => {
  const before = await hash();
  await write(name, 'after');
  const after = await hash();
  for (const each of ['build', 'packages', 'media worker'] as const)
    expect(after[each] === before[each], each).toBe(each !== part);
});

it('does not change with what no program reads', async () => {
  const before = await hash();
  await write('server/dist/app/main.js.map', 'new');
  await write('packages/frames/src/index.ts', 'new');
  await write('packages/frames/node_modules/x/dist/index.js', 'new');
  expect(await hash()).toEqual(before);
});

it('says so where there is no media worker', async () => {
  expect(await hashInstallation(root, { mediaWorkerBin: undefined })).toMatchObject({
    'media worker': 'none',
  });
});
