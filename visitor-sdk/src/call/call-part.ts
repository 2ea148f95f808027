/** One side of a call: what mediasoup's client negotiates, in the words of our own signalling. Loaded for a call. */

import type { MediaWay, PictureRation, Speaker } from '@alongside/engagement';
import {
  callEncoding,
  LastWords,
  mediaWayOf,
  relaysOf,
  screenBitrates,
  transportOptions,
  tryAgain,
} from '@alongside/engagement';
import type { CallSealing, OwnCertificate } from '@alongside/frames';
import { limitScreen, ownCertificate, rationPicture } from '@alongside/frames';
import type {
  CallSession,
  CommandValues,
  MediaSource,
  ReadyOffer,
  RefusalCode,
  RemoteProducer,
  Reply,
  ShownSize,
  VisitorCommandName,
} from '@alongside/protocol';
import { accept, isRetryable } from '@alongside/protocol';
import type { Consumer, Device, Producer, Transport, TransportOptions } from 'mediasoup-client/types';
import { callDevices } from './call-devices.js';
import type { Picked } from './share/pick-screen.js';
import { pickScreen } from './share/pick-screen.js';

type CallCommandName = Extract<VisitorCommandName, `call:${string}`>;

export interface CallDeps {
  readonly command: <K extends CallCommandName>(name: K, body: object) => Promise<Reply<CommandValues[K]>>;
  readonly onTrack: (producer: RemoteProducer, track: MediaStreamTrack) => void;
  readonly onChanged: (producer: RemoteProducer) => void;
  readonly onGone: (producerId: string) => void;
  /** Whether this is of who leads the call: others are shown small. */
  readonly isLeads: (producer: RemoteProducer) => boolean;
  /** Of a site whose calls are sealed; undefined where this browser cannot, and then there is no call. */
  readonly seal?: (callId: string) => Promise<CallSealing | undefined>;
  /** Whether this call may be joined in the clear: not once it was sealed, and people were shown its digits. */
  readonly allowsOpen?: (callId: string) => boolean;
  /** Another `way` than before, maybe. */
  readonly onWay: () => void;
  /** The way to the media server is gone and ICE could not mend it. */
  readonly onBroken: () => void;
}

export interface CallRoom {
  readonly callId: string;
  way(): MediaWay;
  send(source: MediaSource, track: MediaStreamTrack): Promise<void>;
  mute(source: MediaSource, muted: boolean): void;
  stop(source: MediaSource): void;
  receive(producer: RemoteProducer): void;
  update(producer: RemoteProducer): void;
  remove(producerId: string): void;
  /**
   * The connection to the service was away, or other ways may be had: what was missed is made up for, and a new way is
   * looked for, also where there is one if not `onlyBroken`.
   */
  mend(onlyBroken: boolean): void;
  /** How large the picture of who leads is shown: what is not shown is not sent. */
  show(shown: ShownSize): void;
  /** Of each whose voice comes, how loud it is, from 0 to 1. */
  voices(): readonly (readonly [Speaker, number])[];
  /** As much of the own picture as the line bears beside the voice. */
  ration(ration: PictureRation): void;
  /** What the browser has counted of both ways. */
  stats(): Promise<readonly { readonly [field: string]: unknown }[]>;
  leave(): void;
}

export type Joined =
  | { readonly ok: true; readonly room: CallRoom }
  | { readonly ok: false; readonly code: RefusalCode };

export interface CallPart {
  /** `ahead`: what this page was told when it asked with its own yes, where it did. */
  joinCall(deps: CallDeps, ahead?: Promise<CallSession | undefined>): Promise<Joined>;
  /** What the browser can do in such a call: asked of it before the call is on, where that is known. */
  deviceFor(session: CallSession): Promise<unknown>;
  /** Before anybody has said yes: what a page's first connection alone costs need not be waited for later. */
  warmUp(): Promise<unknown>;
  /** In the turn of a press: the browser asks the visitor what they show. */
  pickScreen(wish: 'tab' | 'any'): Promise<Picked>;
}

export { pickScreen };

export const deviceFor: CallPart['deviceFor'] = (session) => callDevices.for(session);
export const warmUp: CallPart['warmUp'] = () => callDevices.warmUp();

export async function joinCall(deps: CallDeps, ahead?: Promise<CallSession | undefined>): Promise<Joined> {
  if (callDevices.create() === undefined) return { ok: false, code: 'callNotSupported' };
  const making = ownCertificate();
  const told = await ahead;
  const joined = told === undefined ? await deps.command('call:join', {}) : accept(told);
  if (!joined.ok) return { ok: false, code: joined.refusal.code };
  const { sealed, callId } = joined.value;
  const sealing = sealed ? await deps.seal?.(callId) : undefined;
  const mayBeHeard = sealed ? sealing !== undefined : deps.allowsOpen?.(callId) !== false;
  if (!mayBeHeard) return { ok: false, code: 'callNotSealed' };
  const [device, certificate] = await Promise.all([callDevices.for(joined.value), making]);
  if (device === undefined) return { ok: false, code: 'callNotSupported' };
  return { ok: true, room: new MediaRoom(deps, { device, sealing, certificate }, joined.value) };
}

interface Means {
  readonly device: Device;
  readonly sealing: CallSealing | undefined;
  readonly certificate: OwnCertificate | undefined;
}

class MediaRoom implements CallRoom {
  readonly callId: string;
  readonly #deps: CallDeps;
  readonly #device: Device;
  readonly #sealing: CallSealing | undefined;
  readonly #send: Transport;
  readonly #receive: Transport;
  readonly #producers = new Map<MediaSource, Producer>();
  /** What the service says to each that is given. */
  readonly #answers = new Map<string, Promise<Reply<unknown>>>();
  readonly #consumers = new Map<string, { readonly producer: RemoteProducer; readonly consumer: Consumer }>();
  /** Made for this side by the service, which then need not be asked for them. */
  readonly #offers = new Map<string, ReadyOffer>();
  /** Until the service has answered to how this side receives: what it makes of that is told before the answer. */
  #told: Promise<void> | undefined;
  /** Wanted from the first word of them, so that what is both listed and told of is consumed once. */
  readonly #wanted = new Set<string>();
  /** What was pressed while the service was away holds when it is back. */
  readonly #words = new LastWords();
  #shown: ShownSize = 'large';
  #ration: PictureRation = 'all';
  #left = false;

  constructor(deps: CallDeps, { device, sealing, certificate }: Means, session: CallSession) {
    this.callId = session.callId;
    this.#deps = deps;
    this.#device = device;
    this.#sealing = sealing;
    const options = (offer: CallSession['send']) => ({
      // What only mediasoup and its client know passes through as it is.
      ...(transportOptions(offer, session) as unknown as TransportOptions),
      additionalSettings: { ...sealing?.connectionSettings, ...certificate?.settings },
    });
    this.#send = device.createSendTransport(options(session.send));
    this.#receive = device.createRecvTransport(options(session.receive));
    this.#connect(this.#send);
    this.#connect(this.#receive, certificate);
    this.#send.on('produce', ({ rtpParameters, appData }, done) => {
      // Named here, so that the next one need not wait until this one is answered.
      const producerId = crypto.randomUUID();
      const body = { transportId: this.#send.id, source: appData.source, rtpParameters, producerId };
      this.#answers.set(producerId, this.#deps.command('call:produce', body));
      done({ id: producerId });
    });
    for (const producer of session.producers) this.receive(producer);
  }

  async send(source: MediaSource, track: MediaStreamTrack): Promise<void> {
    const former = this.#producers.get(source);
    if (former !== undefined) return former.replaceTrack({ track });
    const { encodings, codecOptions } = callEncoding[source];
    const producer = await this.#send.produce({
      track,
      encodings: [...encodings],
      codecOptions,
      appData: { source },
      stopTracks: false,
      onRtpSender: (sender) => this.#sealing?.lead(sender, { direction: 'out', source }),
    });
    const answer = await this.#answers.get(producer.id);
    this.#answers.delete(producer.id);
    if (answer?.ok === true && !this.#left) {
      this.#producers.set(source, producer);
      if (source !== 'microphone' && this.#ration !== 'all') this.ration(this.#ration);
      return;
    }
    producer.close();
    if (answer?.ok === false) throw new Error(`The call was refused: ${answer.refusal.code}.`);
  }

  mute(source: MediaSource, muted: boolean): void {
    const producer = this.#producers.get(source);
    if (producer === undefined) return;
    // Silence alone leaves from this moment, whatever becomes of the message; nothing is negotiated for it.
    if (muted) producer.pause();
    else producer.resume();
    this.#say(producer.id, 'call:mute', { producerId: producer.id, muted });
  }

  stop(source: MediaSource): void {
    const producer = this.#producers.get(source);
    if (producer === undefined) return;
    this.#producers.delete(source);
    producer.close();
    this.#say(producer.id, 'call:closeProducer', { producerId: producer.id });
  }

  receive(producer: RemoteProducer): void {
    const { party, producerId, offer } = producer;
    if (offer?.transportId === this.#receive.id) this.#offers.set(producerId, offer);
    if (party === 'visitor' || this.#wanted.has(producerId)) return;
    this.#wanted.add(producerId);
    const isWanted = () => !this.#left && this.#wanted.has(producerId);
    const take = async (): Promise<void> => {
      if (this.#told && !this.#offers.has(producerId)) await this.#told;
      const made = this.#offers.get(producerId);
      // One that failed is asked for the next time.
      this.#offers.delete(producerId);
      return this.#consume(producer, made);
    };
    tryAgain(take, { isWanted, wait }).catch(() => this.#wanted.delete(producerId));
  }

  update(producer: RemoteProducer): void {
    this.#deps.onChanged(producer);
  }

  remove(producerId: string): void {
    this.#wanted.delete(producerId);
    this.#offers.delete(producerId);
    const known = this.#consumers.get(producerId);
    if (known === undefined) return;
    this.#consumers.delete(producerId);
    known.consumer.close();
    this.#deps.onGone(producerId);
  }

  way(): MediaWay {
    const states = [this.#send, this.#receive].map(({ connectionState }) => connectionState);
    return mediaWayOf(states, this.#wanted.size > 0 || this.#producers.size > 0);
  }

  mend(onlyBroken: boolean): void {
    this.#words.sayAgain();
    for (const transport of [this.#send, this.#receive])
      if (!onlyBroken || transport.connectionState !== 'connected')
        this.#restartIce(transport).catch(() => undefined);
  }

  show(shown: ShownSize): void {
    this.#shown = shown;
    for (const { producer, consumer } of this.#consumers.values()) this.#tellShown(producer, consumer.id);
  }

  ration(ration: PictureRation): void {
    this.#ration = ration;
    void rationPicture(this.#producers.get('camera')?.rtpSender, ration);
    void limitScreen(this.#producers.get('screen')?.rtpSender, screenBitrates[ration]);
  }

  voices(): readonly (readonly [Speaker, number])[] {
    return [...this.#consumers.values()]
      .filter(({ producer }) => producer.source === 'microphone')
      .map(({ producer, consumer }) => {
        const [newest] = consumer.rtpReceiver?.getSynchronizationSources() ?? [];
        return [producer.agentId, newest?.audioLevel ?? 0];
      });
  }

  async stats(): Promise<readonly { readonly [field: string]: unknown }[]> {
    const reports = await Promise.all([this.#send.getStats(), this.#receive.getStats()]);
    return reports.flatMap((report) => [...report.values()]);
  }

  leave(): void {
    if (this.#left) return;
    this.#left = true;
    for (const producer of this.#producers.values()) producer.close();
    this.#send.close();
    this.#receive.close();
  }

  async #consume(producer: RemoteProducer, ready: ReadyOffer | undefined): Promise<void> {
    const { producerId, source } = producer;
    const known = this.#consumers.get(producerId);
    if (known !== undefined) return this.#begin(producer, known.consumer.id);
    const rtpCapabilities = this.#device.recvRtpCapabilities;
    const offer = ready ?? (await this.#ask('call:consume', { producerId, rtpCapabilities }));
    const consumer = await this.#receive.consume({
      id: offer.consumerId,
      producerId,
      kind: offer.kind,
      rtpParameters: offer.rtpParameters as unknown as NonNullable<
        Parameters<Transport['consume']>[0]['rtpParameters']
      >,
      onRtpReceiver: (receiver) =>
        this.#sealing?.lead(receiver, { direction: 'in', source, party: producer.party }),
    });
    if (this.#left) return;
    // It was closed while it was being asked for.
    if (!this.#wanted.has(producerId)) return consumer.close();
    this.#consumers.set(producerId, { producer, consumer });
    this.#deps.onTrack(producer, consumer.track);
    await this.#begin(producer, offer.consumerId);
  }

  /** Only once it can be shown: a picture's first frame that came earlier would be lost. */
  async #begin(producer: RemoteProducer, consumerId: string): Promise<void> {
    await this.#ask('call:resume', { consumerId });
    if (this.#shown !== 'large' || !this.#deps.isLeads(producer)) this.#tellShown(producer, consumerId);
  }

  #tellShown(producer: RemoteProducer, consumerId: string): void {
    if (producer.source !== 'camera') return;
    const shown = this.#deps.isLeads(producer) ? this.#shown : 'small';
    this.#say(consumerId, 'call:show', { consumerId, shown });
  }

  /** Of one stream, and the last of it counts: one that is closed is not muted any more. */
  #say(stream: string, name: 'call:mute' | 'call:closeProducer' | 'call:show', body: object): void {
    void this.#words.say(stream, async () => {
      const reply = await this.#deps.command(name, body);
      return reply.ok || !isRetryable(reply.refusal.code);
    });
  }

  #connect(transport: Transport, known?: OwnCertificate): void {
    const tell = async (body: object): Promise<void> => {
      // Not waited for, which spares a round trip each way: what follows travels behind it on the same socket.
      await this.#ask('call:connect', { transportId: transport.id, ...body }).catch(() => this.#break());
    };
    const rtpCapabilities = this.#device.recvRtpCapabilities;
    // Told before there is anything to receive, so that it comes with all that it takes.
    if (known !== undefined) this.#told = tell({ dtlsParameters: known.dtlsParameters, rtpCapabilities });
    transport.on('connect', ({ dtlsParameters }, done) => {
      if (known === undefined) void tell({ dtlsParameters });
      done();
    });
    transport.on('connectionstatechange', (state) => {
      if (state === 'disconnected' && !this.#left) this.#restartIce(transport).catch(() => undefined);
      if (state === 'failed') this.#break();
      else if (!this.#left) this.#deps.onWay();
    });
  }

  #break(): void {
    if (!this.#left) this.#deps.onBroken();
  }

  /** The network changed: a new way to the same transport, without a new call. */
  async #restartIce(transport: Transport): Promise<void> {
    const reply = await this.#deps.command('call:restartIce', { transportId: transport.id });
    if (this.#left || transport.closed) return;
    if (!reply.ok) {
      // Its other end is there no more, or no way to it; for what was not answered the next try comes with the connection.
      if (['wrongState', 'callsUnavailable'].includes(reply.refusal.code)) this.#break();
      return;
    }
    const { iceParameters, iceServers, producers } = reply.value;
    this.#follow(producers);
    if (iceServers !== undefined) await transport.updateIceServers({ iceServers: relaysOf(iceServers) });
    await transport.restartIce({
      iceParameters: iceParameters as unknown as Parameters<Transport['restartIce']>[0]['iceParameters'],
    });
  }

  /** What was produced or closed while nobody could tell of it. */
  #follow(producers: readonly RemoteProducer[]): void {
    const offered = new Set(producers.map(({ producerId }) => producerId));
    for (const producerId of [...this.#wanted]) if (!offered.has(producerId)) this.remove(producerId);
    for (const producer of producers) {
      this.receive(producer);
      this.update(producer);
    }
  }

  async #ask<K extends CallCommandName>(name: K, body: object): Promise<CommandValues[K]> {
    const reply = await this.#deps.command(name, body);
    if (reply.ok) return reply.value;
    throw new Error(`The call was refused: ${reply.refusal.code}.`);
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
