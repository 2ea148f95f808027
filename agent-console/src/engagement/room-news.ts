/** What became of what the visitor was asked, and of what they gave: who only sees it vanish would have to guess. */

import type { AgentId, EngagementChange, EngagementView } from '@alongside/protocol';
import { ownLeases } from './control/lease.js';

/** `Unanswered` and `Over`: its time has run out. */
export type RoomNews =
  | 'viewGranted'
  | 'viewRefused'
  | 'viewUnanswered'
  | 'viewStopped'
  | 'viewOver'
  | 'controlGranted'
  | 'controlRefused'
  | 'controlUnanswered'
  | 'leaseEnded'
  | 'leaseOver'
  | 'ended';

export interface RoomTurn {
  readonly before: EngagementView;
  readonly now: EngagementView;
  readonly because: EngagementChange;
}

export interface NewsReader {
  readonly me: AgentId;
  readonly nowMs: number;
  /** The leases that this agent has given back, by their numbers. */
  readonly givenBack: ReadonlySet<number>;
}

/** What is due may be gone a moment before its time by a clock that is a little behind. */
const SLACK_MS = 1000;

/** For one agent; what they took back or gave back themselves is no news to them. */
export function roomNewsOf(turn: RoomTurn, reader: NewsReader): RoomNews | undefined {
  const { before, now } = turn;
  if (before.phase !== 'active') return undefined;
  if (now.phase !== 'active') return now.ended?.by === 'agent' ? undefined : 'ended';
  return viewNews(turn, reader) ?? controlNews(turn, reader);
}

function viewNews({ before, now, because }: RoomTurn, { nowMs }: NewsReader): RoomNews | undefined {
  const [was, is] = [before.view, now.view];
  if (was.state !== 'on' && is.state === 'on') return 'viewGranted';
  if (was.state === 'off' || is.state !== 'off') return undefined;
  const isOver = nowMs >= was.expiresAt - SLACK_MS;
  if (was.state === 'on') return isOver ? 'viewOver' : 'viewStopped';
  if (because === 'view:refused') return 'viewRefused';
  return isOver ? 'viewUnanswered' : undefined;
}

function controlNews(
  { before, now, because }: RoomTurn,
  { me, nowMs, givenBack }: NewsReader,
): RoomNews | undefined {
  const [was, is] = [ownLeases(before.control, me), ownLeases(now.control, me)];
  const isIn = (leases: typeof was, lease: number) => leases.some((each) => each.lease === lease);
  const ended = was.filter(({ lease }) => !isIn(is, lease) && !givenBack.has(lease));
  if (ended.length > 0)
    return ended.every(({ expiresAt }) => nowMs >= expiresAt - SLACK_MS) ? 'leaseOver' : 'leaseEnded';
  const { asked } = before.control;
  if (asked?.agentId !== me || now.control.asked !== undefined) return undefined;
  if (is.some(({ lease }) => !isIn(was, lease))) return 'controlGranted';
  if (because === 'control:refused') return 'controlRefused';
  return nowMs >= asked.expiresAt - SLACK_MS ? 'controlUnanswered' : undefined;
}
