/** What was erased stays written down, whoever tidies up meanwhile. */

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BACKUP_DAYS, ErasureLedger, hashId } from './erasure-ledger.js';

const DAY_MS = 86_400_000;
const NOTED = 500;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-ledger-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('keeps what a backup can be older than, and leaves out the rest', () => {
  const ledger = new ErasureLedger(join(folder, 'kept'));
  expect(ledger.isMissing).toBe(true);
  ledger.tidy(Date.now());
  expect([ledger.isMissing, ledger.read()]).toEqual([false, []]);
  const now = Date.now();
  ledger.note('engagement', 'old', now - (BACKUP_DAYS + 1) * DAY_MS);
  ledger.note('answers', 'young', now);
  ledger.tidy(now);
  expect(ledger.read()).toEqual([{ kind: 'answers', subject: hashId('young'), at: now }]);
});

it('keeps what waits for the end of a hold until no backup is older than that end', () => {
  const ledger = new ErasureLedger(join(folder, 'held'));
  const now = Date.now();
  const at = now - 300 * DAY_MS;
  const holdUntil = (days: number) => ({
    ...{ engagementId: `ended ${days} days ago`, holdId: randomUUID() },
    heldUntil: new Date(now - days * DAY_MS),
  });
  for (const days of [BACKUP_DAYS - 1, BACKUP_DAYS + 1]) ledger.noteHeld('answers', holdUntil(days), at);
  ledger.note('answers', 'not held', at);
  ledger.tidy(now);
  const subjects = ledger.read().map(({ subject }) => subject);
  expect(subjects).toEqual([hashId(`ended ${BACKUP_DAYS - 1} days ago`)]);
});

it('loses nothing by a line that broke off', async () => {
  const file = join(folder, 'broken');
  const ledger = new ErasureLedger(file);
  const noted = ['first', 'second', 'third'];
  for (const each of noted) {
    ledger.note('engagement', each, Date.now());
    await appendFile(file, '{"kind":"engagem');
    ledger.tidy(Date.now());
    await appendFile(file, '{"kind":"engagem');
  }
  expect(ledger.read().map(({ subject }) => subject)).toEqual(noted.map(hashId));
});

it('loses nothing that another process notes while it is tidied', async () => {
  const file = join(folder, 'shared');
  const built = join(folder, 'ledger.mjs');
  buildSync({
    entryPoints: [join(import.meta.dirname, 'erasure-ledger.ts')],
    ...{ outfile: built, bundle: true, platform: 'node', format: 'esm' },
  });
  const noting = join(folder, 'noting.mjs');
  await writeFile(
    noting,
    `import { ErasureLedger } from ${JSON.stringify(built)};
      const ledger = new ErasureLedger(${JSON.stringify(file)});
      for (let each = 0; each < ${NOTED}; each += 1) ledger.note('engagement', String(each), Date.now());`,
  );
  const other = new Worker(noting);
  const ended = once(other, 'exit');
  const ledger = new ErasureLedger(file);
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  let tidied = 0;
  while (!isOver) {
    ledger.tidy(Date.now());
    tidied += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await ended).toEqual([0]);
  expect(tidied).toBeGreaterThan(10);
  expect(new Set(ledger.read().map(({ subject }) => subject)).size).toBe(NOTED);
});
