/** A call that may go by a relay only: told so once that is gone, and back with it. */

import { expect } from 'vitest';
import type { CallGround } from './call-ground.js';
import { HealRounds } from './heal-rounds.js';

/** As much of a TURN server as is killed and begun again. */
export interface KilledTurn {
  begin(): Promise<void>;
  kill(): Promise<void>;
}

/** On the way, or given up: what both sides say of a call without its relay. */
const TOLD = /^(lost|rejoining|callsUnavailable)$/;

export const relayed = ({ sides }: CallGround): Promise<readonly (readonly string[])[]> =>
  Promise.all(sides.map(({ page }) => page.evaluate(() => window.healPage.relayed())));

/** `first` is what both are told in the first round, where that is waited for. */
export async function expectBackWithRelay(
  { turn, ground }: { readonly turn: KilledTurn; readonly ground: CallGround },
  { rounds: count, first = TOLD }: { readonly rounds: number; readonly first?: RegExp },
): Promise<void> {
  const rounds = await HealRounds.of(ground);
  const byRelay = ground.sides.map(() => ['tcp', 'tcp']);
  let told = first;
  const waits = await rounds.measure(count, async (meanwhile) => {
    expect(await relayed(ground)).toEqual(byRelay);
    await turn.kill();
    meanwhile();
    await expect
      .poll(async () => (await ground.states()).every((state) => told.test(state)), { timeout: 50_000 })
      .toBe(true);
    told = TOLD;
    await turn.begin();
    return performance.now();
  });
  rounds.expectKept('TURN server gone, relay only', waits);
  expect(await relayed(ground)).toEqual(byRelay);
}
