/** Media of one join: two transports, own producers and what comes from the others. */

import type { MediaWay, StatsEntry } from '@alongside/engagement';
import { callEncoding, mediaWayOf, relaysOf, transportOptions, tryAgain } from '@alongside/engagement';
import type { CallSealing, OwnCertificate } from '@alongside/frames';
import { ownCertificate } from '@alongside/frames';
import type {
  CallFigures,
  CallScores,
  CallSession,
  DeviceSource,
  MediaParameters,
  MediaSource,
  ReadyOffer,
  RemoteProducer,
  ShownSize,
  TransportOffer,
} from '@alongside/protocol';
import type { Device, types } from 'mediasoup-client';
import type { Result } from '../../app/failure.js';
import { fail, succeed } from '../../app/failure.js';
import type { CallClientDeps, OwnSource, RemoteTrack } from './call-client-state.js';
import { deviceFor, newDevice, warmUp } from './call-device.js';

export { deviceFor, warmUp };

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

interface Means {
  readonly receive: types.Transport;
  /** Made already, by the service. */
  readonly offer: ReadyOffer | undefined;
}

const sources: readonly MediaSource[] = ['microphone', 'camera', 'screen'];

export class CallMediaSession {
  readonly #deps: CallClientDeps;
  readonly #hooks: CallMediaHooks;
  readonly #own = new Map<MediaSource, types.Producer>();
  readonly #silent = new Set<MediaSource>();
  /** What the service says to each that is given. */
  readonly #answers = new Map<string, Promise<Result<unknown>>>();
  readonly #remote = new Map<string, { consumer: types.Consumer; shown: RemoteTrack }>();
  /** Asked for already, so that what is both listed and told of is consumed once. */
  readonly #consumed = new Set<string>();
  /** Made for this side by the service, which then need not be asked for them. */
  readonly #offers = new Map<string, ReadyOffer>();
  /** Until the service has answered to how this side receives: what it makes of that is told before the answer. */
  #told: Promise<void> | undefined;
  /** Told of before there was a transport to receive them: a fact may overtake what a join has to load. */
  #early: RemoteProducer[] = [];
  #sealing: CallSealing | undefined;
  #device: Device | undefined;
  #send: types.Transport | undefined;
  #receive: types.Transport | undefined;
  #shown: ShownSize = 'large';
  #closed = false;

  constructor(deps: CallClientDeps, hooks: CallMediaHooks) {
    this.#deps = deps;
    this.#hooks = hooks;
  }

  /** `ahead`: what this side was told when it asked with its own yes, where it did. */
  async join(ahead?: Promise<CallSession | undefined>): Promise<Result<CallSession>> {
    const { live, engagementId } = this.#deps;
    if (newDevice() === undefined) return fail({ code: 'callNotSupported' });
    const making = ownCertificate();
    const told = await ahead;
    const joined = told === undefined ? await live.send('call:join', { engagementId }) : succeed(told);
    if (!joined.ok || this.#closed) return joined;
    const { send, receive, producers, sealed, callId } = joined.value;
    this.#sealing = sealed ? await this.#hooks.seal?.(callId) : undefined;
    const mayBeHeard = sealed ? this.#sealing !== undefined : this.#hooks.allowsOpen?.(callId) !== false;
    if (!mayBeHeard) return fail({ code: 'callNotSealed' });
    const [device, certificate] = await Promise.all([deviceFor(joined.value), making]);
    if (this.#closed || device === undefined) return joined;
    this.#device = device;
    const options = (offer: TransportOffer) => ({
      ...as<types.TransportOptions>(transportOptions(offer, joined.value)),
      additionalSettings: { ...this.#sealing?.connectionSettings, ...certificate?.settings },
    });
    this.#send = this.#connect(device.createSendTransport(options(send)));
    const receiving = device.createRecvTransport(options(receive));
    this.#receive = this.#connect(receiving, certificate);
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
    const early = this.#early;
    this.#early = [];
    for (const producer of [...producers, ...early]) void this.consume(producer);
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
        throw new Error(answer.failure.code);
      }
      this.#own.set(source, producer);
    } else {
      await former.replaceTrack({ track });
      if (this.#silent.delete(source)) await this.mute(source, false);
    }
    const isMuted = this.#own.get(source)?.paused === true;
    if (source !== 'screen') this.#hooks.onOwn(source, { state: isMuted ? 'muted' : 'on' }, track);
    // While it was being given nobody was told that it ended.
    if (track.readyState === 'ended' && !this.#silent.has(source)) this.#trackEnded(source, track);
    return true;
  }

  /** Whether it goes out, or would if it were not muted. */
  gives(source: MediaSource): boolean {
    return this.#own.get(source)?.track?.readyState === 'live';
  }

  async mute(source: MediaSource, muted: boolean): Promise<void> {
    const producer = this.#own.get(source);
    if (producer === undefined) return;
    if (muted) producer.pause();
    else producer.resume();
    if (source !== 'screen') this.#hooks.onOwn(source, { state: muted ? 'muted' : 'on' });
    const { live, engagementId } = this.#deps;
    await live.send('call:mute', { engagementId, producerId: producer.id, muted });
  }

  async closeSource(source: MediaSource): Promise<void> {
    const producer = this.#own.get(source);
    this.#own.delete(source);
    this.#silent.delete(source);
    producer?.track?.stop();
    producer?.close();
    if (source !== 'screen') this.#hooks.onOwn(source, { state: 'off' });
    const { live, engagementId } = this.#deps;
    if (producer !== undefined)
      await live.send('call:closeProducer', { engagementId, producerId: producer.id });
  }

  async consume(producer: RemoteProducer): Promise<void> {
    const receive = this.#receive;
    if (receive === undefined) {
      this.#early.push(producer);
      return;
    }
    const { producerId, offer } = producer;
    if (offer?.transportId === receive.id) this.#offers.set(producerId, offer);
    if (this.#consumed.has(producerId)) return;
    this.#consumed.add(producerId);
    const isWanted = () => !this.#closed && this.#consumed.has(producerId);
    const take = async (): Promise<void> => {
      if (this.#told && !this.#offers.has(producerId)) await this.#told;
      const made = this.#offers.get(producerId);
      // One that failed is asked for the next time.
      this.#offers.delete(producerId);
      return this.#consumeNow(producer, { receive, offer: made });
    };
    const taken = tryAgain(take, { isWanted, wait });
    await taken.catch(() => this.#consumed.delete(producerId));
  }

  async #consumeNow(producer: RemoteProducer, { receive, offer }: Means): Promise<void> {
    const { live, engagementId } = this.#deps;
    const { producerId, source, muted, agentId } = producer;
    const known = this.#remote.get(producerId)?.consumer.id;
    if (known !== undefined) return this.#begin(producer, known);
    const rtpCapabilities = as<MediaParameters>(this.#device?.recvRtpCapabilities);
    const offered =
      offer === undefined
        ? await live.send('call:consume', { engagementId, producerId, rtpCapabilities })
        : succeed(offer);
    if (this.#closed) return;
    if (!offered.ok) throw new Error(offered.failure.code);
    const { consumerId, kind, rtpParameters } = offered.value;
    const consumer = await receive.consume({
      id: consumerId,
      producerId,
      kind,
      rtpParameters: as<types.RtpParameters>(rtpParameters),
      onRtpReceiver: (receiver) =>
        this.#sealing?.lead(receiver, { direction: 'in', source, party: producer.party }),
    });
    if (this.#closed) return;
    // It was closed while it was being asked for.
    if (!this.#consumed.has(producerId)) return consumer.close();
    const whose = agentId === undefined ? {} : { agentId };
    this.#remote.set(producerId, {
      consumer,
      shown: { producerId, ...whose, source, muted, track: consumer.track },
    });
    this.#tellRemote();
    await this.#begin(producer, consumerId);
  }

  /** Only once it can be shown: a picture's first frame that came earlier would be lost. */
  async #begin({ source, agentId }: RemoteProducer, consumerId: string): Promise<void> {
    const { live, engagementId } = this.#deps;
    const resumed = await live.send('call:resume', { engagementId, consumerId });
    if (!resumed.ok) throw new Error(resumed.failure.code);
    // A colleague is shown beside the visitor, and small.
    const shown = agentId === undefined ? this.#shown : 'small';
    if (source === 'camera' && shown !== 'large')
      void live.send('call:show', { engagementId, consumerId, shown });
  }

  /** How large the visitor's picture is shown: what is not shown is not sent. */
  show(shown: ShownSize): void {
    this.#shown = shown;
    const { live, engagementId } = this.#deps;
    for (const { consumer, shown: track } of this.#remote.values()) {
      if (track.source === 'camera' && track.agentId === undefined)
        void live.send('call:show', { engagementId, consumerId: consumer.id, shown });
    }
  }

  /** How loud the visitor is, from 0 to 1. */
  loudness(): number {
    const levels = [...this.#remote.values()]
      .filter(({ shown }) => shown.agentId === undefined)
      .map(({ consumer }) => consumer.rtpReceiver?.getSynchronizationSources()[0]?.audioLevel ?? 0);
    return Math.max(0, ...levels);
  }

  awaitsVoice(): boolean {
    return [...this.#remote.values()].some(({ shown }) => shown.source === 'microphone' && !shown.muted);
  }

  async stats(): Promise<readonly StatsEntry[]> {
    const transports = [this.#send, this.#receive].flatMap((transport) => transport ?? []);
    const reports = await Promise.all(transports.map((transport) => transport.getStats()));
    return reports.flatMap((report) => [...report.values()]);
  }

  way(): MediaWay {
    const states = [this.#send, this.#receive].map((transport) => transport?.connectionState ?? 'new');
    return mediaWayOf(states, this.#consumed.size > 0 || this.#own.size > 0);
  }

  report(figures: CallFigures): Promise<Result<CallScores>> {
    const { live, engagementId } = this.#deps;
    return live.send('call:report', { engagementId, figures });
  }

  remoteMuted({ producerId, muted }: RemoteProducer): void {
    const known = this.#remote.get(producerId);
    if (known === undefined) return;
    this.#remote.set(producerId, { ...known, shown: { ...known.shown, muted } });
    this.#tellRemote();
  }

  remoteClosed(producerId: string): void {
    this.#early = this.#early.filter((producer) => producer.producerId !== producerId);
    this.#consumed.delete(producerId);
    this.#offers.delete(producerId);
    this.#remote.get(producerId)?.consumer.close();
    if (this.#remote.delete(producerId)) this.#tellRemote();
  }

  /** The connection to the service was away: what was missed meanwhile is made up for, and a new way is looked for. */
  mend(onlyBroken = false): void {
    for (const transport of [this.#send, this.#receive]) {
      const isWell = onlyBroken && transport?.connectionState === 'connected';
      if (transport !== undefined && !isWell) void this.#restartIce(transport);
    }
  }

  close(): void {
    this.#closed = true;
    // A screen was picked by hand: it is shown again in the next join, and stopped by whoever holds it.
    for (const [source, producer] of this.#own) if (source !== 'screen') producer.track?.stop();
    this.#send?.close();
    this.#receive?.close();
  }

  #trackEnded(source: MediaSource, track: MediaStreamTrack): void {
    // A screen that is not shown any more has no other in its place.
    if (source === 'screen' || this.#closed || this.#own.get(source)?.track !== track) return;
    this.#silent.add(source);
    void this.mute(source, true);
    this.#hooks.onGone(source);
  }

  #connect(transport: types.Transport, known?: OwnCertificate): types.Transport {
    const { live, engagementId } = this.#deps;
    const tell = async (dtls: unknown, takes?: types.RtpCapabilities): Promise<void> => {
      const more = takes === undefined ? {} : { rtpCapabilities: as<MediaParameters>(takes) };
      const body = { transportId: transport.id, dtlsParameters: as<MediaParameters>(dtls), ...more };
      // Not waited for, which spares a round trip each way: what follows travels behind it on the same socket.
      const made = await live.send('call:connect', { engagementId, ...body });
      if (!made.ok) this.#lose();
    };
    // Told before there is anything to receive, so that it comes with all that it takes.
    if (known !== undefined) this.#told = tell(known.dtlsParameters, this.#device?.recvRtpCapabilities);
    transport.on('connect', ({ dtlsParameters }, done) => {
      if (known === undefined) void tell(dtlsParameters);
      done();
    });
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
    this.#follow(producers);
    if (iceServers !== undefined) await transport.updateIceServers({ iceServers: relaysOf(iceServers) });
    await transport.restartIce({ iceParameters: as<types.IceParameters>(iceParameters) });
  }

  /** What was produced or closed while nobody could tell of it. */
  #follow(producers: readonly RemoteProducer[]): void {
    const offered = new Set(producers.map(({ producerId }) => producerId));
    for (const producerId of [...this.#consumed]) if (!offered.has(producerId)) this.remoteClosed(producerId);
    for (const producer of producers) {
      void this.consume(producer);
      this.remoteMuted(producer);
    }
  }

  #tellRemote(): void {
    this.#hooks.onRemote([...this.#remote.values()].map(({ shown }) => shown));
  }
}

/** A screen was picked by hand, and is shown in the join that comes. */
function letGo(source: MediaSource, track: MediaStreamTrack): false {
  if (source !== 'screen') track.stop();
  return false;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The protocol passes media parameters on without knowing their shape; mediasoup and its client do. */
function as<T>(parameters: unknown): T {
  return parameters as T;
}
