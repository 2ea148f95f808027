/** One round of the quick faults, in every run; `call-heals.full.test.ts` measures rounds of all of them. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { CallGround } from './call-ground.js';
import { HealRounds } from './heal-rounds.js';

/** So long that sockets and media are missed, and no longer: ten seconds are looked at in the full run. */
const DARK_MS = 3000;
/** Generous, since other tests run beside it. */
const BACK_MS = 15_000;

let ground: CallGround;
let rounds: HealRounds;

beforeAll(async () => {
  ground = await CallGround.start();
  rounds = new HealRounds(ground);
});
afterAll(() => ground?.close());

it.each([
  ['its media worker was killed', () => ground.killWorker()],
  ['the network was switched', async () => ground.network.switchAddress()],
  ['three seconds without any network', () => ground.darken(DARK_MS)],
])('a call is back, and the chat with it, after %s', async (_, hurt) => {
  const { call, line } = await rounds.measure(1, hurt);
  expect(Math.max(...call, ...line)).toBeLessThan(BACK_MS);
  rounds.expectSaid();
});
