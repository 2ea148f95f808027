/** Calls: asked by either side, with the visitor's voice and picture each under a consent of its own. */

import type {
  CallMedia,
  ConsentScope,
  DeviceSource,
  EngagementChange,
  MediaSource,
  Party,
  SharedSurface,
} from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { mayShow } from '../call/shared-surface.js';
import type { ActiveEngagement, Call } from '../engagement.js';
import type { HappeningOf } from '../happening.js';
import type { EntryDraft, Moment, Outcome } from '../outcome.js';
import { moved, refused, unchanged } from '../outcome.js';
import { leftOf } from './call-presence-rules.js';

const scopeOf = {
  microphone: 'voice',
  camera: 'video',
  screen: 'screen',
} as const satisfies Record<MediaSource, ConsentScope>;
const fieldOf = { microphone: 'visitorVoice', camera: 'visitorVideo' } as const satisfies Record<
  DeviceSource,
  string
>;
const scopesOf: Readonly<Record<CallMedia, readonly ConsentScope[]>> = {
  voice: ['voice'],
  video: ['voice', 'video'],
};
type Calling = Extract<Call, { state: 'on' }>;

export function startCall(
  engagement: ActiveEngagement,
  happening: HappeningOf<'startCall'>,
  { now }: Moment,
): Outcome {
  if (engagement.call.state !== 'off') return refused('wrongState');
  const { askId, by, media, words } = happening;
  const call = { state: 'asked', askId, by, media, words, expiresAt: now + limits.askMs } as const;
  return moved({ ...engagement, call }, ['call:asked']);
}

export function acceptCall(
  engagement: ActiveEngagement,
  happening: HappeningOf<'acceptCall'>,
  moment: Moment,
): Outcome {
  const call = answerable(engagement, happening);
  if (call === undefined) return refused('askExpired');
  const { committed, now } = moment;
  // The visitor gives what they asked with, or what they answer with; never what the other side wished for.
  const given: CallMedia = call.by === 'visitor' ? call.media : happening.media;
  const { callId } = happening;
  if (committed === undefined) {
    if (call.expiresAt <= now) return refused('askExpired');
    const started: EntryDraft = { type: 'callStarted', callId, media: call.media, by: call.by };
    const { words } = call.by === 'visitor' ? call : happening;
    const granted = consents(engagement, scopesOf[given], 'granted').map((each) => ({ ...each, words }));
    // Asked for their picture as well, and gives their voice alone: that no is kept as any other is.
    const kept = scopesOf[call.media].filter((scope) => !scopesOf[given].includes(scope));
    return { kind: 'commit', entries: [...granted, ...consents(engagement, kept, 'refused'), started] };
  }
  const on = {
    state: 'on',
    callId,
    since: now,
    visitorVoice: true,
    visitorVideo: given === 'video',
  } as const;
  return moved({ ...engagement, call: on }, ['call:answered']);
}

export function refuseCall(engagement: ActiveEngagement, happening: HappeningOf<'refuseCall'>): Outcome {
  const call = answerable(engagement, happening);
  if (call === undefined) return refused('askExpired');
  const reports = happening.by === 'visitor' ? consents(engagement, scopesOf[call.media], 'refused') : [];
  return moved({ ...engagement, call: { state: 'off' } }, ['call:refused'], reports);
}

export function cancelCall(engagement: ActiveEngagement, happening: HappeningOf<'cancelCall'>): Outcome {
  const { call } = engagement;
  if (call.state !== 'asked' || call.by !== happening.by) return refused('wrongState');
  return moved({ ...engagement, call: { state: 'off' } }, ['call:cancelled']);
}

export function grantSource(
  engagement: ActiveEngagement,
  happening: HappeningOf<'grantSource'>,
  moment: Moment,
): Outcome {
  const { call } = engagement;
  if (call.state !== 'on') return refused('wrongState');
  const { source } = happening;
  const surface = source === 'screen' ? happening.surface : undefined;
  if (source === 'screen' && (surface === undefined || !mayShow(surface, engagement))) {
    return refused('notPermitted');
  }
  if (givenOf(call, source) === (surface ?? true)) return unchanged(engagement);
  if (moment.committed === undefined) {
    const scope = scopeOf[source];
    const agentId = engagement.agent.agentId;
    const { words } = happening;
    return { kind: 'commit', entries: [{ type: 'consent', scope, act: 'granted', agentId, words }] };
  }
  return moved({ ...engagement, call: withSource(call, source, surface) }, ['call:changed']);
}

function givenOf(call: Calling, source: MediaSource): SharedSurface | boolean {
  return source === 'screen' ? (call.visitorScreen ?? false) : call[fieldOf[source]];
}

function withSource(call: Calling, source: MediaSource, surface: SharedSurface | undefined): Calling {
  if (source !== 'screen') return { ...call, [fieldOf[source]]: true };
  return surface === undefined ? call : { ...call, visitorScreen: surface };
}

function withoutSource(call: Calling, source: MediaSource): Calling {
  if (source !== 'screen') return { ...call, [fieldOf[source]]: false };
  const { visitorScreen: _taken, ...kept } = call;
  return kept;
}

export function withdrawSource(
  engagement: ActiveEngagement,
  happening: HappeningOf<'withdrawSource'>,
): Outcome {
  const { call } = engagement;
  if (call.state !== 'on') return refused('wrongState');
  if (givenOf(call, happening.source) === false) return unchanged(engagement);
  const scope = scopeOf[happening.source];
  const withdrawn: EntryDraft = {
    type: 'consent',
    scope,
    act: 'withdrawn',
    agentId: engagement.agent.agentId,
  };
  return moved(
    { ...engagement, call: withoutSource(call, happening.source) },
    ['call:changed'],
    happening.recorded ? [] : [withdrawn],
  );
}

export function endCall(
  engagement: ActiveEngagement,
  happening: HappeningOf<'endCall'>,
  moment: Moment,
): Outcome {
  if (engagement.call.state !== 'on') return refused('wrongState');
  const { next, changes, reports } = closeCall(engagement, happening.by, moment.now);
  return moved(next, changes, reports);
}

/** Ends a call or the question for one, whichever there is. */
export function closeCall(engagement: ActiveEngagement, by: Party | 'system', now: number) {
  const { call } = engagement;
  const changes: EngagementChange[] = [];
  const reports: EntryDraft[] = [];
  if (call.state === 'asked') changes.push('call:cancelled');
  if (call.state === 'on') {
    changes.push('call:ended');
    reports.push(...(call.present ?? []).map(leftOf));
    reports.push({ type: 'callEnded', callId: call.callId, by, durationMs: Math.max(0, now - call.since) });
    const agentId = engagement.agent.agentId;
    if (call.visitorVoice) reports.push({ type: 'consent', scope: 'voice', act: 'withdrawn', agentId });
    if (call.visitorVideo) reports.push({ type: 'consent', scope: 'video', act: 'withdrawn', agentId });
    if (call.visitorScreen) reports.push({ type: 'consent', scope: 'screen', act: 'withdrawn', agentId });
  }
  const next: ActiveEngagement =
    call.state === 'off' ? engagement : { ...engagement, call: { state: 'off' } };
  return { next, changes, reports };
}

/** The open question that this party may answer. */
function answerable(engagement: ActiveEngagement, happening: HappeningOf<'acceptCall' | 'refuseCall'>) {
  const { call } = engagement;
  if (call.state !== 'asked' || call.askId !== happening.askId || call.by === happening.by) return undefined;
  return call;
}

function consents(
  engagement: ActiveEngagement,
  scopes: readonly ConsentScope[],
  act: 'granted' | 'refused',
): EntryDraft[] {
  const agentId = engagement.agent.agentId;
  return scopes.map((scope) => ({ type: 'consent', scope, act, agentId }));
}
