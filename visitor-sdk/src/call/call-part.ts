/** One side of a call: what mediasoup's client negotiates, in the words of our own signalling. Loaded for a call. */

import type { MediaWay, PictureRation, Speaker } from '@alongside/engagement';
import {
  callEncoding,
  LastWords,
  mediaWayOf,
  relaysOf,
  screenBitrates,
  transportOptions,
} from '@alongside/engagement';
import type { CallSealing, OwnCertificate } from '@alongside/frames';
import { limitScreen, lookAgain, openWay, ownCertificate, rationPicture } from '@alongside/frames';
import type {
  CallSession,
  MediaSource,
  RefusalCode,
  RemoteProducer,
  Reply,
  ShownSize,
} from '@alongside/protocol';
import { accept, isRetryable } from '@alongside/protocol';
import type { Device, Producer, Transport, TransportOptions } from 'mediasoup-client/types';
import type { CallAsk, CallDeps, CallSay } from './call-deps.js';
import { callDevices } from './call-devices.js';
import { ReceivedMedia } from './received-media.js';
import type { Picked } from './share/pick-screen.js';
import { pickScreen } from './share/pick-screen.js';

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
  rationSent(ration: PictureRation): void;
  /** As much of the others' pictures. */
  rationShown(ration: PictureRation): void;
  /** How often its way was made anew. */
  waysMade(): number;
  /** What the browser has counted of both ways. */
  stats(): Promise<readonly { readonly [field: string]: unknown }[]>;
  leave(): void;
}

export type Joined =
  | { readonly ok: true; readonly room: CallRoom }
  | { readonly ok: false; readonly code: RefusalCode };

export interface CallPart {
  /** `ahead`: what this page was told when it asked with its own yes, where it did. */
  /** `take`: in the place of another page of the visitor's that is in the call. */
  joinCall(deps: CallDeps, ahead?: Promise<CallSession | undefined>, take?: boolean): Promise<Joined>;
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

export async function joinCall(
  deps: CallDeps,
  ahead?: Promise<CallSession | undefined>,
  take = false,
): Promise<Joined> {
  if (callDevices.create() === undefined) return { ok: false, code: 'callNotSupported' };
  const making = ownCertificate();
  const told = await ahead;
  const joined = told === undefined ? await deps.command('call:join', take ? { take } : {}) : accept(told);
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
  readonly #sealing: CallSealing | undefined;
  readonly #send: Transport;
  readonly #receive: Transport;
  readonly #producers = new Map<MediaSource, Producer>();
  /** What the service says to each that is given. */
  readonly #answers = new Map<string, Promise<Reply<unknown>>>();
  readonly #received: ReceivedMedia;
  /** What was pressed while the service was away holds when it is back. */
  readonly #words = new LastWords();
  readonly #ask: CallAsk = async (name, body) => {
    const reply = await this.#deps.command(name, body);
    if (reply.ok) return reply.value;
    throw new Error(`The call was refused: ${reply.refusal.code}.`);
  };
  readonly #say: CallSay = (stream, name, body) => {
    void this.#words.say(stream, async () => {
      const reply = await this.#deps.command(name, body);
      return reply.ok || !isRetryable(reply.refusal.code);
    });
  };
  #ration: PictureRation = 'all';
  #waysMade = 0;
  #left = false;

  constructor(deps: CallDeps, { device, sealing, certificate }: Means, session: CallSession) {
    this.callId = session.callId;
    this.#deps = deps;
    this.#sealing = sealing;
    const options = (offer: CallSession['send']) => ({
      // What only mediasoup and its client know passes through as it is.
      ...(transportOptions(offer, session) as unknown as TransportOptions),
      additionalSettings: { ...sealing?.connectionSettings, ...certificate?.settings },
    });
    this.#send = device.createSendTransport(options(session.send));
    this.#receive = device.createRecvTransport(options(session.receive));
    this.#connect(this.#send);
    const takes = device.recvRtpCapabilities;
    // Told before there is anything to receive, so that it comes with all that it takes.
    const told =
      certificate &&
      this.#tell(this.#receive, { dtlsParameters: certificate.dtlsParameters, rtpCapabilities: takes });
    this.#connect(this.#receive, told);
    // In a sealed call the first picture must not come before its keys: it is asked for with the stream.
    if (sealing === undefined) openWay(this.#receive, takes);
    this.#received = new ReceivedMedia({
      ...{ call: deps, ask: this.#ask, say: this.#say, transport: this.#receive, takes, sealing, told },
    });
    this.#send.on('produce', ({ rtpParameters, appData }, done) => {
      // Named here, so that the next one need not wait until this one is answered.
      const producerId = crypto.randomUUID();
      const muted = appData.muted === true ? { muted: true } : {};
      const body = {
        transportId: this.#send.id,
        source: appData.source,
        rtpParameters,
        producerId,
        ...muted,
      };
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
      // A track that is switched off begins silent on both sides.
      appData: { source, muted: !track.enabled },
      stopTracks: false,
      onRtpSender: (sender) => this.#sealing?.lead(sender, { direction: 'out', source }),
    });
    const answer = await this.#answers.get(producer.id);
    this.#answers.delete(producer.id);
    if (answer?.ok === true && !this.#left) {
      this.#producers.set(source, producer);
      if (source !== 'microphone' && this.#ration !== 'all') this.rationSent(this.#ration);
      return;
    }
    producer.close();
    if (answer?.ok !== false) return;
    // Unanswered it may have been taken, and the next one would be refused for it.
    if (isRetryable(answer.refusal.code)) this.#sayClosed(producer);
    throw new Error(`The call was refused: ${answer.refusal.code}.`);
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
    this.#sayClosed(producer);
  }

  receive(producer: RemoteProducer): void {
    this.#received.receive(producer);
  }

  update(producer: RemoteProducer): void {
    this.#deps.onChanged(producer);
  }

  remove(producerId: string): void {
    this.#received.remove(producerId);
  }

  way(): MediaWay {
    const states = [this.#send, this.#receive].map(({ connectionState }) => connectionState);
    return mediaWayOf(states, this.#received.isAny || this.#producers.size > 0);
  }

  mend(onlyBroken: boolean): void {
    this.#words.sayAgain();
    for (const transport of [this.#send, this.#receive])
      if (!onlyBroken || transport.connectionState !== 'connected')
        this.#restartIce(transport).catch(() => undefined);
  }

  waysMade(): number {
    return this.#waysMade;
  }

  show(shown: ShownSize): void {
    this.#received.show(shown);
  }

  rationSent(ration: PictureRation): void {
    this.#ration = ration;
    void rationPicture(this.#producers.get('camera')?.rtpSender, ration);
    void limitScreen(this.#producers.get('screen')?.rtpSender, screenBitrates[ration]);
  }

  rationShown(ration: PictureRation): void {
    this.#received.ration(ration);
  }

  voices(): readonly (readonly [Speaker, number])[] {
    return this.#received.voices();
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

  /** Not waited for, which spares a round trip each way: what follows travels behind it on the same socket. */
  async #tell({ id }: Transport, more: object): Promise<void> {
    await this.#ask('call:connect', { transportId: id, ...more }).catch(() => this.#break());
  }

  #connect(transport: Transport, told?: Promise<void>): void {
    transport.on('connect', ({ dtlsParameters }, done) => {
      if (told === undefined) void this.#tell(transport, { dtlsParameters });
      done();
    });
    lookAgain(transport, () => this.#restartIce(transport));
    transport.on('connectionstatechange', (state) => {
      if (state === 'disconnected' && !this.#left) this.#restartIce(transport).catch(() => undefined);
      if (state === 'failed') this.#break();
      else if (!this.#left) this.#deps.onWay();
    });
  }

  #sayClosed({ id }: Producer): void {
    this.#say(id, 'call:closeProducer', { producerId: id });
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
    this.#received.follow(producers);
    if (iceServers !== undefined) await transport.updateIceServers({ iceServers: relaysOf(iceServers) });
    await transport.restartIce({
      iceParameters: iceParameters as unknown as Parameters<Transport['restartIce']>[0]['iceParameters'],
    });
    this.#waysMade += 1;
  }
}
