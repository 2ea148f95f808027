/** Files that come and go are noticed by name; a watch that may have missed any breaks a rule itself. */

import { mkdirSync, mkdtempSync, renameSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
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
import { WatchedTree } from './watched-tree.js';

let places: WritablePlaces;
let events: FileEvents;
beforeEach(async () => {
  places = await makePlaces(mkdtempSync(join(tmpdir(), 'alongside-proof-test-')));
  events = watchFiles(places);
});
afterEach(() => {
  events.close();
  rmSync(places.root, { recursive: true, force: true });
});

function come(path: string): void {
  writeFileSync(path, 'content');
  unlinkSync(path);
}

async function found(token = newToken()) {
  await events.stop();
  const { findings } = await events.scan(new TextFinder([token]));
  return findings.map(({ place, trace }) => [place, trace.kind === 'rule' ? trace.rule : trace.kind]);
}

test('a file that is deleted at once is noticed, by its name and by its being there', async () => {
  const token = newToken();
  come(join(places.temporary, token));
  expect(await found(token)).toEqual([
    ['temporary/', 'canary'],
    ['temporary/(name withheld)', 'file outside the list of known names'],
  ]);
});

test('a folder that is new, moved or made anew is watched as well, and what the service makes breaks no rule', async () => {
  const folder = join(places.data, 'run');
  for (const made of [folder, join(places.profiles, 'first'), join(places.profiles, 'first', 'inner')]) {
    const before = events.folders;
    mkdirSync(made);
    await until('the watch', () => events.folders > before);
  }
  renameSync(join(places.profiles, 'first'), join(places.profiles, 'second'));
  for (const round of [1, 2]) {
    rmSync(join(places.profiles, 'again'), { recursive: true, force: true });
    mkdirSync(join(places.profiles, 'again'));
    writeFileSync(join(places.profiles, 'again', `file-${round}`), '');
  }
  writeFileSync(join(places.profiles, 'second', 'inner', 'file'), '');
  come(join(folder, 'main.json'));
  come(join(folder, 'other.txt'));
  expect(await found()).toEqual([['data/run/other.txt', 'file outside the list of known names']]);
});

test('a watch that was taken away, or whose queue was full, is a finding', async () => {
  events.close();
  events = watchFiles(places, 200);
  events.close();
  writeFileSync(join(places.data, 'run'), '');
  expect((await found()).map(([, rule]) => rule)).toEqual([
    'the watch did not notice its own sign at the end',
    'files are there whose coming was not noticed',
  ]);
});

test('so many notices at once that the system may have dropped some are told', async () => {
  const tree = new WatchedTree(places.root, 100);
  const files = ['a', 'b'].map((name) => join(places.data, name));
  for (const file of files) writeFileSync(file, '');
  await until('the notices', () => tree.hasSeen(places.data, 'b'));
  expect(tree.overflowed).toBe(false);
  // In turns, since two notices alike are one.
  for (let turn = 0; turn < 60; turn += 1) for (const file of files) utimesSync(file, turn, turn);
  await until('the notices', () => tree.overflowed);
  tree.close();
});

test('a folder that nobody watches is told', () => {
  const tree = new WatchedTree(places.data);
  expect(tree.missing()).toEqual({ unwatched: 0, unseen: 0 });
  tree.close();
  mkdirSync(join(places.data, 'new'));
  expect(tree.missing()).toEqual({ unwatched: 1, unseen: 1 });
});
