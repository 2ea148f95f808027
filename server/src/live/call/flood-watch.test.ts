/** Who has sent too much: whoever goes on above the limit, the sooner the more it is, and nobody for a burst. */

import { expect, it } from 'vitest';
import { FloodWatch, type Sender } from './flood-watch.js';

const limits = { floodBitsPerSecond: 1000, floodBits: 5000 };

/** Who is found after each second in which so much came. */
async function found(...bits: readonly (number | undefined)[]): Promise<readonly (readonly string[])[]> {
  const watch = new FloodWatch<string, Sender>(limits, 0);
  let all: number | undefined = 0;
  const sender = { receivedBits: async () => all };
  const looks: (readonly string[])[] = [];
  for (const [second, came] of bits.entries()) {
    all = came === undefined ? undefined : (all ?? 0) + came;
    await watch.count('one', sender);
    looks.push(watch.judge((second + 1) * 1000));
  }
  return looks;
}

it('is who goes on a little above the limit, later, and who sends far more, at once', async () => {
  expect(await found(3000, 3000, 3000)).toEqual([[], [], ['one']]);
  expect(await found(6001)).toEqual([['one']]);
});

it('is nobody who keeps to the limit, or for a burst that is made up for', async () => {
  expect((await found(...Array.from({ length: 100 }, () => 1000))).flat()).toEqual([]);
  expect((await found(6000, 0, 0, 0, 0, 0, 6000)).flat()).toEqual([]);
});

it('is nobody for what cannot be measured any more', async () => {
  expect((await found(4000, undefined, undefined)).flat()).toEqual([]);
});

it('is who has sent it by several connections, of which each was closed before it was too much', async () => {
  const watch = new FloodWatch<string, Sender>(limits, 0);
  for (let nth = 0; nth < 4; nth += 1) {
    await watch.count('one', { receivedBits: async () => 2000 });
    await watch.count('other', { receivedBits: async () => 500 });
  }
  expect(watch.judge(1000)).toEqual(['one']);
});

it('counts nothing twice, however many ask at once', async () => {
  const watch = new FloodWatch<string, Sender>(limits, 0);
  const sender = { receivedBits: async () => 4000 };
  await Promise.all([watch.count('one', sender), watch.count('one', sender)]);
  expect(watch.judge(0)).toEqual([]);
});
