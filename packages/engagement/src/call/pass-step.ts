/** Sends a step of agreeing on a call's keys, and once more where a moment has spoilt it. */

import type { CallKeyStep } from '@alongside/protocol';
import { type Again, tryAgain } from './try-again.js';

/**
 * `send` says whether another try may bring more. A step of the agreement itself is not repeated: by the time another
 * one may be under way, which the late step would spoil, and whoever has no key in time agrees anew.
 */
export async function passStep(
  { step }: CallKeyStep,
  send: () => Promise<boolean>,
  again: Again,
): Promise<void> {
  if (step === 'agree') {
    await send();
    return;
  }
  await tryAgain(async () => {
    if (await send()) throw new Error('The step was not passed on.');
  }, again);
}
