/** No line is kept for longer than thirty days, whether the server is started anew or runs for years. */

import { appendFile, mkdtemp, open, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@alongside/testkit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepPostgresLogYoung, openPostgresLog } from './postgres-log.js';

const DAY_MS = 86_400_000;
const lineOf = (at: number) =>
  `${new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC')} [7] LOG:  ready\n`;

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-log-'));
  file = join(folder, 'postgres.log');
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

const started = async (): Promise<string> => {
  await (await openPostgresLog(file)).close();
  return readFile(file, 'utf8');
};

it('is kept over a start, and emptied where its first line is older than a month, or it is large', async () => {
  expect(await started()).toBe('');
  const young = lineOf(Date.now() - 20 * DAY_MS);
  await writeFile(file, young);
  expect(await started()).toBe(young);
  await writeFile(file, `a line without a date\n${lineOf(Date.now() - 30 * DAY_MS)}${young}`);
  expect(await started()).toBe('');
  await writeFile(file, lineOf(Date.now()).repeat(30_000));
  expect(await started()).toBe('');
});

it('without a date is as old as its last change', async () => {
  await writeFile(file, 'cannot be loaded\n');
  expect(await started()).toBe('cannot be loaded\n');
  await utimes(file, new Date(), new Date(Date.now() - 30 * DAY_MS));
  expect(await started()).toBe('');
});

it('is emptied while the server writes to it, which goes on at its beginning', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  const log = await open(file, 'a');
  const stop = keepPostgresLogYoung(file);
  const first = lineOf(Date.now());
  await appendFile(log, first);
  vi.advanceTimersByTime(28 * DAY_MS);
  await appendFile(log, 'still here\n');
  expect(await readFile(file, 'utf8')).toBe(`${first}still here\n`);
  vi.advanceTimersByTime(2 * DAY_MS);
  await until(async () => (await stat(file)).size === 0);
  const next = lineOf(Date.now());
  await appendFile(log, next);
  expect(await readFile(file, 'utf8')).toBe(next);
  stop();
  await log.close();
});
