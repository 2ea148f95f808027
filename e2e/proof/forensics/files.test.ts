/** Whatever lies in a place of the service is found by the detector that the place belongs to. */

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makePlaces } from '../copy/writable-places.js';
import { newCanary } from '../scan/new-canary.js';
import { Scanner } from '../scan/scanner.js';
import type { WritablePlaces } from '../service-under-proof.js';
import { scanFiles } from './files.js';

const names = ['data', 'temporary', 'stray', 'log', 'database log', 'name', 'target', 'profile', 'absent'];
const canaries = names.map(newCanary);
const token = (name: string) => canaries.find(({ channel }) => channel === name)?.token ?? '';

let places: WritablePlaces;
beforeEach(async () => {
  places = await makePlaces(await mkdtemp(join(tmpdir(), 'alongside-proof-test-')));
  await mkdir(join(places.data, 'postgres'));
});
afterEach(() => rm(places.root, { recursive: true, force: true }));

async function found(): Promise<Readonly<Record<string, string>>> {
  const detections = await scanFiles(new Scanner({ canaries, bodies: [], keys: [] }, []), places);
  const findings = detections.flatMap((each) => each.findings);
  return Object.fromEntries(
    findings.map(({ detector, trace }) => [trace.kind === 'canary' ? trace.channel : '', detector]),
  );
}

test('clean places give no finding', async () => {
  await writeFile(join(places.data, 'a'), 'nothing');
  expect(await found()).toEqual({});
});

test('each leak is found by its detector', async () => {
  await writeFile(join(places.data, 'a'), token('data'));
  await writeFile(join(places.temporary, 'b'), Buffer.from(token('temporary')).toString('base64'));
  await writeFile(join(places.root, 'c'), token('stray'));
  await writeFile(join(places.logs, 'service.log'), `{"event":"${token('log')}"}\n`);
  await writeFile(join(places.data, 'postgres', 'postgres.log'), token('database log'));
  await writeFile(join(places.home, token('name')), '');
  await symlink(`/nowhere/${token('target')}`, join(places.home, 'link'));
  await writeFile(join(places.profiles, 'd'), token('profile'));
  expect(await found()).toEqual({
    data: 'files',
    temporary: 'files',
    stray: 'files',
    log: 'logs',
    'database log': 'logs',
    name: 'names',
    target: 'names',
  });
});
