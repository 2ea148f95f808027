/** Two commands at once set the project up one after the other, and the second says what it waits for. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { setUp } from './set-up.mjs';
import { withLock } from './with-lock.mjs';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'alongside-set-up-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true });
});

it('waits for another start, says so once, and goes on when that one is done', async () => {
  const said: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => said.push(String(line)) > 0);
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const lock = join(root, '.data', 'set-up.lock');
  const other = withLock(lock, { work: () => finished });
  await vi.waitFor(() => stat(lock));
  // An empty folder has nothing to install: that it is looked at shows that the turn has come.
  const outcome = setUp(root).then(
    () => 'set up',
    (error: NodeJS.ErrnoException) => error.code,
  );
  const early = Promise.race([outcome, vi.waitFor(() => expect(said).not.toEqual([])).then(() => 'waits')]);
  expect(await early).toBe('waits');
  finish();
  await other;
  expect(await outcome).toBe('ENOENT');
  expect(said).toEqual(['  waiting for another start that is setting the project up …\n']);
  await expect(stat(lock)).rejects.toThrow('ENOENT');
});
