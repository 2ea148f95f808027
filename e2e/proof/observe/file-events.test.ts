/** Files that come and go are noticed by name; those that belong to the service break no rule. */

import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../service/until.js';
import { makePlaces } from '../copy/writable-places.js';
import { TextFinder } from '../forensics/text-finder.js';
import { newToken } from '../scan/new-canary.js';
import type { WritablePlaces } from '../service-under-proof.js';
import type { FileEvents } from './file-events.js';
import { watchFiles } from './file-events.js';

let places: WritablePlaces;
let events: FileEvents;
beforeEach(async () => {
  places = await makePlaces(mkdtempSync(join(tmpdir(), 'alongside-proof-test-')));
  events = watchFiles(places);
});
afterEach(() => {
  events.stop();
  rmSync(places.root, { recursive: true, force: true });
});

function come(path: string): void {
  writeFileSync(path, 'content');
  unlinkSync(path);
}

test('a file that is deleted at once is noticed, by its name and by its being there', async () => {
  const token = newToken();
  come(join(places.temporary, token));
  const detection = await until('the notice', async () => {
    const seen = await events.scan(new TextFinder([token]));
    return seen.findings.length === 2 && seen;
  });
  expect(detection.findings.map(({ place, trace }) => [place, trace.kind])).toEqual([
    ['temporary/', 'canary'],
    ['temporary/(name withheld)', 'rule'],
  ]);
});

test('a folder that is new is watched as well, and what the service makes breaks no rule', async () => {
  const folder = join(places.data, 'run');
  const before = events.folders;
  mkdirSync(folder);
  await until('the watch', () => events.folders > before);
  come(join(folder, 'main.json'));
  come(join(folder, 'other.txt'));
  const detection = await until('the notice', async () => {
    const seen = await events.scan(new TextFinder([]));
    return seen.findings.length > 0 && seen;
  });
  expect(detection.findings.map(({ place }) => place)).toEqual(['data/run/other.txt']);
});
