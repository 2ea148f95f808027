/** Who is cut for sending too much: whoever does it in several looks in a row, and nobody for a burst. */

import { expect, it } from 'vitest';
import { FloodWatch } from './flood-watch.js';

const limits = { floodBitsPerSecond: 1000, floodLookMs: 1000, floodLooks: 2 };

function watched(...rates: readonly (readonly (number | undefined)[])[]) {
  let look = -1;
  const senders = rates.map((list, number) => ({
    number,
    incomingBitsPerSecond: async () => list[look],
  }));
  const cut: number[] = [];
  const watch = new FloodWatch({ limits, senders: () => senders, onFlood: ({ number }) => cut.push(number) });
  const next = async () => {
    look += 1;
    await watch.look();
    return cut;
  };
  return { next };
}

it('cuts a sender after so many looks in a row, and not before', async () => {
  const { next } = watched([1001, 1001], [1000, 1000]);
  expect(await next()).toEqual([]);
  expect(await next()).toEqual([0]);
});

it('cuts nobody for a burst, nor for what cannot be measured any more', async () => {
  const { next } = watched([9000, 10, 9000], [9000, undefined, 9000]);
  for (const _ of [1, 2, 3]) expect(await next()).toEqual([]);
});

it('looks once at a time, however long an answer takes', async () => {
  let asked = 0;
  let answer = (_: number): void => undefined;
  const sender = {
    incomingBitsPerSecond: () => {
      asked += 1;
      return new Promise<number>((resolve) => {
        answer = resolve;
      });
    },
  };
  const watch = new FloodWatch({ limits, senders: () => [sender], onFlood: () => undefined });
  const first = watch.look();
  await watch.look();
  expect(asked).toBe(1);
  answer(0);
  await first;
});
