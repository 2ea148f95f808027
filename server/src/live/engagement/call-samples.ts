/** When somebody's next figures are written down: a call is sampled, however often a client tells of it. */

import type { CallMember, Clock } from '@alongside/engagement';
import type { EngagementId } from '@alongside/protocol';

/** A little less than the ten seconds at which clients tell, so that a late one does not skip the next. */
const SAMPLE_MS = 9000;

export class CallSamples {
  readonly #clock: Clock;
  readonly #last = new Map<EngagementId, Map<CallMember, number>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isDue(engagementId: EngagementId, member: CallMember): boolean {
    const last = this.#last.get(engagementId) ?? new Map<CallMember, number>();
    const now = this.#clock.now();
    const before = last.get(member);
    if (before !== undefined && now - before < SAMPLE_MS) return false;
    this.#last.set(engagementId, last.set(member, now));
    return true;
  }

  forget(engagementId: EngagementId): void {
    this.#last.delete(engagementId);
  }
}
