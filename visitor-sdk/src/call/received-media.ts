/** What comes from the others in one join: consumed once each, shown as large as it is wanted, and gone with its end. */

import type { PictureRation, Speaker } from '@alongside/engagement';
import { borneSize, tryAgain } from '@alongside/engagement';
import type { CallSealing } from '@alongside/frames';
import type { ReadyOffer, RemoteProducer, ShownSize } from '@alongside/protocol';
import type { Consumer, RtpCapabilities, RtpParameters, Transport } from 'mediasoup-client/types';
import type { CallAsk, CallDeps, CallSay } from './call-deps.js';

export interface ReceivedMediaDeps {
  readonly call: Pick<CallDeps, 'onTrack' | 'onChanged' | 'onGone' | 'isLeads'>;
  readonly ask: CallAsk;
  readonly say: CallSay;
  readonly transport: Transport;
  readonly takes: RtpCapabilities;
  readonly sealing: CallSealing | undefined;
  /** Until the service has answered to how this side receives: what it makes of that is told before the answer. */
  readonly told: Promise<void> | undefined;
}

export class ReceivedMedia {
  readonly #deps: ReceivedMediaDeps;
  readonly #consumers = new Map<string, { readonly producer: RemoteProducer; readonly consumer: Consumer }>();
  /** Made for this side by the service, which then need not be asked for them. */
  readonly #offers = new Map<string, ReadyOffer>();
  /** Wanted from the first word of them, so that what is both listed and told of is consumed once. */
  readonly #wanted = new Set<string>();
  #shown: ShownSize = 'large';
  #ration: PictureRation = 'all';

  constructor(deps: ReceivedMediaDeps) {
    this.#deps = deps;
  }

  get isAny(): boolean {
    return this.#wanted.size > 0;
  }

  receive(producer: RemoteProducer): void {
    const { party, producerId, offer } = producer;
    if (offer?.transportId === this.#deps.transport.id) this.#offers.set(producerId, offer);
    if (party === 'visitor' || this.#wanted.has(producerId)) return;
    this.#wanted.add(producerId);
    const isWanted = () => !this.#deps.transport.closed && this.#wanted.has(producerId);
    const take = async (): Promise<void> => {
      if (!this.#offers.has(producerId)) await this.#deps.told;
      const made = this.#offers.get(producerId);
      // One that failed is asked for the next time.
      this.#offers.delete(producerId);
      return this.#consume(producer, made);
    };
    tryAgain(take, { isWanted, wait }).catch(() => this.#wanted.delete(producerId));
  }

  remove(producerId: string): void {
    this.#wanted.delete(producerId);
    this.#offers.delete(producerId);
    const known = this.#consumers.get(producerId);
    if (known === undefined) return;
    this.#consumers.delete(producerId);
    known.consumer.close();
    this.#deps.call.onGone(producerId);
  }

  /** What was produced or closed while nobody could tell of it. */
  follow(producers: readonly RemoteProducer[]): void {
    const offered = new Set(producers.map(({ producerId }) => producerId));
    for (const producerId of [...this.#wanted]) if (!offered.has(producerId)) this.remove(producerId);
    for (const producer of producers) {
      this.receive(producer);
      this.#deps.call.onChanged(producer);
    }
  }

  /** How large the picture of who leads is shown: what is not shown is not sent. */
  show(shown: ShownSize): void {
    this.#shown = shown;
    this.#tellAllShown();
  }

  /** As much of the pictures as the line bears beside the voices. */
  ration(ration: PictureRation): void {
    this.#ration = ration;
    this.#tellAllShown();
  }

  voices(): readonly (readonly [Speaker, number])[] {
    return [...this.#consumers.values()]
      .filter(({ producer }) => producer.source === 'microphone')
      .map(({ producer, consumer }) => {
        const [newest] = consumer.rtpReceiver?.getSynchronizationSources() ?? [];
        return [producer.agentId, newest?.audioLevel ?? 0];
      });
  }

  async #consume(producer: RemoteProducer, ready: ReadyOffer | undefined): Promise<void> {
    const { producerId, source } = producer;
    const known = this.#consumers.get(producerId);
    if (known !== undefined) return this.#begin(producer, known.consumer.id);
    const rtpCapabilities = this.#deps.takes;
    const offer = ready ?? (await this.#deps.ask('call:consume', { producerId, rtpCapabilities }));
    const consumer = await this.#deps.transport.consume({
      id: offer.consumerId,
      producerId,
      kind: offer.kind,
      rtpParameters: offer.rtpParameters as unknown as RtpParameters,
      onRtpReceiver: (receiver) =>
        this.#deps.sealing?.lead(receiver, { direction: 'in', source, party: producer.party }),
    });
    if (this.#deps.transport.closed) return;
    // It was closed while it was being asked for.
    if (!this.#wanted.has(producerId)) return consumer.close();
    this.#consumers.set(producerId, { producer, consumer });
    this.#deps.call.onTrack(producer, consumer.track);
    await this.#begin(producer, offer.consumerId);
  }

  /** Only once it can be shown: a picture's first frame that came earlier would be lost. */
  async #begin(producer: RemoteProducer, consumerId: string): Promise<void> {
    await this.#deps.ask('call:resume', { consumerId });
    if (this.#sizeOf(producer) !== 'large') this.#tellShown(producer, consumerId);
  }

  #tellAllShown(): void {
    for (const { producer, consumer } of this.#consumers.values()) this.#tellShown(producer, consumer.id);
  }

  #tellShown(producer: RemoteProducer, consumerId: string): void {
    if (producer.source === 'microphone') return;
    this.#deps.say(consumerId, 'call:show', { consumerId, shown: this.#sizeOf(producer) });
  }

  #sizeOf(producer: RemoteProducer): ShownSize {
    const shown = this.#deps.call.isLeads(producer) ? this.#shown : 'small';
    // A screen has one size.
    return borneSize(producer.source === 'camera' ? shown : 'large', this.#ration);
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
