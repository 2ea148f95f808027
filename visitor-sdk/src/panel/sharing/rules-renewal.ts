/** Learns in time what may be seen now: whoever cannot shows nothing but structure, until it can. */

import type { MaskingPolicy } from '@alongside/protocol';
import { strictestMasking } from '@alongside/protocol';
import { backOffMs } from '../session/back-off.js';

export interface RulesRenewal {
  /** Undefined when it cannot be learnt. */
  readonly ask: () => Promise<readonly MaskingPolicy[] | undefined>;
  readonly use: (policies: readonly MaskingPolicy[]) => void;
  /** Whether the page is still shown that this is for. */
  readonly isCurrent: () => boolean;
}

const WAIT_MS = 1_500;

export async function renewRules(renewal: RulesRenewal): Promise<void> {
  for (let failures = 0; ; failures += 1) {
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, WAIT_MS));
    const policies = await Promise.race([renewal.ask(), late]);
    if (!renewal.isCurrent()) return;
    renewal.use(policies ?? [strictestMasking]);
    if (policies !== undefined) return;
    await new Promise((resume) => setTimeout(resume, backOffMs(failures, Math.random)));
    if (!renewal.isCurrent()) return;
  }
}
