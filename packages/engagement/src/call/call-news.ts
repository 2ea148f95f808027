/** What became of a call, or of the question for one, that is there no more: who only sees it vanish would have to guess. */

import type { CallState, EngagementChange, Party } from '@alongside/protocol';

/** `unanswered`: one's own question ran out of time. `missed`: theirs did, or they took it back. */
export type CallNews = 'declined' | 'unanswered' | 'missed' | 'ended';

export interface CallTurn {
  readonly before: CallState;
  readonly now: CallState;
  readonly because: EngagementChange;
}

/** A question may be gone a moment before its time by a clock that is a little behind. */
const SLACK_MS = 1000;

/** For one side; what it said or took back itself is no news to it. */
export function callNewsOf(
  me: Party,
  { before, now, because }: CallTurn,
  nowMs: number,
): CallNews | undefined {
  if (now.state !== 'off' || before.state === 'off') return undefined;
  if (before.state === 'on') return 'ended';
  const isOwn = before.by === me;
  if (because === 'call:refused') return isOwn ? 'declined' : undefined;
  if (!isOwn) return 'missed';
  return nowMs >= before.expiresAt - SLACK_MS ? 'unanswered' : undefined;
}
