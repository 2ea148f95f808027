/**
 * The socket.io namespaces as one table: each command with the schema of its body. Gateways, clients and
 * the generated tests of bad input all read it, so that no command can be forgotten.
 *
 * A client connects with `auth: { protocol, ticket }` or `auth: { protocol, pass }`; a refused connection gets
 * a `connect_error` whose `data` is a Refusal. The visitor's engagement is the one on its ticket; an agent
 * names one of their own in `engagementId`.
 */

import * as v from 'valibot';
import { AskedIn } from './asked-in.js';
import type {
  CallKeyStep,
  CallMeasured,
  CallScores,
  CallSession,
  ConsumerOffer,
  IceRestart,
  RemoteProducer,
} from './call.js';
import {
  CallAnswer,
  CallAttend,
  CallCancel,
  CallConnect,
  CallConsent,
  CallConsume,
  CallConsumer,
  CallEnd,
  CallJoin,
  CallLeave,
  CallMute,
  CallNotice,
  CallPassKeys,
  CallProduce,
  CallProducer,
  CallRemove,
  CallReport,
  CallShow,
  CallStart,
  CallTransport,
} from './call.js';
import type { ChatLine, ChatNumbered } from './chat.js';
import { ChatSend, ChatTyping } from './chat.js';
import type { DeliveryOffered } from './delivery.js';
import { DeliveryAnswer, DeliveryOffer } from './delivery.js';
import type {
  CallAvailability,
  EndReason,
  EngagementChange,
  EngagementView,
  ExpertView,
  Party,
  StorageState,
} from './engagement-view.js';
import { exactObject } from './exact-object.js';
import type { SiteId } from './ids.js';
import { AgentId, AskId, EngagementId } from './ids.js';
import { limits } from './limits.js';
import type { Done, Reply } from './reply.js';

const Nothing = exactObject({});
const Ask = exactObject({ askId: AskId });
const words = v.optional(AskedIn);
const Grant = exactObject({ askId: AskId, words });
const TransferGrant = exactObject({ askId: AskId, ...AskedIn.entries });
const Named = exactObject({ agentId: AgentId });
/** Whoever may do both chooses which. */
const Join = exactObject({ as: v.picklist(['agent', 'supervisor']) });
const LeasedKind = v.picklist(['point', 'draw', 'scroll', 'click', 'type', 'navigate']);
export const LeasedKinds = v.pipe(v.array(LeasedKind), v.minLength(1), v.maxLength(6));
/** `kinds` are asked for in the same question and last as long as the view. */
const ViewAsk = exactObject({ kinds: v.optional(LeasedKinds) });
/** One lease by its number, or all of them. */
const LeaseEnd = exactObject({ lease: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))) });
const ControlAsk = exactObject({
  kinds: LeasedKinds,
  leaseMs: v.pipe(v.number(), v.integer(), v.minValue(limits.leaseMs.min), v.maxValue(limits.leaseMs.max)),
});

/** Commands both sides have; an agent adds the `engagementId`. */
const sharedCommands = {
  'chat:send': ChatSend,
  'chat:typing': ChatTyping,
  'engagement:end': Nothing,
  /** A one-time pass for the frames' own WebSocket. */
  'frames:pass': Nothing,
  'call:start': CallStart,
  'call:answer': CallAnswer,
  'call:cancel': CallCancel,
  'call:join': CallJoin,
  'call:connect': CallConnect,
  'call:produce': CallProduce,
  'call:consume': CallConsume,
  'call:resume': CallConsumer,
  'call:mute': CallMute,
  'call:closeProducer': CallProducer,
  'call:restartIce': CallTransport,
  'call:show': CallShow,
  'call:report': CallReport,
  'call:passKeys': CallPassKeys,
  /** Of an expert, by either side. */
  'call:remove': CallRemove,
  'call:end': CallEnd,
} as const;

export const visitorCommands = {
  ...sharedCommands,
  'view:grant': Grant,
  'view:refuse': Ask,
  'view:stop': Nothing,
  /** The visitor has been shown that this agent is here. */
  'agent:notice': Named,
  'agent:hide': Named,
  'agent:show': exactObject({ agentId: AgentId, words }),
  'control:grant': Grant,
  'control:refuse': Ask,
  'control:end': LeaseEnd,
  'delivery:answer': DeliveryAnswer,
  'call:consent': CallConsent,
  'call:notice': CallNotice,
  'transfer:grant': TransferGrant,
  'transfer:refuse': Ask,
  /** Everything that the visitor agreed to of this kind: who is in by it leaves. */
  'transfer:withdraw': Nothing,
} as const;

const engagementId = { engagementId: EngagementId };
const named = <E extends v.ObjectEntries>(schema: v.StrictObjectSchema<E, undefined>) =>
  exactObject({ ...engagementId, ...schema.entries });

export const agentCommands = {
  'desk:available': exactObject({ available: v.boolean() }),
  'engagement:accept': named(Nothing),
  /** The agent has finished the wrap-up; the engagement is closed. */
  'engagement:close': named(Nothing),
  /** To take part in what a colleague leads. */
  'engagement:join': named(Join),
  'engagement:leave': named(Nothing),
  /** The lead gives the lead to another agent who takes part. */
  'engagement:handOver': named(Named),
  /** A supervisor who takes part becomes the lead. */
  'engagement:takeLead': named(Nothing),
  /** Whoever was asked into a call to lead it would rather not, or who asked takes it back. */
  'engagement:keepLead': named(Nothing),
  'view:ask': named(ViewAsk),
  'view:cancel': named(Nothing),
  'control:ask': named(ControlAsk),
  'control:cancel': named(Nothing),
  'control:end': named(LeaseEnd),
  'delivery:offer': named(DeliveryOffer),
  'chat:send': named(ChatSend),
  'chat:typing': named(ChatTyping),
  'engagement:end': named(Nothing),
  'frames:pass': named(Nothing),
  'call:start': named(CallStart),
  'call:answer': named(CallAnswer),
  'call:cancel': named(CallCancel),
  'call:join': named(CallJoin),
  'call:connect': named(CallConnect),
  'call:produce': named(CallProduce),
  'call:consume': named(CallConsume),
  'call:resume': named(CallConsumer),
  'call:mute': named(CallMute),
  'call:closeProducer': named(CallProducer),
  'call:restartIce': named(CallTransport),
  'call:show': named(CallShow),
  'call:report': named(CallReport),
  'call:passKeys': named(CallPassKeys),
  'call:remove': named(CallRemove),
  'call:end': named(CallEnd),
  'call:attend': named(CallAttend),
  'call:leave': named(CallLeave),
} as const;

/** Of who was invited into one call by a link: what its media need, and the way out of it. */
export const expertCommands = {
  'call:join': agentCommands['call:join'],
  'call:connect': agentCommands['call:connect'],
  'call:produce': agentCommands['call:produce'],
  'call:consume': agentCommands['call:consume'],
  'call:resume': agentCommands['call:resume'],
  'call:mute': agentCommands['call:mute'],
  'call:closeProducer': agentCommands['call:closeProducer'],
  'call:restartIce': agentCommands['call:restartIce'],
  'call:show': agentCommands['call:show'],
  'call:report': agentCommands['call:report'],
  'call:passKeys': agentCommands['call:passKeys'],
  'call:leave': agentCommands['call:leave'],
} as const;

/** What each command is acknowledged with; every command is acknowledged. */
export interface CommandValues {
  'chat:send': ChatNumbered;
  'chat:typing': Done;
  'desk:available': Done;
  'engagement:accept': EngagementView;
  'engagement:end': Done;
  'engagement:close': Done;
  'engagement:join': EngagementView;
  'engagement:leave': Done;
  'engagement:handOver': Done;
  'engagement:takeLead': Done;
  'engagement:keepLead': Done;
  'frames:pass': { readonly pass: string; readonly url: string };
  'view:ask': Done;
  'view:cancel': Done;
  'view:grant': Done;
  'view:refuse': Done;
  'view:stop': Done;
  'agent:notice': Done;
  'agent:hide': Done;
  'agent:show': Done;
  'control:ask': Done;
  'control:cancel': Done;
  'control:grant': Done;
  'control:refuse': Done;
  'control:end': Done;
  'delivery:offer': Done;
  'delivery:answer': Done;
  'call:start': Done;
  'call:answer': Done;
  'call:cancel': Done;
  'call:consent': Done;
  'call:notice': Done;
  'call:attend': Done;
  'call:leave': Done;
  'call:join': CallSession;
  'call:connect': Done;
  'call:produce': { readonly producerId: string };
  'call:consume': ConsumerOffer;
  'call:resume': Done;
  'call:mute': Done;
  'call:closeProducer': Done;
  'call:restartIce': IceRestart;
  'call:show': Done;
  'call:report': CallScores;
  'call:passKeys': Done;
  'call:remove': Done;
  'call:end': Done;
  'transfer:grant': Done;
  'transfer:refuse': Done;
  'transfer:withdraw': Done;
}

export type VisitorCommandName = keyof typeof visitorCommands;
export type AgentCommandName = keyof typeof agentCommands;
export type ExpertCommandName = keyof typeof expertCommands;

type Commands<T extends Record<string, v.GenericSchema>> = {
  [K in keyof T & keyof CommandValues]: (
    body: v.InferInput<T[K]>,
    reply: (reply: Reply<CommandValues[K]>) => void,
  ) => void;
};
export type VisitorCommands = Commands<typeof visitorCommands>;
export type AgentCommands = Commands<typeof agentCommands>;
export type ExpertCommands = Commands<typeof expertCommands>;

/** A line of the queue as an agent sees it. */
export interface QueueEntry {
  readonly engagementId: EngagementId;
  readonly siteName: string;
  readonly requestedAt: number;
  readonly topic?: string;
  readonly visitorName?: string;
  readonly language: string;
  readonly visitorConnected: boolean;
}

/** What a colleague leads and this agent may join, without a word of the visitor's where they may not be read. */
export interface RunningEntry {
  readonly engagementId: EngagementId;
  readonly siteName: string;
  readonly requestedAt: number;
  readonly topic?: string;
  readonly visitorName?: string;
  readonly language: string;
  /** The lead first. */
  readonly agents: readonly { readonly agentId: AgentId; readonly displayName: string }[];
  /** There is a call that one may come into. */
  readonly calling?: true;
}

export interface DeskView {
  readonly queue: readonly QueueEntry[];
  readonly running: readonly RunningEntry[];
  readonly agents: readonly {
    readonly agentId: AgentId;
    readonly displayName: string;
    readonly available: boolean;
    readonly engagements: number;
  }[];
}

/** Facts about one engagement; agents get the same with `engagementId`, which visitors may ignore. */
export interface EngagementFacts {
  'engagement:changed': (fact: { engagement: EngagementView; because: EngagementChange }) => void;
  'chat:said': (fact: { engagementId: EngagementId; line: ChatLine }) => void;
  'chat:typed': (fact: {
    engagementId: EngagementId;
    party: Party;
    /** Which agent. */
    agentId?: AgentId;
    typing: boolean;
  }) => void;
  /** A line waits for the customer's own store, which does not answer; or none does any more. */
  'chat:delayed': (fact: { engagementId: EngagementId; delayed: boolean }) => void;
  'call:produced': (fact: { engagementId: EngagementId; producer: RemoteProducer }) => void;
  'call:producerChanged': (fact: { engagementId: EngagementId; producer: RemoteProducer }) => void;
  'call:producerClosed': (fact: { engagementId: EngagementId; producerId: string }) => void;
  /** A step of agreeing on the keys of a sealed call, from somebody else in it; of an agent's, whose it is. */
  'call:keysPassed': (fact: { engagementId: EngagementId; agentId?: AgentId; step: CallKeyStep }) => void;
  /** To the visitor as well, who may have other pages open. */
  'delivery:answered': (fact: { engagementId: EngagementId; deliveryId: string; opened: boolean }) => void;
  /** To those of this person: their page or window that was in the call is gone, and another one may go on. */
  'call:deserted': (fact: { engagementId: EngagementId }) => void;
  /** The media worker died or moved: join the call again. */
  'call:lost': (fact: { engagementId: EngagementId }) => void;
}

type EngagementSessionEnd = EndReason | 'replaced' | 'shuttingDown';
/** The last three are of experts, who have nothing but the call. */
export type SessionEndReason = EngagementSessionEnd | 'callEnded' | 'removed' | 'notLetIn';

export interface SessionFacts<Reason = SessionEndReason> {
  /** A new pass for coming back; the former is void as soon as this one is acknowledged with `kept`. */
  'session:passed': (fact: { pass: string }, kept: () => void) => void;
  'session:statusChanged': (fact: { calls: CallAvailability; storage: StorageState }) => void;
  /** The server has ended this session; the socket closes after it. */
  'session:ended': (fact: { reason: Reason }) => void;
}

/** What each side is told as it is let in, with a pass to come back by, which it says that it has `kept`. */
type Opened<Side> = (
  fact: { pass: string; now: number; calls: CallAvailability; storage: StorageState } & Side,
  kept: () => void,
) => void;

export interface VisitorFacts extends EngagementFacts, SessionFacts<EngagementSessionEnd> {
  /** An agent puts something before the visitor; nothing of it opens by itself. Told to each page that comes, until it is answered. */
  'delivery:offered': (fact: DeliveryOffered) => void;
  'session:opened': Opened<{ engagement: EngagementView }>;
  /** The page of theirs of which `call:deserted` told is back. */
  'call:returned': (fact: { engagementId: EngagementId }) => void;
  /** What may be seen of the site's pages is something else now: `records` says what. */
  'site:rulesChanged': (fact: { siteId: SiteId }) => void;
}

export interface AgentFacts extends EngagementFacts, SessionFacts {
  /** How the visitor's side of the call fares, by its own figures. */
  'call:measured': (fact: { engagementId: EngagementId; measured: CallMeasured }) => void;
  /** Somebody is out of the call, since more came from their device than one may send: this agent or expert, or the visitor. */
  'call:flooded': (fact: { engagementId: EngagementId; agentId?: AgentId }) => void;
  'session:opened': Opened<{
    available: boolean;
    desk: DeskView;
    engagements: readonly EngagementView[];
  }>;
  /** To the agent for whom the visitor was asked: they may now come in, or not. */
  'transfer:answered': (fact: { engagementId: EngagementId; granted: boolean }) => void;
  'desk:changed': (fact: { desk: DeskView }) => void;
  /** An engagement is this agent's no longer. */
  'engagement:removed': (fact: { engagementId: EngagementId; reason: EndReason | 'taken' | 'left' }) => void;
}

type CallFacts = Pick<
  EngagementFacts,
  'call:produced' | 'call:producerChanged' | 'call:producerClosed' | 'call:keysPassed' | 'call:lost'
>;

export interface ExpertFacts extends CallFacts, SessionFacts {
  'session:opened': Opened<{ expert: ExpertView }>;
  'expert:changed': (fact: { expert: ExpertView }) => void;
}

/** The handshake's `auth` object. */
export const Handshake = v.union([
  exactObject({ protocol: v.number(), ticket: v.pipe(v.string(), v.maxLength(32_000)) }),
  exactObject({ protocol: v.number(), pass: v.pipe(v.string(), v.maxLength(64)) }),
]);
export type Handshake = v.InferOutput<typeof Handshake>;
