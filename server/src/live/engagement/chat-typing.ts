/** Typing is a boolean, told when it changes and at most about once a second, whatever a page sends. */

import type { Clock } from '@alongside/engagement';
import type { AgentId, EngagementId } from '@alongside/protocol';

const REPEAT_MS = 1000;

interface Told {
  readonly typing: boolean;
  readonly at: number;
}

export class ChatTyping {
  readonly #clock: Clock;
  readonly #told = new Map<EngagementId, Map<string, Told>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether the others are to be told. The end of typing always is, so that nobody seems to type for ever. */
  mayTell(engagementId: EngagementId, agentId: AgentId | undefined, typing: boolean): boolean {
    const now = this.#clock.now();
    const people = this.#told.get(engagementId) ?? new Map<string, Told>();
    this.#told.set(engagementId, people);
    const who = agentId ?? 'visitor';
    const told = people.get(who);
    if (!typing && told?.typing !== true) return false;
    if (typing && told !== undefined && now - told.at < REPEAT_MS) return false;
    people.set(who, { typing, at: now });
    return true;
  }

  forget(engagementId: EngagementId): void {
    this.#told.delete(engagementId);
  }
}
