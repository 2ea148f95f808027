/** Typing is a boolean, told when it changes and at most about once a second, whatever a page sends. */

import type { Clock } from '@alongside/engagement';
import type { EngagementId, Party } from '@alongside/protocol';

const REPEAT_MS = 1000;

export class ChatTyping {
  readonly #clock: Clock;
  readonly #told = new Map<string, { typing: boolean; at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether the others are to be told. The end of typing always is, so that nobody seems to type for ever. */
  mayTell(engagementId: EngagementId, party: Party, typing: boolean): boolean {
    const key = `${engagementId}/${party}`;
    const now = this.#clock.now();
    const told = this.#told.get(key);
    if (!typing && told?.typing !== true) return false;
    if (typing && told !== undefined && now - told.at < REPEAT_MS) return false;
    this.#told.set(key, { typing, at: now });
    return true;
  }

  forget(engagementId: EngagementId): void {
    this.#told.delete(`${engagementId}/visitor`);
    this.#told.delete(`${engagementId}/agent`);
  }
}
