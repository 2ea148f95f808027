/** Two at once and no more, whoever comes, in the order in which they came. */
import { expect, it } from 'vitest';
import { ReadingTurns } from './reading-turns.js';

it('lets two read at once, and the next ones in turn, also after one that failed', async () => {
  const turns = new ReadingTurns();
  const begun: number[] = [];
  let now = 0;
  let most = 0;
  const read = (at: number) =>
    turns.take(async () => {
      begun.push(at);
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      if (at === 3) throw new Error('away');
      return at;
    });
  const done = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map(read));
  expect(done.map((each) => (each.status === 'fulfilled' ? each.value : 'away'))).toEqual([
    ...[0, 1, 2, 'away', 4, 5, 6],
  ]);
  expect([begun, most]).toEqual([[0, 1, 2, 3, 4, 5, 6], 2]);
  expect(await read(7)).toBe(7);
});
