/** The lock keeps two processes apart and survives one that was killed. */
import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from './with-lock.mjs';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alongside-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('lets one work at a time', async () => {
  const lock = join(folder, 'made', 'lock');
  let inside = 0;
  let most = 0;
  let waits = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    // The others get every chance to come in.
    await stat(folder);
    await stat(lock);
    inside -= 1;
  };
  const onWait = async () => {
    waits += 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(lock, { work, onWait })));
  expect(most).toBe(1);
  expect(waits).toBeGreaterThan(0);
});

it('is given back when the work fails', async () => {
  const lock = join(folder, 'lock');
  const failing = withLock(lock, { work: () => Promise.reject(new Error('no luck')) });
  await expect(failing).rejects.toThrow('no luck');
  await expect(withLock(lock, { work: async () => 'done' })).resolves.toBe('done');
});

it('is taken over from a holder that has stopped touching it', async () => {
  const lock = join(folder, 'lock');
  await writeFile(lock, 'a holder that was killed');
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo);
  await expect(withLock(lock, { work: async () => 'done' })).resolves.toBe('done');
});

it('is not taken from a holder that lives, and the waiting can be ended', async () => {
  const lock = join(folder, 'lock');
  await writeFile(lock, 'a holder that lives');
  const stop = new AbortController();
  const onWait = async () => stop.abort();
  const waiting = withLock(lock, { work: async () => 'done', onWait, signal: stop.signal });
  await expect(waiting).rejects.toThrow(/abort/i);
});
