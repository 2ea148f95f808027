/** What comes from the others in one join: consumed once each, shown as large as it is wanted, and gone with its end. */

import type { PictureRation, Speaker } from '@alongside/engagement';
import { borneSize, LastWords, tryAgain } from '@alongside/engagement';
import type { CallSealing } from '@alongside/frames';
import type { MediaParameters, ReadyOffer, RemoteProducer, ShownSize } from '@alongside/protocol';
import type { types } from 'mediasoup-client';
import { succeed } from '../../app/failure.js';
import type { CallClientDeps, RemoteTrack } from './call-client-state.js';
import { isHeard } from './is-heard.js';

export interface RemoteMediaMeans {
  readonly receive: types.Transport;
  readonly takes: MediaParameters;
  readonly sealing: CallSealing | undefined;
  /** Until the service has answered to how this side receives: what it makes of that is told before the answer. */
  readonly told: Promise<void> | undefined;
}

type Shown = Pick<RemoteProducer, 'source' | 'agentId'>;

export class RemoteMedia {
  readonly #deps: CallClientDeps;
  readonly #onRemote: (remote: readonly RemoteTrack[]) => void;
  readonly #remote = new Map<string, { consumer: types.Consumer; shown: RemoteTrack }>();
  /** Asked for already, so that what is both listed and told of is consumed once. */
  readonly #consumed = new Set<string>();
  /** Made for this side by the service, which then need not be asked for them. */
  readonly #offers = new Map<string, ReadyOffer>();
  /** Told of before there was a transport to receive them: a fact may overtake what a join has to load. */
  #early: RemoteProducer[] = [];
  readonly #words = new LastWords();
  #means: RemoteMediaMeans | undefined;
  #shown: ShownSize = 'large';
  #ration: PictureRation = 'all';
  #closed = false;

  constructor(deps: CallClientDeps, onRemote: (remote: readonly RemoteTrack[]) => void) {
    this.#deps = deps;
    this.#onRemote = onRemote;
  }

  get isAny(): boolean {
    return this.#consumed.size > 0;
  }

  begin(means: RemoteMediaMeans, producers: readonly RemoteProducer[]): void {
    this.#means = means;
    const early = this.#early;
    this.#early = [];
    for (const producer of [...producers, ...early]) void this.consume(producer);
  }

  async consume(producer: RemoteProducer): Promise<void> {
    const means = this.#means;
    if (means === undefined) {
      this.#early.push(producer);
      return;
    }
    const { producerId, offer } = producer;
    if (offer?.transportId === means.receive.id) this.#offers.set(producerId, offer);
    if (this.#consumed.has(producerId)) return;
    this.#consumed.add(producerId);
    const isWanted = () => !this.#closed && this.#consumed.has(producerId);
    const take = async (): Promise<void> => {
      if (means.told && !this.#offers.has(producerId)) await means.told;
      const made = this.#offers.get(producerId);
      // One that failed is asked for the next time.
      this.#offers.delete(producerId);
      return this.#consumeNow(producer, means, made);
    };
    const taken = tryAgain(take, { isWanted, wait });
    await taken.catch(() => this.#consumed.delete(producerId));
  }

  async #consumeNow(
    producer: RemoteProducer,
    { receive, takes, sealing }: RemoteMediaMeans,
    offer: ReadyOffer | undefined,
  ): Promise<void> {
    const { live, engagementId } = this.#deps;
    const { producerId, source, muted, agentId } = producer;
    const known = this.#remote.get(producerId)?.consumer.id;
    if (known !== undefined) return this.#begin(producer, known);
    const offered =
      offer === undefined
        ? await live.send('call:consume', { engagementId, producerId, rtpCapabilities: takes })
        : succeed(offer);
    if (this.#closed) return;
    if (!offered.ok) throw new Error(offered.failure.code);
    const { consumerId, kind, rtpParameters } = offered.value;
    const consumer = await receive.consume({
      id: consumerId,
      producerId,
      kind,
      // The protocol passes it on without knowing its shape; mediasoup and its client do.
      rtpParameters: rtpParameters as unknown as types.RtpParameters,
      onRtpReceiver: (receiver) =>
        sealing?.lead(receiver, { direction: 'in', source, party: producer.party }),
    });
    if (this.#closed) return;
    // It was closed while it was being asked for.
    if (!this.#consumed.has(producerId)) return consumer.close();
    const whose = agentId === undefined ? {} : { agentId };
    this.#remote.set(producerId, {
      consumer,
      shown: { producerId, ...whose, source, muted, track: consumer.track },
    });
    this.#tell();
    await this.#begin(producer, consumerId);
  }

  /** Only once it can be shown: a picture's first frame that came earlier would be lost. */
  async #begin(producer: RemoteProducer, consumerId: string): Promise<void> {
    const { live, engagementId } = this.#deps;
    const resumed = await live.send('call:resume', { engagementId, consumerId });
    if (!resumed.ok) throw new Error(resumed.failure.code);
    if (this.#sizeOf(producer) !== 'large') this.#tellShown(producer, consumerId);
  }

  /** How large the visitor's picture is shown: what is not shown is not sent. */
  show(shown: ShownSize): void {
    this.#shown = shown;
    this.#tellAllShown();
  }

  /** As much of the others' pictures as the line bears beside their voices. */
  ration(ration: PictureRation): void {
    this.#ration = ration;
    this.#tellAllShown();
  }

  #tellAllShown(): void {
    for (const { consumer, shown } of this.#remote.values()) this.#tellShown(shown, consumer.id);
  }

  #tellShown(of: Shown, consumerId: string): void {
    if (of.source === 'microphone') return;
    const { live, engagementId } = this.#deps;
    const shown = this.#sizeOf(of);
    void this.#words.say(consumerId, async () =>
      isHeard(await live.send('call:show', { engagementId, consumerId, shown })),
    );
  }

  #sizeOf({ source, agentId }: Shown): ShownSize {
    // A colleague is shown beside the visitor, and small; a screen has one size.
    const shown = agentId === undefined ? this.#shown : 'small';
    return borneSize(source === 'camera' ? shown : 'large', this.#ration);
  }

  /** The connection to the service was away. */
  sayAgain(): void {
    this.#words.sayAgain();
  }

  /** Of each whose voice comes, how loud it is, from 0 to 1. */
  voices(): readonly (readonly [Speaker, number])[] {
    return [...this.#remote.values()]
      .filter(({ shown }) => shown.source === 'microphone')
      .map(({ shown, consumer }) => {
        const [newest] = consumer.rtpReceiver?.getSynchronizationSources() ?? [];
        return [shown.agentId, newest?.audioLevel ?? 0];
      });
  }

  awaitsVoice(): boolean {
    return [...this.#remote.values()].some(({ shown }) => shown.source === 'microphone' && !shown.muted);
  }

  awaitsPicture(): boolean {
    if (this.#shown === 'hidden') return false;
    const all = [...this.#remote.values()].map(({ shown }) => shown);
    return all.some(({ source, agentId, muted }) => source === 'camera' && agentId === undefined && !muted);
  }

  awaitsScreen(): boolean {
    return [...this.#remote.values()].some(({ shown }) => shown.source === 'screen');
  }

  changed({ producerId, muted }: RemoteProducer): void {
    const known = this.#remote.get(producerId);
    if (known === undefined) return;
    this.#remote.set(producerId, { ...known, shown: { ...known.shown, muted } });
    this.#tell();
  }

  gone(producerId: string): void {
    this.#early = this.#early.filter((producer) => producer.producerId !== producerId);
    this.#consumed.delete(producerId);
    this.#offers.delete(producerId);
    this.#remote.get(producerId)?.consumer.close();
    if (this.#remote.delete(producerId)) this.#tell();
  }

  /** What was produced or closed while nobody could tell of it. */
  follow(producers: readonly RemoteProducer[]): void {
    const offered = new Set(producers.map(({ producerId }) => producerId));
    for (const producerId of [...this.#consumed]) if (!offered.has(producerId)) this.gone(producerId);
    for (const producer of producers) {
      void this.consume(producer);
      this.changed(producer);
    }
  }

  /** Its transport is closed with the join. */
  close(): void {
    this.#closed = true;
  }

  #tell(): void {
    this.#onRemote([...this.#remote.values()].map(({ shown }) => shown));
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
