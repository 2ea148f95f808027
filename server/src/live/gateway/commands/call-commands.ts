/** Calls: the question, its answer, and media signalling for whoever is in one. */

import {
  type CallMember,
  callIdOf,
  callSideOf,
  type Engagement,
  engagementView,
  mayProduce,
  runningCallId,
} from '@alongside/engagement';
import type {
  AskedIn,
  AskId,
  CallConnect,
  CallConsent,
  CallConsume,
  CallJoin,
  CallKeyStep,
  CallMedia,
  CallMute,
  CallNotice,
  CallProduce,
  CallReport,
  CallScores,
  CallShow,
  Done,
  Reply,
} from '@alongside/protocol';
import { accept, refuse } from '@alongside/protocol';
import type { InferOutput } from 'valibot';
import type { CallSeat } from '../../call-rooms.js';
import type { Actor, ExpertActor } from '../actor.js';
import { isReachable, routedRestart, routedSession, sealedSession } from './call-routes.js';
import type { CommandDeps } from './command-deps.js';
import { done } from './command-deps.js';
import { passLeadToHeir } from './pass-lead.js';
import { newAskId } from './sharing-commands.js';

type Speaking = Actor | ExpertActor;

interface Seating {
  readonly actor: Speaking;
  readonly callId: typeof callIdOf;
}

interface Answer {
  readonly askId: AskId;
  readonly accept: boolean;
  readonly media: CallMedia;
  readonly words?: AskedIn | undefined;
}

export function callCommands(deps: CommandDeps) {
  const { runner, voices } = deps;
  return {
    'call:start': (actor: Actor, { media, words }: Pick<Answer, 'media' | 'words'>): Reply<Done> => {
      const { engagementId, party: by } = actor;
      if (!areOffered(deps, engagementId)) return refuse('callsUnavailable');
      if (voices.isElsewhere(actor)) return refuse('conflict');
      if (!peerIsConnected(deps, engagementId, by)) return refuse('peerAbsent');
      return done(runner.runNow(engagementId, { type: 'startCall', askId: newAskId(), by, media, words }));
    },
    'call:answer': async (actor: Actor, answer: Answer): Promise<Reply<Done>> => {
      const { engagementId, party: by } = actor;
      const { askId, media, words } = answer;
      if (!answer.accept) return done(runner.runNow(engagementId, { type: 'refuseCall', askId, by }));
      if (!areOffered(deps, engagementId)) return refuse('callsUnavailable');
      // The number of its question, under which those who ask and answer have joined it by then.
      const accepted = { type: 'acceptCall', askId, by, media, callId: askId, words } as const;
      return done(await voices.give(actor, () => runner.run(engagementId, accepted)));
    },
    'call:cancel': ({ engagementId, party: by }: Actor): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'cancelCall', by })),
    'call:end': ({ engagementId, party: by }: Actor): Reply<Done> =>
      done(runner.runNow(engagementId, { type: 'endCall', by })),
    'call:remove': (actor: Actor, { presenceId }: { readonly presenceId: string }): Reply<Done> =>
      done(runner.runNow(actor.engagementId, { type: 'removeExpert', presenceId, by: memberOf(actor) })),
    ...mediaCommands(deps),
  };
}

/** What the visitor gives or takes back of their own, and whom their page shows. */
export function consentCommand({ runner, directory }: CommandDeps) {
  return {
    'call:consent': async (
      { engagementId }: Actor,
      { source, granted, surface, words }: InferOutput<typeof CallConsent>,
    ): Promise<Reply<Done>> =>
      granted
        ? done(await runner.run(engagementId, { type: 'grantSource', source, surface, words }))
        : done(runner.runNow(engagementId, { type: 'withdrawSource', source })),
    'call:notice': async (
      { engagementId }: Actor,
      { presenceId, words }: InferOutput<typeof CallNotice>,
    ): Promise<Reply<Done>> => {
      const noticed = await runner.run(engagementId, { type: 'noticeCall', presenceId, words });
      if (noticed.ok) await passLeadToHeir({ runner, directory }, engagementId);
      return done(noticed);
    },
  };
}

/** What media say to the server, of whoever is in a call. */
export function mediaCommands(deps: CommandDeps) {
  const { calls, directory, relays } = deps;
  type Use<T> = (seat: CallSeat, engagement: Engagement) => Promise<Reply<T>>;
  const inCall = <T>({ actor, callId }: Seating, use: Use<T>): Promise<Reply<T>> => {
    const engagement = directory.get(actor.engagementId);
    const id = engagement && callId(engagement);
    if (engagement === undefined || id === undefined) return Promise.resolve(refuse('wrongState'));
    const { engagementId, session } = actor;
    const seat = { engagementId, member: memberOf(actor), sessionId: session.sessionId, callId: id };
    return use(seat, engagement);
  };
  /** The call may have ended since the gate looked; then there is no seat in it. */
  const seated = <T>(actor: Speaking, use: Use<T>) => inCall({ actor, callId: runningCallId }, use);
  return {
    'call:join': (actor: Speaking, body: InferOutput<typeof CallJoin>) =>
      inCall({ actor, callId: body.ahead ? callIdOf : runningCallId }, async (seat, engagement) => {
        if (!isReachable(relays, engagement)) return refuse('callsUnavailable');
        const joined = await calls.join(seat, unnamed(body));
        return routedSession(sealedSession(joined, engagement), { relays, engagement });
      }),
    'call:connect': (actor: Speaking, body: InferOutput<typeof CallConnect>) =>
      seated(actor, (seat) => calls.connect(seat, unnamed(body))),
    'call:produce': (actor: Speaking, body: InferOutput<typeof CallProduce>) =>
      seated(actor, async (seat) => {
        const engagement = directory.get(actor.engagementId);
        const given = engagement && mayProduce(actor.party, body.source, engagementView(engagement));
        if (!given) return refuse('consentMissing');
        const produced = await calls.produce(seat, unnamed(body));
        if (produced.ok && body.source === 'screen') noteShared(deps, seat);
        return produced;
      }),
    'call:consume': (actor: Speaking, body: InferOutput<typeof CallConsume>) =>
      seated(actor, (seat) => calls.consume(seat, unnamed(body))),
    'call:resume': (actor: Speaking, { consumerId }: { readonly consumerId: string }) =>
      seated(actor, (seat) => calls.resume(seat, consumerId)),
    'call:mute': (actor: Speaking, body: InferOutput<typeof CallMute>) =>
      seated(actor, (seat) => calls.mute(seat, unnamed(body))),
    'call:closeProducer': (actor: Speaking, { producerId }: { readonly producerId: string }) =>
      seated(actor, (seat) => calls.closeProducer(seat, producerId)),
    'call:restartIce': (actor: Speaking, { transportId }: { readonly transportId: string }) =>
      seated(actor, async (seat, engagement) => {
        if (!isReachable(relays, engagement)) return refuse('callsUnavailable');
        return routedRestart(await calls.restartIce(seat, transportId), { relays, engagement });
      }),
    'call:show': (actor: Speaking, body: InferOutput<typeof CallShow>) =>
      seated(actor, (seat) => calls.show(seat, unnamed(body))),
    'call:passKeys': (actor: Speaking, body: CallKeyStep) =>
      seated(actor, async (seat, engagement) => {
        if (engagement.mediaSealed !== true) return refuse('wrongState');
        const named = await calls.takesName(seat, body.from);
        if (!named.ok) return named;
        deps.announcer.keysPassed(seat.engagementId, seat.member, unnamed(body));
        return accept({});
      }),
    'call:report': (actor: Speaking, body: InferOutput<typeof CallReport>) =>
      seated(actor, (seat) => report(deps, seat, body)),
  };
}

/** That a screen is shown, and which kind of it, as a fact of the call. */
function noteShared({ directory, runner }: CommandDeps, { engagementId, callId, member }: CallSeat): void {
  const engagement = directory.get(engagementId);
  if (engagement?.phase !== 'active' || engagement.call.state !== 'on') return;
  const { visitorScreen } = engagement.call;
  const party = member === 'visitor' ? 'visitor' : 'agent';
  // Of an agent's only that there was one is kept.
  const shown = party === 'visitor' && visitorScreen !== undefined ? { surface: visitorScreen } : {};
  void runner.commit(engagementId, { type: 'callShared', callId, party, ...shown });
}

/** Told to the agent each time; written down as often as a sample is due, and lost where storage does not answer. */
async function report(
  { calls, announcer, directory, runner, samples }: CommandDeps,
  seat: CallSeat,
  { figures }: InferOutput<typeof CallReport>,
): Promise<Reply<CallScores>> {
  const scores = await calls.scores(seat);
  if (!scores.ok) return scores;
  const { engagementId, callId, member } = seat;
  const engagement = directory.get(engagementId);
  const side = engagement && callSideOf(member, engagementView(engagement));
  const measured = { ...scores.value, ...figures };
  if (side === 'visitor') announcer.measured(engagementId, measured);
  if (side !== undefined && samples.isDue(engagementId, member)) {
    // An expert is of no account: of them there is no more than that it was one.
    const who = member === 'visitor' || side === 'expert' ? {} : { agentId: member };
    void runner.commit(engagementId, { type: 'callMeasured', callId, side, ...who, measured });
  }
  return accept(scores.value);
}

function memberOf(actor: Speaking): CallMember {
  return actor.party === 'visitor' ? actor.party : actor.agentId;
}

/** Media runs, and this engagement's can be reached. */
function areOffered({ calls, directory, relays }: CommandDeps, engagementId: Actor['engagementId']): boolean {
  const engagement = directory.get(engagementId);
  return (
    calls.availability().state === 'ready' && (engagement === undefined || isReachable(relays, engagement))
  );
}

/** An agent's body names the engagement, which the seat does already. */
function unnamed<T extends object>(body: T): T {
  const { engagementId: _engagementId, ...rest } = body as T & { engagementId?: unknown };
  return rest as T;
}

function peerIsConnected(
  { directory }: CommandDeps,
  engagementId: Actor['engagementId'],
  by: Actor['party'],
) {
  const engagement = directory.get(engagementId);
  if (engagement?.phase !== 'active') return true;
  return by === 'visitor' ? engagement.agent.presence.connected : engagement.visitor.connected;
}
