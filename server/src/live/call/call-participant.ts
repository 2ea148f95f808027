/** One member of a call: a transport for each direction, what it sends and what it receives. */

import { randomUUID } from 'node:crypto';
import type { CallMember } from '@alongside/engagement';
import type {
  CallScores,
  MediaParameters,
  MediaSource,
  Party,
  RefusalCode,
  RemoteProducer,
  TransportOffer,
} from '@alongside/protocol';
import type { types } from 'mediasoup';
import { CallConsumers } from './call-consumers.js';
import { callLimits } from './media-settings.js';
import { VoiceLoss } from './voice-loss.js';

export interface Transports {
  readonly send: types.WebRtcTransport;
  readonly receive: types.WebRtcTransport;
}

interface Produced {
  readonly producer: types.Producer;
  readonly source: MediaSource;
  readonly whispered: boolean;
}

export interface Production {
  readonly transportId: string;
  readonly source: MediaSource;
  readonly rtpParameters: types.RtpParameters;
  readonly producerId?: string | undefined;
  readonly muted?: boolean | undefined;
  /** For the team alone, by who gives it as one who whispers. */
  readonly whispered?: boolean;
}

export interface Connection {
  readonly transportId: string;
  readonly dtlsParameters: types.DtlsParameters;
  /** Of who receives by it. */
  readonly takes?: types.RtpCapabilities | undefined;
}

export interface ParticipantDeps {
  readonly member: CallMember;
  readonly sessionId: string;
  readonly transports: Transports;
  readonly onProducerClosed: (producerId: string) => void;
}

export class CallParticipant {
  readonly received: CallConsumers;
  readonly #deps: ParticipantDeps;
  readonly #produced = new Map<string, Produced>();
  /** Sources that are being made: two requests at once must not make two. */
  readonly #making = new Set<MediaSource>();
  readonly #connected = new Set<string>();
  readonly #voiceLoss = new VoiceLoss();
  /** Since when neither signals nor media come from them. */
  #goneSince: number | undefined;
  #closed = false;

  constructor(deps: ParticipantDeps) {
    this.#deps = deps;
    this.received = new CallConsumers(deps.transports.receive);
  }

  get member(): CallMember {
    return this.#deps.member;
  }

  get party(): Party {
    return this.member === 'visitor' ? 'visitor' : 'agent';
  }

  get sessionId(): string {
    return this.#deps.sessionId;
  }

  get producers(): readonly RemoteProducer[] {
    return [...this.#produced.keys()].flatMap((id) => this.remoteProducer(id) ?? []);
  }

  /** What they send reaches the worker. */
  get flows(): boolean {
    return this.#deps.transports.send.dtlsState === 'connected';
  }

  offers(): { readonly send: TransportOffer; readonly receive: TransportOffer } {
    const { send, receive } = this.#deps.transports;
    return { send: offerOf(send), receive: offerOf(receive) };
  }

  remoteProducer(producerId: string): RemoteProducer | undefined {
    const produced = this.#produced.get(producerId);
    if (produced === undefined) return undefined;
    return this.#told(producerId, produced);
  }

  isWhispered(producerId: string): boolean {
    return this.#produced.get(producerId)?.whispered === true;
  }

  async connect({ transportId, dtlsParameters, takes }: Connection): Promise<RefusalCode | undefined> {
    const transport = this.#transport(transportId);
    if (transport === undefined) return 'notFound';
    // A transport is connected once; mediasoup would throw, and a client that repeats itself is answered. Its own state
    // says nothing of that: packets can be faster than signals, and begin the handshake before this is told.
    if (this.#connected.has(transportId)) return 'wrongState';
    this.#connected.add(transportId);
    if (transport === this.#deps.transports.receive) this.received.take(takes);
    await transport.connect({ dtlsParameters });
    return undefined;
  }

  async produce({
    transportId,
    source,
    rtpParameters,
    producerId = randomUUID(),
    muted = false,
    whispered = false,
  }: Production): Promise<RemoteProducer | RefusalCode> {
    const { send } = this.#deps.transports;
    if (transportId !== send.id) return 'notFound';
    const taken = this.#making.has(source) || this.producers.some((producer) => producer.source === source);
    if (taken || this.#produced.size + this.#making.size >= callLimits.producers) return 'conflict';
    this.#making.add(source);
    try {
      const kind = source === 'microphone' ? 'audio' : 'video';
      const { keyFrameRequestDelay } = callLimits;
      const producer = await send.produce({
        ...{ id: producerId, kind, rtpParameters, keyFrameRequestDelay },
        paused: muted,
      });
      if (this.#closed) {
        producer.close();
        return 'wrongState';
      }
      const produced = { producer, source, whispered };
      this.#produced.set(producer.id, produced);
      producer.on('transportclose', () => this.#forgetProducer(producer.id));
      return this.#told(producer.id, produced);
    } finally {
      this.#making.delete(source);
    }
  }

  /** The worst of what comes, and of what goes; nothing where nothing does. */
  async scores(): Promise<CallScores> {
    const voice = [...this.#produced.values()].find(({ source }) => source === 'microphone');
    const upLossPermille = voice && (await this.#voiceLoss.permilleOf(voice.producer));
    // Of a camera's pictures the larger one may rest: the best of them counts.
    const up = [...this.#produced.values()].flatMap(({ producer: { paused, score: layers } }) =>
      paused || layers.length === 0 ? [] : Math.max(...layers.map(({ score }) => score)),
    );
    const down = this.received.scores();
    return {
      ...(upLossPermille === undefined ? {} : { upLossPermille }),
      ...(up.length === 0 ? {} : { upQuality: Math.min(...up) }),
      ...(down.length === 0 ? {} : { downQuality: Math.min(...down) }),
    };
  }

  async mute(producerId: string, muted: boolean): Promise<RemoteProducer | RefusalCode> {
    const produced = this.#produced.get(producerId);
    if (produced === undefined) return 'notFound';
    if (muted) await produced.producer.pause();
    else await produced.producer.resume();
    return this.remoteProducer(producerId) ?? 'notFound';
  }

  closeProducer(producerId: string): RefusalCode | undefined {
    const produced = this.#produced.get(producerId);
    if (produced === undefined) return 'notFound';
    produced.producer.close();
    this.#forgetProducer(producerId);
    return undefined;
  }

  closeSource(source: MediaSource): void {
    for (const producer of this.producers) {
      if (producer.source === source) this.closeProducer(producer.producerId);
    }
  }

  /** Whether their page or window is gone, with its media. */
  isDeserted(isConnected: boolean, nowMs: number): boolean {
    if (isConnected || Object.values(this.#deps.transports).some(carries)) {
      this.#goneSince = undefined;
      return false;
    }
    this.#goneSince ??= nowMs;
    return nowMs - this.#goneSince >= callLimits.desertedMs;
  }

  /** Everything that came from them, whatever it claims to be; undefined when the transports are gone. */
  async receivedBits(): Promise<number | undefined> {
    if (this.#closed) return undefined;
    const { send, receive } = this.#deps.transports;
    // Asked before they close, this is answered all the same; by a worker that has died it is not.
    const asked = Promise.all([send, receive].map((transport) => transport.getStats()));
    const looks = await asked.catch(() => undefined);
    return looks?.flat().reduce((sum, { bytesReceived }) => sum + 8 * bytesReceived, 0);
  }

  async restartIce(transportId: string): Promise<MediaParameters | undefined> {
    const transport = this.#transport(transportId);
    return transport === undefined ? undefined : plain(await transport.restartIce());
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { send, receive } = this.#deps.transports;
    // Closing the transports closes what is on them, which tells of each producer.
    send.close();
    receive.close();
    for (const producerId of [...this.#produced.keys()]) this.#forgetProducer(producerId);
    this.received.ownerClosed();
  }

  /** The worker is gone and took everything along: nobody is told of single producers. */
  ownerClosed(): void {
    this.#closed = true;
    this.#produced.clear();
    this.received.ownerClosed();
  }

  #told(producerId: string, { producer, source }: Produced): RemoteProducer {
    const whose = this.member === 'visitor' ? {} : { agentId: this.member };
    return { producerId, party: this.party, ...whose, source, muted: producer.paused };
  }

  #forgetProducer(producerId: string): void {
    if (this.#produced.delete(producerId)) this.#deps.onProducerClosed(producerId);
  }

  #transport(transportId: string): types.WebRtcTransport | undefined {
    const { send, receive } = this.#deps.transports;
    return [send, receive].find((transport) => transport.id === transportId);
  }
}

function carries({ dtlsState, iceState }: types.WebRtcTransport): boolean {
  return dtlsState === 'connected' && iceState !== 'disconnected';
}

function offerOf(transport: types.WebRtcTransport): TransportOffer {
  return {
    transportId: transport.id,
    iceParameters: plain(transport.iceParameters),
    iceCandidates: transport.iceCandidates.map(plain),
    dtlsParameters: plain(transport.dtlsParameters),
  };
}

/** A copy as JSON carries it. */
function plain(value: object): MediaParameters {
  return { ...value };
}
