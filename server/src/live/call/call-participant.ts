/** One member of a call: a transport for each direction, what it sends and what it receives. */

import { randomUUID } from 'node:crypto';
import type { CallMember } from '@alongside/engagement';
import type {
  CallScores,
  ConsumerOffer,
  MediaParameters,
  MediaSource,
  Party,
  ReadyOffer,
  RefusalCode,
  RemoteProducer,
  ShownSize,
  TransportOffer,
} from '@alongside/protocol';
import type { types } from 'mediasoup';
import { callLimits } from './media-settings.js';

export interface Transports {
  readonly send: types.WebRtcTransport;
  readonly receive: types.WebRtcTransport;
}

interface Produced {
  readonly producer: types.Producer;
  readonly source: MediaSource;
}

export interface Production {
  readonly transportId: string;
  readonly source: MediaSource;
  readonly rtpParameters: types.RtpParameters;
  readonly producerId?: string | undefined;
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
  readonly #deps: ParticipantDeps;
  readonly #produced = new Map<string, Produced>();
  readonly #consumers = new Map<string, types.Consumer>();
  /** Sources that are being made: two requests at once must not make two. */
  readonly #making = new Set<MediaSource>();
  readonly #connected = new Set<string>();
  /** Made before they were asked for, by producer. */
  readonly #ahead = new Map<string, Promise<ConsumerOffer | RefusalCode>>();
  /** Consumers that run, though nobody has said yet that what they bring can be shown. */
  readonly #unseen = new Set<string>();
  #takes: types.RtpCapabilities | undefined;
  #closed = false;

  constructor(deps: ParticipantDeps) {
    this.#deps = deps;
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

  offers(): { readonly send: TransportOffer; readonly receive: TransportOffer } {
    const { send, receive } = this.#deps.transports;
    return { send: offerOf(send), receive: offerOf(receive) };
  }

  remoteProducer(producerId: string): RemoteProducer | undefined {
    const produced = this.#produced.get(producerId);
    if (produced === undefined) return undefined;
    return this.#told(producerId, produced);
  }

  async connect({ transportId, dtlsParameters, takes }: Connection): Promise<RefusalCode | undefined> {
    const transport = this.#transport(transportId);
    if (transport === undefined) return 'notFound';
    // A transport is connected once; mediasoup would throw, and a client that repeats itself is answered. Its own state
    // says nothing of that: packets can be faster than signals, and begin the handshake before this is told.
    if (this.#connected.has(transportId)) return 'wrongState';
    this.#connected.add(transportId);
    if (transport === this.#deps.transports.receive) this.#takes ??= takes;
    await transport.connect({ dtlsParameters });
    return undefined;
  }

  async produce({
    transportId,
    source,
    rtpParameters,
    producerId = randomUUID(),
  }: Production): Promise<RemoteProducer | RefusalCode> {
    const { send } = this.#deps.transports;
    if (transportId !== send.id) return 'notFound';
    const taken = this.#making.has(source) || this.producers.some((producer) => producer.source === source);
    if (taken || this.#produced.size + this.#making.size >= callLimits.producers) return 'conflict';
    this.#making.add(source);
    try {
      const kind = source === 'microphone' ? 'audio' : 'video';
      const producer = await send.produce({ id: producerId, kind, rtpParameters });
      if (this.#closed) {
        producer.close();
        return 'wrongState';
      }
      const produced = { producer, source };
      this.#produced.set(producer.id, produced);
      producer.on('transportclose', () => this.#forgetProducer(producer.id));
      return this.#told(producer.id, produced);
    } finally {
      this.#making.delete(source);
    }
  }

  /** What was made ahead is given to who asks for it nevertheless, whom the word of it has not reached. */
  async consume(
    producerId: string,
    rtpCapabilities: types.RtpCapabilities,
  ): Promise<ConsumerOffer | RefusalCode> {
    const made = await this.#ahead.get(producerId);
    const isNew = this.#ahead.delete(producerId);
    if (isNew && typeof made === 'object' && this.#consumers.has(made.consumerId)) return made;
    return this.#consume(producerId, rtpCapabilities);
  }

  /** To who has said what they take: they need not ask. */
  async makeAhead(producerId: string, takes: types.RtpCapabilities): Promise<ReadyOffer | undefined> {
    const making = this.#consume(producerId, takes);
    const waited = making.catch(() => 'notFound' as const);
    this.#ahead.set(producerId, waited);
    const made = await making;
    return typeof made === 'object' ? { ...made, transportId: this.#deps.transports.receive.id } : undefined;
  }

  async #consume(
    producerId: string,
    rtpCapabilities: types.RtpCapabilities,
  ): Promise<ConsumerOffer | RefusalCode> {
    if (this.#consumers.size >= callLimits.consumers) return 'tooFast';
    const { receive } = this.#deps.transports;
    // Of a way that is not there yet it starts paused: the first key frame must not be lost.
    const paused = this.#takes === undefined;
    const consumer = await receive.consume({ producerId, rtpCapabilities, paused });
    if (this.#closed || this.#consumers.size >= callLimits.consumers) {
      consumer.close();
      return this.#closed ? 'wrongState' : 'tooFast';
    }
    this.#consumers.set(consumer.id, consumer);
    if (!paused) this.#unseen.add(consumer.id);
    const forget = (): void => {
      this.#consumers.delete(consumer.id);
      this.#ahead.delete(producerId);
    };
    consumer.on('producerclose', forget);
    consumer.on('transportclose', forget);
    return {
      consumerId: consumer.id,
      producerId,
      kind: consumer.kind,
      rtpParameters: plain(consumer.rtpParameters),
    };
  }

  /** What they can receive, once they have said so. */
  get takes(): types.RtpCapabilities | undefined {
    return this.#takes;
  }

  consumes(producerId: string): boolean {
    return [...this.#consumers.values()].some((consumer) => consumer.producerId === producerId);
  }

  closeConsumer(consumerId: string): void {
    this.dropConsumers((_producerId, id) => id === consumerId);
  }

  /** Of these producers nothing comes any more. */
  dropConsumers(isOver: (producerId: string, consumerId: string) => boolean): readonly string[] {
    const over = [...this.#consumers.values()].filter(({ producerId, id }) => isOver(producerId, id));
    for (const consumer of over) {
      this.#consumers.delete(consumer.id);
      consumer.close();
    }
    return over.map(({ producerId }) => producerId);
  }

  async resume(consumerId: string): Promise<RefusalCode | undefined> {
    const consumer = this.#consumers.get(consumerId);
    if (consumer === undefined) return 'notFound';
    await consumer.resume();
    // What came before the other end could take it is lost, and of a picture the rest builds on it.
    if (this.#unseen.delete(consumerId) && consumer.kind === 'video') await consumer.requestKeyFrame();
    return undefined;
  }

  async show(consumerId: string, shown: ShownSize): Promise<RefusalCode | undefined> {
    const consumer = this.#consumers.get(consumerId);
    if (consumer === undefined) return 'notFound';
    if (consumer.kind !== 'video') return 'invalid';
    if (shown === 'hidden') {
      await consumer.pause();
      return undefined;
    }
    const spatialLayer = shown === 'small' ? 0 : callLimits.largestLayer;
    if (consumer.type === 'simulcast') await consumer.setPreferredLayers({ spatialLayer });
    // Nothing new leaves where it was not held back.
    await consumer.resume();
    return undefined;
  }

  /** The worst of what comes, and of what goes; nothing where nothing does. */
  scores(): CallScores {
    // Of a camera's pictures the larger one may rest: the best of them counts.
    const up = [...this.#produced.values()].flatMap(({ producer: { paused, score: layers } }) =>
      paused || layers.length === 0 ? [] : Math.max(...layers.map(({ score }) => score)),
    );
    const down = [...this.#consumers.values()].flatMap(({ paused, producerPaused, score }) =>
      paused || producerPaused ? [] : [score.score],
    );
    return {
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

  /** Of everything that comes from them, whatever it claims to be; undefined when the transport is gone. */
  async incomingBitsPerSecond(): Promise<number | undefined> {
    if (this.#closed) return undefined;
    const { send, receive } = this.#deps.transports;
    const looks = await Promise.all([send, receive].map((transport) => transport.getStats())).catch(() => []);
    return looks.flat().reduce((sum, { recvBitrate }) => sum + recvBitrate, 0);
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
    this.#consumers.clear();
  }

  /** The worker is gone and took everything along: nobody is told of single producers. */
  ownerClosed(): void {
    this.#closed = true;
    this.#produced.clear();
    this.#consumers.clear();
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
