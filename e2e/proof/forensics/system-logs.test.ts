/** What came into the machine's logs while a run went on is searched, and what was there before is not. */

import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LogPlaces } from './system-logs.js';
import { SystemLogs } from './system-logs.js';
import { TextFinder } from './text-finder.js';

let folder: string;
let places: LogPlaces;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-proof-test-'));
  places = { files: join(folder, 'log'), kernel: join(folder, 'kmsg') };
  await mkdir(join(places.files, 'postgresql'), { recursive: true });
  await writeFile(join(places.files, 'syslog'), 'old words\n');
  await writeFile(join(places.files, 'quiet'), 'before words\n');
  await writeFile(places.kernel, '6,1,100,-;before words\n SUBSYSTEM=net\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sought = ['before words', 'old words', 'new words', 'grown words', 'kernel words', 'attached words'];

async function seen(logs: SystemLogs) {
  const finder = new TextFinder(sought);
  const { findings, partsNotRun } = await logs.scan(finder);
  const rules = findings.flatMap(({ trace }) => (trace.kind === 'rule' ? [trace.rule] : []));
  return { texts: sought.filter((text) => finder.seenBy(text).has('logs')), rules, partsNotRun };
}

test('New and grown files are searched as wholes, and new lines of the kernel with what hangs on them', async () => {
  const logs = await SystemLogs.begin({ sign: false, places });
  await appendFile(join(places.files, 'syslog'), 'grown words\n');
  await writeFile(join(places.files, 'postgresql', 'main'), 'new words\n');
  await appendFile(places.kernel, '4,2,101,-;kernel words\n TEXT=attached words\n');
  const { texts, rules } = await seen(logs);
  expect(texts).toEqual(['old words', 'new words', 'grown words', 'kernel words', 'attached words']);
  expect(rules).toEqual([]);
});

test('A line of its own has to turn up', async () => {
  const written = async () => (await readFile(places.kernel, 'utf8')).split('\n').at(-2) ?? '';
  const found = await SystemLogs.begin({ sign: true, places });
  // The kernel puts its own numbers before it.
  await appendFile(places.kernel, `4,2,101,-;${await written()}\n`);
  expect((await seen(found)).rules).toEqual([]);
  const lost = await SystemLogs.begin({ sign: true, places });
  expect((await seen(lost)).rules).toEqual(['the watch did not find its own line']);
});

test('What cannot be read, or has been overwritten, is named', async () => {
  const gone = await SystemLogs.begin({
    sign: true,
    places: { ...places, kernel: join(folder, 'no', 'kmsg') },
  });
  const { partsNotRun } = await seen(gone);
  expect(partsNotRun.map(({ reason }) => reason)).toContain('it cannot be read (ENOENT)');
  const logs = await SystemLogs.begin({ sign: false, places });
  await writeFile(places.kernel, '4,7,200,-;kernel words\n');
  expect((await seen(logs)).partsNotRun.map(({ reason }) => reason)).toContain(
    'lines of this run have made room for newer ones',
  );
});
