/** Several agents in one engagement: who comes in and goes, who sees the page, and who leads. */

import type { AgentId, CallHeir, EngagementChange } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { ActiveEngagement, ActiveSeat } from '../engagement.js';
import { agentsOf, seatOf } from '../engagement.js';
import type { HappeningOf } from '../happening.js';
import type { Committed, EntryDraft, Moment, Outcome } from '../outcome.js';
import { moved, refused, unchanged } from '../outcome.js';
import { callGoingOn, leftOf, withoutPresence } from './call-presence-rules.js';
import { closeCall } from './call-rules.js';
import type { LeaseEnd } from './control-rules.js';
import { dropQuestion, endLeases } from './control-rules.js';
import { closeView } from './view-rules.js';

interface Step {
  readonly next: ActiveEngagement;
  readonly changes: readonly EngagementChange[];
  readonly reports: readonly EntryDraft[];
}

export function join(engagement: ActiveEngagement, happening: HappeningOf<'join'>, moment: Moment): Outcome {
  const { agentId, displayName, role, byConsent } = happening;
  if (seatOf(engagement, agentId) !== undefined) return unchanged(engagement);
  if (agentsOf(engagement).length >= limits.agents) return refused('conflict');
  if (moment.committed === undefined) return { kind: 'commit', entries: [{ type: 'joined', agentId, role }] };
  const place = engagement.lastPlace + 1;
  const seat: ActiveSeat = {
    ...{ agentId, displayName, place, noticed: false, supervises: role === 'supervisor' },
    ...{ presence: { connected: true }, since: moment.now },
    ...(byConsent ? { byConsent } : {}),
  };
  return moved({ ...engagement, joined: [...engagement.joined, seat], lastPlace: place }, ['agent:joined']);
}

/** Only what is of this agent ends with it; the lead goes to whoever has been there for longest. */
export function leave(
  engagement: ActiveEngagement,
  happening: HappeningOf<'leave'>,
  { now }: Moment,
): Outcome {
  const { agentId, reason } = happening;
  const seat = seatOf(engagement, agentId);
  if (seat === undefined) return unchanged(engagement);
  if (reason === 'lost' && !isLost(seat, now)) return refused('wrongState');
  const departed: EntryDraft = { type: 'departed', agentId, reason };
  const unlent = withoutActs(engagement, agentId, { by: 'system', reason: 'left' });
  const unheard = withoutPresence(unlent.next, agentId);
  const left = add(unlent, unheard.next, unheard.changes, unheard.reports);
  if (seat !== engagement.agent) {
    const isHeir = heirOf(left.next)?.agentId === agentId;
    const kept = isHeir ? withoutHeir(left.next) : left.next;
    const joined = kept.joined.filter((each) => each.agentId !== agentId);
    const changes = isHeir ? (['agent:departed', 'lead:kept'] as const) : (['agent:departed'] as const);
    return settled(add(left, { ...kept, joined }, changes, [departed]));
  }
  const heir = successorOf(engagement);
  if (heir === undefined) return refused('wrongState');
  const called = callOfHeir(left.next, heir, now);
  const joined = called.next.joined.filter((each) => each.agentId !== heir.agentId);
  const passed: EntryDraft = { type: 'leadPassed', agentId: heir.agentId, from: agentId, stays: false };
  const spoken = add(left, called.next, called.changes, called.reports);
  const next = { ...called.next, agent: heir, joined };
  return settled(add(spoken, next, ['agent:departed', 'lead:passed'], [departed, passed]));
}

/**
 * Asked of the lead by hand-over, of a supervisor by taking it; both stay, in a call that goes on as well. Whoever is not
 * in a call that is on is asked into it first, so that nobody's call ends by this.
 */
export function passLead(
  engagement: ActiveEngagement,
  { agentId, by, stays }: HappeningOf<'passLead'>,
  { committed, now }: Moment,
): Outcome {
  const { agent } = engagement;
  const written = presenceWritten(committed, stays?.presenceId);
  if (agent.agentId === agentId) {
    return written === undefined ? unchanged(engagement) : moved(engagement, [], [leftOf(written)]);
  }
  const heir = seatOf(engagement, agentId);
  if (heir === undefined) return refused('notFound');
  if (!heir.presence.connected) return refused('peerAbsent');
  const goingOn = callGoingOn(engagement, heir);
  if (engagement.call.state === 'on' && goingOn === undefined) {
    // While it was committed they went out of the call, or it began.
    if (committed !== undefined) return refused('conflict');
    const asked = { agentId, by, expiresAt: now + limits.askMs };
    return moved({ ...engagement, call: { ...engagement.call, heir: asked } }, ['lead:offered']);
  }
  const speaking = stays?.callId === goingOn?.callId ? stays : undefined;
  const from = agent.agentId;
  if (committed === undefined) {
    const passed: EntryDraft = { type: 'leadPassed', agentId, from, stays: true };
    if (speaking === undefined) return { kind: 'commit', entries: [passed] };
    const { callId, presenceId } = speaking;
    const mode = { mode: 'speak', noticed: true } as const;
    return {
      kind: 'commit',
      entries: [passed, { type: 'callAttended', presenceId, callId, agentId: from, ...mode }],
    };
  }
  const kept = callOfHeir(engagement, heir, now);
  const { changes, reports } = kept;
  // While it was committed the call may have ended, or the lead gone to somebody else.
  const isSpeaking = speaking !== undefined && written?.agentId === from;
  const next = isSpeaking ? withSpeaking(kept.next, speaking.presenceId, now) : kept.next;
  const unused = written === undefined || isSpeaking ? [] : [leftOf(written)];
  const others = next.joined.filter((each) => each.agentId !== agentId);
  const joined = [...others, agent].sort((one, other) => one.place - other.place);
  return moved({ ...next, agent: heir, joined }, [...changes, 'lead:passed'], [...reports, ...unused]);
}

/** Who leads goes on leading, and calling. */
export function expireHeir(
  engagement: ActiveEngagement,
  _: HappeningOf<'expireHeir'>,
  { now }: Moment,
): Outcome {
  const heir = heirOf(engagement);
  if (heir === undefined || heir.expiresAt > now) return refused('wrongState');
  return moved(withoutHeir(engagement), ['lead:kept']);
}

/** Whoever was asked would rather not, or who asked takes it back. */
export function keepLead(engagement: ActiveEngagement, { agentId }: HappeningOf<'keepLead'>): Outcome {
  const heir = heirOf(engagement);
  if (heir === undefined) return refused('wrongState');
  if (heir.by === agentId) return moved(withoutHeir(engagement), ['lead:kept']);
  return heir.agentId === agentId
    ? moved(withoutHeir(engagement), ['lead:declined'])
    : refused('notPermitted');
}

function heirOf({ call }: ActiveEngagement): CallHeir | undefined {
  return call.state === 'on' ? call.heir : undefined;
}

function withoutHeir(engagement: ActiveEngagement): ActiveEngagement {
  const { call } = engagement;
  if (call.state !== 'on') return engagement;
  const { heir: _heir, ...kept } = call;
  return { ...engagement, call: kept };
}

/** The stretch in the call that the ledger keeps by now: what does not use it has to end it. */
function presenceWritten(committed: Committed | undefined, presenceId: string | undefined) {
  return committed?.entries
    ?.filter((entry) => entry.type === 'callAttended')
    .find((entry) => entry.presenceId === presenceId);
}

/** It goes on with somebody whom the visitor is shown in it already; otherwise a call is the lead's and ends with it. */
function callOfHeir(engagement: ActiveEngagement, heir: ActiveSeat, now: number): Step {
  const goesOn = callGoingOn(engagement, heir) !== undefined;
  return goesOn
    ? withoutPresence(withoutHeir(engagement), heir.agentId)
    : closeCall(engagement, 'system', now);
}

/** Whoever leads is known to the visitor, and goes on speaking when they do not lead any more. */
function withSpeaking(engagement: ActiveEngagement, presenceId: string, now: number): ActiveEngagement {
  const { call, agent } = engagement;
  if (call.state !== 'on') return engagement;
  const own = { presenceId, agentId: agent.agentId, mode: 'speak', since: now, noticed: true } as const;
  return { ...engagement, call: { ...call, present: [...(call.present ?? []), own] } };
}

/** The visitor's page has told of the agent: from here on they may see it. */
export function noticeAgent(
  engagement: ActiveEngagement,
  { agentId }: HappeningOf<'noticeAgent'>,
  { committed }: Moment,
): Outcome {
  const seat = seatOf(engagement, agentId);
  if (seat === undefined) return refused('notFound');
  if (seat.noticed) return unchanged(engagement);
  if (committed === undefined) return { kind: 'commit', entries: [{ type: 'noticed', agentId }] };
  return moved(withSeat(engagement, { ...seat, noticed: true }), ['agent:noticed']);
}

/** The visitor takes the page away from one agent; from the last who could see it, the view itself. */
export function hideFrom(engagement: ActiveEngagement, { agentId }: HappeningOf<'hideFrom'>): Outcome {
  if (seatOf(engagement, agentId) === undefined) return refused('notFound');
  if (engagement.hiddenFrom.includes(agentId)) return unchanged(engagement);
  const left = withoutActs(engagement, agentId, { by: 'visitor', reason: 'takenBack' });
  const hiddenFrom = [...engagement.hiddenFrom, agentId];
  const withdrawn: EntryDraft = { type: 'consent', scope: 'watch', act: 'withdrawn', agentId };
  return settled(add(left, { ...left.next, hiddenFrom }, ['agent:hidden'], [withdrawn]));
}

export function showTo(
  engagement: ActiveEngagement,
  { agentId, words }: HappeningOf<'showTo'>,
  { committed }: Moment,
): Outcome {
  if (seatOf(engagement, agentId) === undefined) return refused('notFound');
  if (!engagement.hiddenFrom.includes(agentId)) return unchanged(engagement);
  if (committed === undefined) {
    return { kind: 'commit', entries: [{ type: 'consent', scope: 'watch', act: 'granted', agentId, words }] };
  }
  return moved(shownTo(engagement, agentId), ['agent:shown']);
}

/** The same engagement with the page hidden from this agent no more. */
export function shownTo(engagement: ActiveEngagement, agentId: AgentId): ActiveEngagement {
  return { ...engagement, hiddenFrom: engagement.hiddenFrom.filter((each) => each !== agentId) };
}

/** When the first agent who is away is given up while another is there, or is not the lead. */
export function lostAgent(
  engagement: ActiveEngagement,
): { readonly at: number; readonly agentId: AgentId } | undefined {
  const hasHeir = successorOf(engagement) !== undefined;
  const given = agentsOf(engagement).flatMap((seat) =>
    seat.presence.connected || (seat.agentId === engagement.agent.agentId && !hasHeir)
      ? []
      : [{ at: seat.presence.since + limits.returnMs, agentId: seat.agentId }],
  );
  return given.sort((one, other) => one.at - other.at)[0];
}

/** Agents before supervisors, then who came first; only somebody who is there can lead. */
function successorOf({ joined }: ActiveEngagement): ActiveSeat | undefined {
  const here = joined.filter(({ presence }) => presence.connected);
  return here.find(({ supervises }) => !supervises) ?? here[0];
}

function isLost({ presence }: ActiveSeat, now: number): boolean {
  return !presence.connected && presence.since + limits.returnMs <= now;
}

/** Without the agent's leases and open questions. */
function withoutActs(engagement: ActiveEngagement, agentId: AgentId, end: LeaseEnd): Step {
  const { view, control } = engagement;
  const isView = view.state === 'asked' && view.agentId === agentId;
  const unviewed: ActiveEngagement = isView ? { ...engagement, view: { state: 'off' } } : engagement;
  const isControl = control.asked?.agentId === agentId;
  const unasked = isControl ? dropQuestion(unviewed) : unviewed;
  const own = new Set(control.leases.filter((each) => each.agentId === agentId).map(({ lease }) => lease));
  const ended = endLeases(unasked, end, (lease) => own.has(lease));
  const cancelled: EngagementChange[] = [
    ...(isView ? (['view:cancelled'] as const) : []),
    ...(isControl ? (['control:cancelled'] as const) : []),
  ];
  return { next: ended.next, changes: [...cancelled, ...ended.changes], reports: ended.reports };
}

/** A view that nobody may see any more is over. */
function settled({ next, changes, reports }: Step): Outcome {
  const isSeen = agentsOf(next).some(({ agentId }) => !next.hiddenFrom.includes(agentId));
  if (isSeen || next.view.state !== 'on') return moved(next, changes, reports);
  const closed = closeView(next, false);
  return moved(closed.next, [...changes, ...closed.changes], [...reports, ...closed.reports]);
}

function add(
  step: Step,
  next: ActiveEngagement,
  changes: readonly EngagementChange[],
  reports: readonly EntryDraft[],
): Step {
  return { next, changes: [...step.changes, ...changes], reports: [...step.reports, ...reports] };
}

export function withSeat(engagement: ActiveEngagement, seat: ActiveSeat): ActiveEngagement {
  if (engagement.agent.agentId === seat.agentId) return { ...engagement, agent: seat };
  const joined = engagement.joined.map((each) => (each.agentId === seat.agentId ? seat : each));
  return { ...engagement, joined };
}
