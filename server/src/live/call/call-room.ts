/** One call: a router on one worker, and at most one participant of each party. */

import type { CallSession, MediaSource, Party, RefusalCode } from '@alongside/protocol';
import type { types } from 'mediasoup';
import { CallParticipant } from './call-participant.js';
import { callLimits, mediaCodecs } from './media-settings.js';
import type { MediaWorker } from './media-worker-pool.js';

export interface CallRoomHooks {
  onProducerClosed(producerId: string, party: Party): void;
  /** The worker died. */
  onLost(): void;
}

export class CallRoom {
  readonly callId: string;
  readonly #media: MediaWorker;
  readonly #router: types.Router;
  readonly #hooks: CallRoomHooks;
  readonly #participants = new Map<Party, CallParticipant>();
  #closed = false;

  private constructor(
    place: { readonly callId: string; readonly media: MediaWorker; readonly router: types.Router },
    hooks: CallRoomHooks,
  ) {
    this.callId = place.callId;
    this.#media = place.media;
    this.#router = place.router;
    this.#hooks = hooks;
    place.media.rooms += 1;
    place.router.on('workerclose', () => this.#workerClosed());
  }

  static async create(callId: string, media: MediaWorker, hooks: CallRoomHooks): Promise<CallRoom> {
    const router = await media.worker.createRouter({ mediaCodecs });
    return new CallRoom({ callId, media, router }, hooks);
  }

  get closed(): boolean {
    return this.#closed;
  }

  get isEmpty(): boolean {
    return this.#participants.size === 0;
  }

  /** A join by another session of the party, or again by the same one, replaces the former. */
  async join(party: Party, sessionId: string): Promise<CallSession | RefusalCode> {
    const [send, receive] = await Promise.all([this.#createTransport(), this.#createTransport()]);
    if (this.#closed) return 'wrongState';
    const participant = new CallParticipant({
      party,
      sessionId,
      transports: { send, receive },
      onProducerClosed: (producerId) => this.#hooks.onProducerClosed(producerId, party),
    });
    const former = this.#participants.get(party);
    this.#participants.set(party, participant);
    former?.close();
    const other = this.#participants.get(party === 'visitor' ? 'agent' : 'visitor');
    return {
      callId: this.callId,
      routerRtpCapabilities: { ...this.#router.rtpCapabilities },
      ...participant.offers(),
      producers: other?.producers ?? [],
    };
  }

  /** The party's participant, if it is this session that joined. */
  participant(party: Party, sessionId: string): CallParticipant | undefined {
    const participant = this.#participants.get(party);
    return participant?.sessionId === sessionId ? participant : undefined;
  }

  /** Whether the other party offers this, and the capabilities fit. */
  canConsume(party: Party, producerId: string, rtpCapabilities: types.RtpCapabilities): boolean {
    const other = this.#participants.get(party === 'visitor' ? 'agent' : 'visitor');
    if (other?.remoteProducer(producerId) === undefined) return false;
    return this.#router.canConsume({ producerId, rtpCapabilities });
  }

  leave(party: Party, sessionId: string): void {
    const participant = this.participant(party, sessionId);
    if (participant === undefined) return;
    this.#participants.delete(party);
    participant.close();
  }

  closeSource(party: Party, source: MediaSource): void {
    this.#participants.get(party)?.closeSource(source);
  }

  close(): void {
    if (this.#closed) return;
    this.#end();
    for (const participant of this.#participants.values()) participant.close();
    this.#participants.clear();
    this.#router.close();
  }

  #workerClosed(): void {
    if (this.#closed) return;
    this.#end();
    for (const participant of this.#participants.values()) participant.ownerClosed();
    this.#participants.clear();
    this.#hooks.onLost();
  }

  #end(): void {
    this.#closed = true;
    this.#media.rooms -= 1;
  }

  async #createTransport(): Promise<types.WebRtcTransport> {
    const transport = await this.#router.createWebRtcTransport({
      webRtcServer: this.#media.server,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
      enableSctp: false,
      initialAvailableOutgoingBitrate: callLimits.firstOutgoingBitsPerSecond,
    });
    await transport.setMaxIncomingBitrate(callLimits.incomingBitsPerSecond);
    await transport.setMaxOutgoingBitrate(callLimits.outgoingBitsPerSecond);
    return transport;
  }
}
