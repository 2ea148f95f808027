/** What of another side could not be had in one moment is asked for again, and not for ever. */

import { expect, it } from 'vitest';
import { tryAgain } from './try-again.js';

async function tried(fails: number, isWanted = true) {
  const waits: number[] = [];
  let tries = 0;
  const act = async () => {
    tries += 1;
    if (tries <= fails) throw new Error(`try ${tries}`);
  };
  const wait = async (ms: number) => void waits.push(ms);
  const end = await tryAgain(act, { isWanted: () => isWanted, wait }).then(
    () => 'done',
    (error: Error) => error.message,
  );
  return { tries, waits, end };
}

it('does what succeeds once', async () => {
  expect(await tried(0)).toEqual({ tries: 1, waits: [], end: 'done' });
});

it('tries again after longer and longer, and then gives up with the last reason', async () => {
  expect(await tried(2)).toEqual({ tries: 3, waits: [1000, 3000], end: 'done' });
  expect(await tried(9)).toEqual({ tries: 4, waits: [1000, 3000, 8000], end: 'try 4' });
});

it('does not do what nobody wants any more', async () => {
  expect(await tried(9, false)).toEqual({ tries: 1, waits: [1000], end: 'done' });
});
