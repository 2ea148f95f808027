/** A step of agreeing on keys that a moment has spoilt is sent once more, where it is of use later still. */

import type { CallKeyStep } from '@alongside/protocol';
import { expect, it } from 'vitest';
import { passStep } from './pass-step.js';

async function sends(step: CallKeyStep['step'], refused: number): Promise<number> {
  let sent = 0;
  const send = async () => {
    sent += 1;
    return sent <= refused;
  };
  const again = { isWanted: () => true, wait: async () => undefined };
  await passStep({ from: 'page', step }, send, again).catch(() => undefined);
  return sent;
}

it.each(['here', 'key', 'have', 'gone'] as const)(
  'sends %s until it is passed on, and not for ever',
  async (step) => {
    expect(await sends(step, 0)).toBe(1);
    expect(await sends(step, 2)).toBe(3);
    expect(await sends(step, 9)).toBe(4);
  },
);

it('sends a step of the agreement once', async () => {
  expect(await sends('agree', 2)).toBe(1);
});
