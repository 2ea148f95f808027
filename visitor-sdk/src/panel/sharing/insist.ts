/** Tells the server what has taken effect here already, until it has heard it. */

import type { RefusalCode } from '@alongside/protocol';
import { backOffMs } from '../session/back-off.js';

const again: readonly (RefusalCode | undefined)[] = ['tooFast', 'internal', 'storageUnavailable'];

/** A refusal other than "not now" says that there is nothing left to stop. */
export async function insist(
  tell: () => Promise<{ ok: boolean; refusal?: { code: RefusalCode } }>,
): Promise<void> {
  for (let failures = 0; failures < 6; failures += 1) {
    const reply = await tell();
    if (reply.ok || !again.includes(reply.refusal?.code)) return;
    await new Promise((resume) => setTimeout(resume, backOffMs(failures, Math.random)));
  }
}
