/** Who is committed together: those who write together, and nobody waits for anybody who does not come. */
import type { JournalEntry } from '@alongside/engagement';
import { afterEach, expect, it, vi } from 'vitest';
import type { Database } from '../database/database.js';
import { GroupCommitter } from './group-committer.js';

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const lines = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ type: 'chatLine', entryId: String(at) }) as JournalEntry);
afterEach(() => vi.useRealTimers());

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

function committer() {
  const sizes: number[] = [];
  const database = { state: 'up', reportDown: () => undefined } as unknown as Database;
  const write = async (entries: readonly JournalEntry[]) => {
    sizes.push(entries.length);
    return entries.map(() => ({ ok: true, version: 1, at: 0 }) as const);
  };
  return { sizes, committer: new GroupCommitter({ database, write, logger: silent }) };
}

it('takes what comes in one turn together, and one that comes alone at once', async () => {
  const { sizes, committer: own } = committer();
  await Promise.all(lines(3).map((each) => own.submit(each)));
  const [line] = lines(1);
  for (let turn = 0; turn < 3; turn += 1) if (line !== undefined) await own.submit(line);
  expect(sizes).toEqual([3, 1, 1, 1]);
});

it('waits, turn by turn, for as many as there were last time, as long as they come', async () => {
  const { sizes, committer: own } = committer();
  await Promise.all(lines(6).map((each) => own.submit(each)));
  // However slow the machine is, no time passes.
  const stopped = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
  const waiting: Promise<unknown>[] = [];
  for (const each of lines(6)) {
    waiting.push(own.submit(each));
    await nextTurn();
  }
  await Promise.all(waiting);
  stopped.mockRestore();
  expect(sizes).toEqual([6, 6]);
});

it('goes on with those who came where the others do not', async () => {
  const { sizes, committer: own } = committer();
  await Promise.all(lines(6).map((each) => own.submit(each)));
  await Promise.all(lines(2).map((each) => own.submit(each)));
  expect(sizes).toEqual([6, 2]);
});

it('takes nothing for late that is answered, however long the next ones gather', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  const reportDown = vi.fn();
  const written = lines(2).map(() => ({ ok: true, version: 1, at: 0 }) as const);
  let finish = (_: typeof written): void => undefined;
  const slow = new Promise<typeof written>((resolve) => {
    finish = resolve;
  });
  const own = new GroupCommitter({
    database: { state: 'up', reportDown } as unknown as Database,
    write: async (entries) => (entries.length === 2 ? slow : written),
    logger: silent,
  });
  const first = Promise.all(lines(2).map((each) => own.submit(each)));
  await vi.advanceTimersByTimeAsync(1_000);
  const second = Promise.all(lines(1).map((each) => own.submit(each)));
  await vi.advanceTimersByTimeAsync(400);
  finish(written);
  expect(await first).toEqual(written);
  // Until it gathers, which lasts for a turn at least; within that turn a quarter of a second passes.
  for (let step = 0; step < 20; step += 1) await Promise.resolve();
  vi.advanceTimersByTime(350);
  expect(reportDown).not.toHaveBeenCalled();
  expect(await second).toEqual([written[0]]);
});
