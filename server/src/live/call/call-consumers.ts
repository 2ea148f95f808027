/** What one member of a call receives: consumers on their way in, made when asked for or ahead of it. */

import type { ConsumerOffer, MediaParameters, ReadyOffer, RefusalCode, ShownSize } from '@alongside/protocol';
import type { types } from 'mediasoup';
import { callLimits } from './media-settings.js';

/** What every consumer begins with; it says nothing where there is one picture only. */
const preferredLayers = { spatialLayer: 0 };

export class CallConsumers {
  readonly #receive: types.WebRtcTransport;
  readonly #consumers = new Map<string, types.Consumer>();
  /** Made before they were asked for, by producer, until they are asked for or end. */
  readonly #ahead = new Map<string, Promise<ConsumerOffer | RefusalCode>>();
  /** Producers of which the worker is making one. */
  readonly #making = new Set<string>();
  /** Those that run, though nobody has said yet that what they bring can be shown. */
  readonly #unseen = new Set<string>();
  /** Those whose picture is shown small. */
  readonly #small = new Set<string>();
  #takes: types.RtpCapabilities | undefined;
  #closed = false;

  constructor(receive: types.WebRtcTransport) {
    this.#receive = receive;
  }

  /** What they can receive, once they have said so. */
  get takes(): types.RtpCapabilities | undefined {
    return this.#takes;
  }

  take(takes: types.RtpCapabilities | undefined): void {
    this.#takes ??= takes;
  }

  /** What was made ahead is given to who asks for it nevertheless, whom the word of it has not reached. */
  async consume(
    producerId: string,
    rtpCapabilities: types.RtpCapabilities,
  ): Promise<ConsumerOffer | RefusalCode> {
    const ahead = this.#ahead.get(producerId);
    const made = ahead && (await ahead);
    const isNew = this.#ahead.delete(producerId);
    if (isNew && typeof made === 'object' && this.#consumers.has(made.consumerId)) return made;
    return this.#make(producerId, rtpCapabilities);
  }

  /**
   * To who has said what they take: they need not ask. One for each producer, whoever thinks of it first. `flows`: its
   * sender has a way already.
   */
  async makeAhead(
    producerId: string,
    takes: types.RtpCapabilities,
    flows = true,
  ): Promise<ReadyOffer | undefined> {
    if (this.#making.has(producerId) || this.has(producerId)) return undefined;
    // Where the worker refuses, whoever asks is told so by a try of their own.
    const making = this.#make(producerId, takes, flows).catch(() => 'notFound' as const);
    this.#ahead.set(producerId, making);
    const made = await making;
    if (typeof made === 'object') return { ...made, transportId: this.#receive.id };
    if (this.#ahead.get(producerId) === making) this.#ahead.delete(producerId);
    return undefined;
  }

  has(producerId: string): boolean {
    return [...this.#consumers.values()].some((consumer) => consumer.producerId === producerId);
  }

  /** Of these producers nothing comes any more. */
  drop(isOver: (producerId: string, consumerId: string) => boolean): readonly string[] {
    const over = [...this.#consumers.values()].filter(({ producerId, id }) => isOver(producerId, id));
    for (const consumer of over) {
      this.#forget(consumer);
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
    if (shown === 'small') this.#small.add(consumerId);
    else this.#small.delete(consumerId);
    const isSimulcast = consumer.type === 'simulcast';
    if (isSimulcast && shown === 'small') await consumer.setPreferredLayers(preferredLayers);
    if (isSimulcast && consumer.currentLayers !== undefined) this.#enlarge(consumer);
    // Nothing new leaves where it was not held back.
    await consumer.resume();
    return undefined;
  }

  /** How the worker judges what goes to them, where something does. */
  scores(): readonly number[] {
    return [...this.#consumers.values()].flatMap(({ paused, producerPaused, score }) =>
      paused || producerPaused ? [] : [score.score],
    );
  }

  /** Its transport is closed, or gone with the worker. */
  ownerClosed(): void {
    this.#closed = true;
    this.#consumers.clear();
  }

  async #make(
    producerId: string,
    rtpCapabilities: types.RtpCapabilities,
    flows = true,
  ): Promise<ConsumerOffer | RefusalCode> {
    this.#making.add(producerId);
    try {
      return await this.#ask(producerId, rtpCapabilities, flows);
    } finally {
      this.#making.delete(producerId);
    }
  }

  async #ask(
    producerId: string,
    rtpCapabilities: types.RtpCapabilities,
    flows: boolean,
  ): Promise<ConsumerOffer | RefusalCode> {
    if (this.#consumers.size >= callLimits.consumers) return 'tooFast';
    // Where either way is being made it runs, and its first key frame comes with the way. Otherwise it starts paused:
    // that frame must not be lost, and senders give no other for a while.
    const paused = this.#takes === undefined || (flows && this.#receive.dtlsState === 'connected');
    const consumer = await this.#receive.consume({ producerId, rtpCapabilities, paused, preferredLayers });
    if (this.#closed || this.#consumers.size >= callLimits.consumers) {
      consumer.close();
      return this.#closed ? 'wrongState' : 'tooFast';
    }
    this.#keep(consumer);
    if (!paused) this.#unseen.add(consumer.id);
    const { id: consumerId, kind, rtpParameters } = consumer;
    return { consumerId, producerId, kind, rtpParameters: { ...rtpParameters } satisfies MediaParameters };
  }

  #keep(consumer: types.Consumer): void {
    this.#consumers.set(consumer.id, consumer);
    consumer.on('producerclose', () => this.#forget(consumer));
    consumer.on('transportclose', () => this.#forget(consumer));
    if (consumer.type !== 'simulcast') return;
    consumer.on('layerschange', (layers) => {
      if (layers !== undefined) this.#enlarge(consumer);
    });
  }

  #forget({ id, producerId }: types.Consumer): void {
    this.#consumers.delete(id);
    this.#ahead.delete(producerId);
    this.#unseen.delete(id);
    this.#small.delete(id);
  }

  /** Only where the small picture comes: of a large one there may be nothing for seconds, which would be waited for. */
  #enlarge(consumer: types.Consumer): void {
    const spatialLayer = callLimits.largestLayer;
    if (this.#small.has(consumer.id) || consumer.preferredLayers?.spatialLayer === spatialLayer) return;
    // It fails with the worker or the consumer, and then there is nothing to enlarge.
    consumer.setPreferredLayers({ spatialLayer }).catch(() => undefined);
  }
}
