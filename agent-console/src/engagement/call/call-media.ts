/** Media of one join: two transports, own producers, and beside them what comes from the others. */

import type { MediaWay, PictureRation, Speaker, StatsEntry } from '@alongside/engagement';
import {
  callEncoding,
  LastWords,
  mediaWayOf,
  relaysOf,
  screenBitrates,
  transportOptions,
} from '@alongside/engagement';
import type { CallSealing } from '@alongside/frames';
import { limitScreen, lookAgain, openWay, ownCertificate, rationPicture } from '@alongside/frames';
import type {
  CallFigures,
  CallScores,
  CallSession,
  DeviceSource,
  MediaParameters,
  MediaSource,
  TransportOffer,
} from '@alongside/protocol';
import type { types } from 'mediasoup-client';
import type { Result } from '../../app/failure.js';
import { fail, isWorthRetrying, succeed } from '../../app/failure.js';
import type { CallClientDeps, OwnSource, RemoteTrack } from './call-client-state.js';
import { callDevices } from './call-devices.js';
import { isHeard } from './is-heard.js';
import { NotTaken } from './not-taken.js';
import { RemoteMedia } from './remote-media.js';

export { callDevices };

export interface CallMediaHooks {
  onOwn(source: DeviceSource, own: OwnSource, track?: MediaStreamTrack): void;
  onRemote(remote: readonly RemoteTrack[]): void;
  /** The device was unplugged or taken away: its stream stays, silent, for the next one. */
  onGone(source: DeviceSource): void;
  /** Of a site whose calls are sealed; undefined where this browser cannot, and then there is no call. */
  seal?(callId: string): Promise<CallSealing | undefined>;
  /** Whether this call may be joined in the clear: not once it was sealed, and people were shown its digits. */
  allowsOpen?(callId: string): boolean;
  /** Another `way` than before, maybe. */
  onWay(): void;
  /** The transport died and could not be mended; a new join is needed. */
  onLost(): void;
}

const sources: readonly MediaSource[] = ['microphone', 'camera', 'screen'];

export class CallMediaSession {
  readonly remote: RemoteMedia;
  readonly #deps: CallClientDeps;
  readonly #hooks: CallMediaHooks;
  readonly #own = new Map<MediaSource, types.Producer>();
  readonly #silent = new Set<MediaSource>();
  /** What was pressed while the service was away holds when it is back. */
  readonly #words = new LastWords();
  /** What the service says to each that is given. */
  readonly #answers = new Map<string, Promise<Result<unknown>>>();
  #sealing: CallSealing | undefined;
  #send: types.Transport | undefined;
  #receive: types.Transport | undefined;
  #ration: PictureRation = 'all';
  #waysMade = 0;
  #closed = false;

  constructor(deps: CallClientDeps, hooks: CallMediaHooks) {
    this.#deps = deps;
    this.#hooks = hooks;
    this.remote = new RemoteMedia(deps, (remote) => hooks.onRemote(remote));
  }

  /** `ahead`: what this side was told when it asked with its own yes, where it did. */
  async join(ahead?: Promise<CallSession | undefined>, take = false): Promise<Result<CallSession>> {
    const { live, engagementId } = this.#deps;
    if (callDevices.create() === undefined) return fail({ code: 'callNotSupported' });
    const making = ownCertificate();
    const told = await ahead;
    const how = take ? ({ take } as const) : {};
    const joined =
      told === undefined ? await live.send('call:join', { engagementId, ...how }) : succeed(told);
    if (!joined.ok || this.#closed) return joined;
    const { send, receive, producers, sealed, callId } = joined.value;
    this.#sealing = sealed ? await this.#hooks.seal?.(callId) : undefined;
    const mayBeHeard = sealed ? this.#sealing !== undefined : this.#hooks.allowsOpen?.(callId) !== false;
    if (!mayBeHeard) return fail({ code: 'callNotSealed' });
    const [device, certificate] = await Promise.all([callDevices.for(joined.value), making]);
    if (this.#closed || device === undefined) return joined;
    const takes = as<MediaParameters>(device.recvRtpCapabilities);
    const options = (offer: TransportOffer) => ({
      ...as<types.TransportOptions>(transportOptions(offer, joined.value)),
      additionalSettings: { ...this.#sealing?.connectionSettings, ...certificate?.settings },
    });
    this.#send = this.#connect(device.createSendTransport(options(send)));
    const receiving = device.createRecvTransport(options(receive));
    // Told before there is anything to receive, so that it comes with all that it takes.
    const ready = certificate && this.#tell(receiving, certificate.dtlsParameters, takes);
    this.#receive = this.#connect(receiving, ready);
    // In a sealed call the first picture must not come before its keys: it is asked for with the stream.
    if (this.#sealing === undefined) openWay(receiving, device.recvRtpCapabilities);
    this.#send.on('produce', ({ appData, rtpParameters }, done) => {
      const source = sources.find((each) => each === appData.source) ?? 'microphone';
      // Named here, so that the next one need not wait until this one is answered.
      const producerId = crypto.randomUUID();
      const body = { engagementId, transportId: send.transportId, source, producerId };
      this.#answers.set(
        producerId,
        live.send('call:produce', { ...body, rtpParameters: as<MediaParameters>(rtpParameters) }),
      );
      done({ id: producerId });
    });
    this.remote.begin({ receive: receiving, takes, sealing: this.#sealing, told: ready }, producers);
    return succeed(joined.value);
  }

  /**
   * From this track; what is given already goes on with it, and nobody is asked anything for it. Whether it is sent:
   * where there is no call to send it in a device is let go, and a screen is kept by whoever holds it.
   */
  async produce(source: MediaSource, track: MediaStreamTrack): Promise<boolean> {
    if (this.#closed || this.#send === undefined) return letGo(source, track);
    const former = this.#own.get(source);
    track.addEventListener('ended', () => this.#trackEnded(source, track));
    for (const event of ['mute', 'unmute'])
      track.addEventListener(event, () => this.#trackHeld(source, track));
    if (former === undefined) {
      const { encodings, codecOptions } = callEncoding[source];
      const stopTracks = source !== 'screen';
      const options = { track, encodings: [...encodings], codecOptions, stopTracks, appData: { source } };
      const onRtpSender = (sender: RTCRtpSender) => this.#sealing?.lead(sender, { direction: 'out', source });
      const producer = await this.#send.produce({ ...options, onRtpSender });
      const answer = await this.#answers.get(producer.id);
      this.#answers.delete(producer.id);
      if (this.#closed) return letGo(source, track);
      if (answer?.ok === false) {
        producer.close();
        // Unanswered it may have been taken, and the next one would be refused for it.
        if (isWorthRetrying(answer.failure)) void this.#tellClosed(producer);
        throw new NotTaken(answer.failure);
      }
      this.#own.set(source, producer);
      if (source !== 'microphone' && this.#ration !== 'all') this.rationSent(this.#ration);
    } else {
      await former.replaceTrack({ track });
      if (this.#silent.delete(source)) await this.mute(source, false);
    }
    this.#tellOwn(source);
    // While it was being given nobody was told that it ended, or is held.
    if (track.readyState === 'ended' && !this.#silent.has(source)) this.#trackEnded(source, track);
    if (track.muted) this.#trackHeld(source, track);
    return true;
  }

  /** Whether it goes out, or would if it were not muted. */
  gives(source: MediaSource): boolean {
    return this.#own.get(source)?.track?.readyState === 'live';
  }

  async mute(source: MediaSource, muted: boolean): Promise<void> {
    // What is silent by another hand, and is muted besides, is not given back by itself.
    if (muted) this.#silent.delete(source);
    return this.#mute(source, muted);
  }

  async #mute(source: MediaSource, muted: boolean): Promise<void> {
    const producer = this.#own.get(source);
    if (producer === undefined) return;
    const { track } = producer;
    if (!muted && track?.muted) {
      // Nobody hears it yet: it goes on when it is given back.
      this.#silent.add(source);
      return this.#trackHeld(source, track);
    }
    if (muted) producer.pause();
    else producer.resume();
    this.#tellOwn(source);
    const { live, engagementId } = this.#deps;
    const { id: producerId } = producer;
    await this.#words.say(producerId, async () =>
      isHeard(await live.send('call:mute', { engagementId, producerId, muted })),
    );
  }

  /** As much of the own picture as the line bears beside the voice. */
  rationSent(ration: PictureRation): void {
    this.#ration = ration;
    void rationPicture(this.#own.get('camera')?.rtpSender, ration);
    void limitScreen(this.#own.get('screen')?.rtpSender, screenBitrates[ration]);
  }

  rationShown(ration: PictureRation): void {
    this.remote.ration(ration);
  }

  async closeSource(source: MediaSource): Promise<void> {
    const producer = this.#own.get(source);
    this.#own.delete(source);
    this.#silent.delete(source);
    producer?.track?.stop();
    producer?.close();
    if (source !== 'screen') this.#hooks.onOwn(source, { state: 'off' });
    if (producer !== undefined) await this.#tellClosed(producer);
  }

  async stats(): Promise<readonly StatsEntry[]> {
    const transports = [this.#send, this.#receive].flatMap((transport) => transport ?? []);
    const reports = await Promise.all(transports.map((transport) => transport.getStats()));
    return reports.flatMap((report) => [...report.values()]);
  }

  way(): MediaWay {
    const states = [this.#send, this.#receive].map((transport) => transport?.connectionState ?? 'new');
    return mediaWayOf(states, this.remote.isAny || this.#own.size > 0);
  }

  voices(): readonly (readonly [Speaker, number])[] {
    return this.remote.voices();
  }

  waysMade(): number {
    return this.#waysMade;
  }

  awaitsVoice(): boolean {
    return this.remote.awaitsVoice();
  }

  awaitsPicture(): boolean {
    return this.remote.awaitsPicture();
  }

  awaitsScreen(): boolean {
    return this.remote.awaitsScreen();
  }

  report(figures: CallFigures): Promise<Result<CallScores>> {
    const { live, engagementId } = this.#deps;
    return live.send('call:report', { engagementId, figures });
  }

  /** The connection to the service was away: what was missed meanwhile is made up for, and a new way is looked for. */
  mend(onlyBroken = false): void {
    this.#words.sayAgain();
    this.remote.sayAgain();
    for (const transport of [this.#send, this.#receive]) {
      const isWell = onlyBroken && transport?.connectionState === 'connected';
      if (transport !== undefined && !isWell) void this.#restartIce(transport);
    }
  }

  close(): void {
    this.#closed = true;
    this.remote.close();
    // A screen was picked by hand: it is shown again in the next join, and stopped by whoever holds it.
    for (const [source, producer] of this.#own) if (source !== 'screen') producer.track?.stop();
    this.#send?.close();
    this.#receive?.close();
  }

  #trackEnded(source: MediaSource, track: MediaStreamTrack): void {
    // A screen that is not shown any more has no other in its place.
    if (source === 'screen' || this.#closed || this.#own.get(source)?.track !== track) return;
    this.#silent.add(source);
    void this.#mute(source, true);
    this.#hooks.onGone(source);
  }

  /** Silent, or not any more, by a hand that is not the agent's, as by a headset's switch: told to both sides. */
  #trackHeld(source: MediaSource, track: MediaStreamTrack): void {
    const producer = this.#own.get(source);
    if (source === 'screen' || this.#closed || producer?.track !== track) return;
    if (!track.muted) {
      if (this.#silent.delete(source)) void this.mute(source, false);
      return;
    }
    if (!producer.paused) {
      this.#silent.add(source);
      void this.#mute(source, true);
    }
    // What the agent has muted is silent as they wish.
    if (this.#silent.has(source)) this.#hooks.onOwn(source, { state: 'off', trouble: 'held' });
  }

  #tellOwn(source: MediaSource): void {
    const { paused, track } = this.#own.get(source) ?? {};
    if (source !== 'screen')
      this.#hooks.onOwn(source, { state: paused ? 'muted' : 'on' }, track ?? undefined);
  }

  #tellClosed({ id: producerId }: types.Producer): Promise<void> {
    const { live, engagementId } = this.#deps;
    return this.#words.say(producerId, async () =>
      isHeard(await live.send('call:closeProducer', { engagementId, producerId })),
    );
  }

  /** Not waited for, which spares a round trip each way: what follows travels behind it on the same socket. */
  async #tell({ id }: types.Transport, dtls: unknown, takes?: MediaParameters): Promise<void> {
    const { live, engagementId } = this.#deps;
    const more = takes === undefined ? {} : { rtpCapabilities: takes };
    const body = { transportId: id, dtlsParameters: as<MediaParameters>(dtls), ...more };
    const made = await live.send('call:connect', { engagementId, ...body });
    if (!made.ok) this.#lose();
  }

  #connect(transport: types.Transport, told?: Promise<void>): types.Transport {
    transport.on('connect', ({ dtlsParameters }, done) => {
      if (told === undefined) void this.#tell(transport, dtlsParameters);
      done();
    });
    lookAgain(transport, () => this.#restartIce(transport));
    transport.on('connectionstatechange', (state) => {
      if (state === 'disconnected') void this.#restartIce(transport);
      if (state === 'failed') this.#lose();
      else if (!this.#closed) this.#hooks.onWay();
    });
    return transport;
  }

  #lose(): void {
    if (!this.#closed) this.#hooks.onLost();
  }

  async #restartIce(transport: types.Transport): Promise<void> {
    const { live, engagementId } = this.#deps;
    const restarted = await live.send('call:restartIce', { engagementId, transportId: transport.id });
    if (this.#closed || transport.closed) return;
    if (!restarted.ok) {
      // Its other end is there no more, or no way to it; for what was not answered the next try comes with the connection.
      if (['wrongState', 'callsUnavailable'].includes(restarted.failure.code)) this.#lose();
      return;
    }
    const { iceParameters, iceServers, producers } = restarted.value;
    this.remote.follow(producers);
    if (iceServers !== undefined) await transport.updateIceServers({ iceServers: relaysOf(iceServers) });
    await transport.restartIce({ iceParameters: as<types.IceParameters>(iceParameters) });
    this.#waysMade += 1;
  }
}

/** A screen was picked by hand, and is shown in the join that comes. */
function letGo(source: MediaSource, track: MediaStreamTrack): false {
  if (source !== 'screen') track.stop();
  return false;
}

/** The protocol passes media parameters on without knowing their shape; mediasoup and its client do. */
function as<T>(parameters: unknown): T {
  return parameters as T;
}
