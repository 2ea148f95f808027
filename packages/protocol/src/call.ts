/**
 * Media signalling in shapes of our own. The negotiated parameters are passed between mediasoup and its
 * client as they are; here they are JSON objects of bounded size whose inner shape the media side validates.
 */

import * as v from 'valibot';
import { AskedIn } from './asked-in.js';
import type { CallMedia, Party, SharedSurface } from './engagement-view.js';
import { exactObject } from './exact-object.js';
import { type AgentId, AskId } from './ids.js';

/** A JSON object whose inner shape only mediasoup and its client know. */
export type MediaParameters = { readonly [key: string]: unknown };
const MediaParameters = v.record(v.string(), v.unknown());

const MediaId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
export const MediaSource = v.picklist(['microphone', 'camera', 'screen']);
export type MediaSource = v.InferOutput<typeof MediaSource>;
/** What is opened on a device; a screen is picked anew each time. */
export type DeviceSource = Exclude<MediaSource, 'screen'>;

const Surface: v.GenericSchema<SharedSurface> = v.picklist(['tab', 'window', 'screen']);

export const CallStart = exactObject({ media: v.picklist(['voice', 'video']), words: v.optional(AskedIn) });
export const CallAnswer = exactObject({
  askId: AskId,
  accept: v.boolean(),
  /** What the one who answers gives of their own; ignored on refusal. */
  media: v.picklist(['voice', 'video']),
  words: v.optional(AskedIn),
});
export const CallCancel = exactObject({});
/** The visitor gives or takes back their own picture, voice or screen during a call. */
export const CallConsent = exactObject({
  source: MediaSource,
  granted: v.boolean(),
  /** Of a screen that is given: what was picked. */
  surface: v.optional(Surface),
  words: v.optional(AskedIn),
});
export const CallJoin = exactObject({
  /** With one's own yes, before the call may be on: never in the place of another page or window of one's own. */
  ahead: v.optional(v.literal(true)),
  /** By a press: in the place of another page or window of one's own that is in the call. */
  take: v.optional(v.literal(true)),
});
export const CallConnect = exactObject({
  transportId: MediaId,
  dtlsParameters: MediaParameters,
  /** Of who receives by it: what is produced from then on is told of with a consumer that was made for them. */
  rtpCapabilities: v.optional(MediaParameters),
});
export const CallProduce = exactObject({
  transportId: MediaId,
  source: MediaSource,
  rtpParameters: MediaParameters,
  /** As the sender wishes to call it, who then need not wait for an answer before the next. */
  producerId: v.optional(MediaId),
  /** It begins silent: what was muted on the page before is not heard until it is spoken of. */
  muted: v.optional(v.boolean()),
});
export const CallConsume = exactObject({ producerId: MediaId, rtpCapabilities: MediaParameters });
export const CallConsumer = exactObject({ consumerId: MediaId });
export const CallProducer = exactObject({ producerId: MediaId });
export const CallTransport = exactObject({ transportId: MediaId });
export const CallMute = exactObject({ producerId: MediaId, muted: v.boolean() });
export const CallEnd = exactObject({});
/**
 * A step by which both ends come to the keys of a sealed call, from one to one or to all. The server passes it on and
 * reads nothing of it: `agree` holds a step of the key agreement, `key` an epoch's secret, wrapped.
 */
export const CallPassKeys = exactObject({
  from: MediaId,
  to: v.optional(MediaId),
  step: v.picklist(['here', 'agree', 'key', 'have', 'gone']),
  bytes: v.optional(v.pipe(v.string(), v.maxLength(1024), v.regex(/^[A-Za-z0-9_-]+$/))),
});
export type CallKeyStep = v.InferOutput<typeof CallPassKeys>;
/** Somebody who takes part in the engagement comes into the call, or goes on in it in another way. */
export const CallAttend = exactObject({ mode: v.picklist(['speak', 'whisper', 'listen']) });
/** Out of the call; the others go on. */
export const CallLeave = exactObject({});
/** Somebody who was invited by a link is taken out of the call. */
export const CallRemove = exactObject({ presenceId: v.pipe(v.string(), v.uuid()) });
/** The visitor's page shows who is in the call, and in which way; of an expert, the visitor's yes in these words. */
export const CallNotice = exactObject({ ...CallRemove.entries, words: v.optional(AskedIn) });
/** How large a picture of the other side is shown: what is not shown is not sent, and a small one in fewer bits. */
export const CallShow = exactObject({ consumerId: MediaId, shown: v.picklist(['hidden', 'small', 'large']) });
export type ShownSize = v.InferOutput<typeof CallShow>['shown'];

const figure = (most: number) => v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most)));
/** What one side measured of its own way to the media server; what it cannot know yet is left out. */
export const CallFigures = exactObject({
  /** Of a thousand packets of a picture that it sent, as the server tells it. */
  upLossPermille: figure(1000),
  /** Of a thousand packets that were sent to it. */
  downLossPermille: figure(1000),
  jitterMs: figure(60_000),
  roundTripMs: figure(60_000),
  upKbps: figure(100_000),
  downKbps: figure(100_000),
});
export type CallFigures = v.InferOutput<typeof CallFigures>;
export const CallReport = exactObject({ figures: CallFigures });
/** Both scores by the media server, from 0 to 10: of what comes from this side, and of what goes to it. */
export interface CallScores {
  /** Of a thousand packets of its voice: what it can tell of its own line without a picture. */
  readonly upLossPermille?: CallFigures['upLossPermille'];
  readonly upQuality?: number;
  readonly downQuality?: number;
}
export type CallMeasured = CallFigures & CallScores;

export interface TransportOffer {
  readonly transportId: string;
  readonly iceParameters: MediaParameters;
  readonly iceCandidates: readonly MediaParameters[];
  readonly dtlsParameters: MediaParameters;
}

export interface RemoteProducer {
  readonly producerId: string;
  readonly party: Party;
  /** Of the agents, whose it is. */
  readonly agentId?: AgentId;
  readonly source: MediaSource;
  readonly muted: boolean;
  /** Made for whoever is told, so that they need not ask for it. */
  readonly offer?: ReadyOffer;
}

/** A TURN server, with a name and a password that hold for this engagement and a few minutes. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username: string;
  readonly credential: string;
}

export interface IceRoutes {
  /** Ways for whoever cannot reach the media server themselves; absent where the installation has none. */
  readonly iceServers?: readonly IceServer[];
}

/** Everything a joining side needs, in one round trip. */
export interface CallSession extends IceRoutes {
  /** The site wants every packet to go through one of these servers. */
  readonly relayOnly?: true;
  /** The site wants voice and picture sealed from end to end: whoever cannot do that stays out. */
  readonly sealed?: true;
  readonly callId: string;
  readonly routerRtpCapabilities: MediaParameters;
  readonly send: TransportOffer;
  readonly receive: TransportOffer;
  readonly producers: readonly RemoteProducer[];
}

/** A new way to a transport that is there still, and what the other side offers by now. */
export interface IceRestart extends IceRoutes {
  readonly iceParameters: MediaParameters;
  readonly producers: readonly RemoteProducer[];
}

export interface ConsumerOffer {
  readonly consumerId: string;
  readonly producerId: string;
  readonly kind: 'audio' | 'video';
  readonly rtpParameters: MediaParameters;
}

/** On the transport that it names, which may be one of before. */
export interface ReadyOffer extends ConsumerOffer {
  readonly transportId: string;
}

export interface CallAsked {
  readonly askId: AskId;
  readonly media: CallMedia;
  readonly by: Party;
}
