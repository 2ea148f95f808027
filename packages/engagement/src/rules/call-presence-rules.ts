/** People in a call beside the lead: who comes in and in which way, that the visitor is shown it, and who goes. */

import type { AgentId, CallExpert, CallPresent, EngagementChange } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { ActiveEngagement, ActiveSeat, Call } from '../engagement.js';
import { seatOf } from '../engagement.js';
import type { HappeningOf } from '../happening.js';
import type { EntryDraft, Moment, Outcome } from '../outcome.js';
import { moved, refused, unchanged } from '../outcome.js';

export type CallOn = Extract<Call, { state: 'on' }>;

/** In another mode the visitor has to be shown them anew, and until then they hear nothing. */
export function attendCall(
  engagement: ActiveEngagement,
  { presenceId, agentId, mode, expert: invited }: HappeningOf<'attendCall'>,
  { now, committed }: Moment,
): Outcome {
  const { call } = engagement;
  const seat = seatOf(engagement, agentId);
  if (call.state !== 'on') return refused('wrongState');
  const { present = [] } = call;
  if (invited === undefined) {
    if (seat === undefined) return refused('wrongState');
    // A call is the lead's; and only a supervisor may be in one without being heard by the visitor.
    if (seat === engagement.agent || (mode !== 'speak' && !seat.supervises)) return refused('notPermitted');
  } else if (invited.callId !== call.callId || seat !== undefined || mode !== 'speak') {
    return refused('wrongState');
  }
  const former = present.find((each) => each.agentId === agentId);
  if (former?.mode === mode) return unchanged(engagement);
  const experts = present.filter(({ expert }) => expert !== undefined).length;
  const isFull = present.length >= limits.callPresent || (invited && experts >= limits.callExperts);
  if (former === undefined && isFull) return refused('conflict');
  const { callId } = call;
  if (committed === undefined) {
    const isExpert = invited === undefined ? {} : ({ expert: true } as const);
    const attended = { presenceId, callId, agentId, mode, ...isExpert };
    return { kind: 'commit', entries: [{ type: 'callAttended', ...attended }] };
  }
  const others = present.filter((each) => each !== former);
  const attending: CallPresent = {
    ...{ presenceId, agentId, mode, since: now, noticed: false },
    ...(invited === undefined ? {} : { expert: shownOf(invited) }),
  };
  const next = { ...engagement, call: { ...call, present: [...others, attending] } };
  return moved(next, ['call:attended'], former === undefined ? [] : [leftOf(former)]);
}

export function noticeCall(
  engagement: ActiveEngagement,
  { presenceId, words }: HappeningOf<'noticeCall'>,
  { committed }: Moment,
): Outcome {
  const { call } = engagement;
  if (call.state !== 'on') return refused('wrongState');
  const { present = [] } = call;
  const shown = present.find((each) => each.presenceId === presenceId);
  if (shown === undefined) return refused('notFound');
  if (shown.noticed) return unchanged(engagement);
  // Whoever comes from outside is let in by the visitor's own yes: that a page shows them is none.
  if (shown.expert !== undefined && words === undefined) return refused('consentMissing');
  const consent = shown.expert === undefined ? {} : { words };
  if (committed === undefined)
    return { kind: 'commit', entries: [{ type: 'callNoticed', presenceId, ...consent }] };
  const noticed = present.map((each) => (each === shown ? { ...each, noticed: true } : each));
  return moved({ ...engagement, call: { ...call, present: noticed } }, ['call:noticed']);
}

export function leaveCall(engagement: ActiveEngagement, { agentId }: HappeningOf<'leaveCall'>): Outcome {
  const { next, changes, reports } = withoutPresence(engagement, agentId);
  return changes.length === 0 ? unchanged(engagement) : moved(next, changes, reports);
}

/** Who takes part in the conversation is not taken out of its call by others. */
export function removeExpert(
  engagement: ActiveEngagement,
  { presenceId, by: removedBy }: HappeningOf<'removeExpert'>,
): Outcome {
  const { call } = engagement;
  if (call.state !== 'on') return refused('wrongState');
  const shown = call.present?.find((each) => each.presenceId === presenceId);
  if (shown?.expert === undefined) return refused('notFound');
  const { next, changes } = withoutPresence(engagement, shown.agentId);
  return moved(next, changes, [{ type: 'callLeft', presenceId, removedBy }]);
}

function shownOf({ displayName, organisation }: CallExpert): CallExpert {
  return { displayName, organisation };
}

/** Out of the call, where they are in it. */
export function withoutPresence(
  engagement: ActiveEngagement,
  agentId: AgentId,
): { next: ActiveEngagement; changes: EngagementChange[]; reports: EntryDraft[] } {
  const { call } = engagement;
  const gone = call.state === 'on' ? presenceIn(call, agentId) : undefined;
  if (call.state !== 'on' || gone === undefined) return { next: engagement, changes: [], reports: [] };
  const present = (call.present ?? []).filter((each) => each !== gone);
  return {
    next: { ...engagement, call: { ...call, present } },
    changes: ['call:left'],
    reports: [leftOf(gone)],
  };
}

/** The call that goes on when the lead passes to somebody whom the visitor is shown in it. */
export function callGoingOn({ call }: ActiveEngagement, heir: ActiveSeat): CallOn | undefined {
  return call.state === 'on' && presenceIn(call, heir.agentId)?.noticed ? call : undefined;
}

export function presenceIn({ present = [] }: CallOn, agentId: AgentId): CallPresent | undefined {
  return present.find((each) => each.agentId === agentId);
}

export function leftOf({ presenceId }: Pick<CallPresent, 'presenceId'>): EntryDraft {
  return { type: 'callLeft', presenceId };
}
