/** Waits for a condition outside the browser; what it waits for is in the error when it does not come. */

import { setTimeout as wait } from 'node:timers/promises';

const LOOK_EACH_MS = 50;

export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 30_000,
): Promise<T> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > giveUpAt) throw new Error(`Did not come within ${timeoutMs / 1000} s: ${what}.`);
    await wait(LOOK_EACH_MS);
  }
}
