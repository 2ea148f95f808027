/** One call: a router on one worker, and at most one participant of each party. */

import type { CallSession, MediaSource, Party, RefusalCode, RemoteProducer } from '@alongside/protocol';
import type { types } from 'mediasoup';
import type { Transports } from './call-participant.js';
import { CallParticipant } from './call-participant.js';
import { callLimits, mediaCodecs } from './media-settings.js';
import type { MediaWorker } from './media-worker-pool.js';

export interface CallRoomHooks {
  onProducerClosed(producerId: string, party: Party): void;
  /** The worker died. */
  onLost(): void;
  onClosed(): void;
}

interface JoinQueue {
  waiting: number;
  last: Promise<unknown>;
}

function newQueue(): JoinQueue {
  return { waiting: 0, last: Promise.resolve() };
}

export class CallRoom {
  readonly callId: string;
  readonly #media: MediaWorker;
  readonly #router: types.Router;
  readonly #hooks: CallRoomHooks;
  readonly #participants = new Map<Party, CallParticipant>();
  readonly #joins: Record<Party, JoinQueue> = { visitor: newQueue(), agent: newQueue() };
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

  /**
   * A join by another session of the party, or again by the same one, replaces the former. Joins of one party come
   * one after the other and only a few wait, so that a thousand at once cost the worker no more than one does.
   */
  async join(party: Party, sessionId: string): Promise<CallSession | RefusalCode> {
    const queue = this.#joins[party];
    if (queue.waiting >= callLimits.joinsAtOnce) return 'tooFast';
    queue.waiting += 1;
    const joined = queue.last.then(() => this.#enter(party, sessionId));
    queue.last = joined.catch(() => undefined);
    return joined.finally(() => {
      queue.waiting -= 1;
    });
  }

  async #enter(party: Party, sessionId: string): Promise<CallSession | RefusalCode> {
    if (this.#closed) return 'wrongState';
    const transports = await this.#createTransports();
    if (this.#closed) {
      // Made while the router was closing, which did not know of them: the server of ports would keep them.
      for (const transport of Object.values(transports)) transport.close();
      return 'wrongState';
    }
    const participant = new CallParticipant({
      party,
      sessionId,
      transports,
      onProducerClosed: (producerId) => this.#hooks.onProducerClosed(producerId, party),
    });
    const former = this.#participants.get(party);
    this.#participants.set(party, participant);
    former?.close();
    return {
      callId: this.callId,
      routerRtpCapabilities: { ...this.#router.rtpCapabilities },
      ...participant.offers(),
      producers: this.offeredTo(party),
    };
  }

  /** The party's participant, if it is this session that joined. */
  participant(party: Party, sessionId: string): CallParticipant | undefined {
    const participant = this.#participants.get(party);
    return participant?.sessionId === sessionId ? participant : undefined;
  }

  /** Whether the other party offers this, and the capabilities fit. */
  canConsume(party: Party, producerId: string, rtpCapabilities: types.RtpCapabilities): boolean {
    if (!this.offeredTo(party).some((offered) => offered.producerId === producerId)) return false;
    return this.#router.canConsume({ producerId, rtpCapabilities });
  }

  get participants(): readonly CallParticipant[] {
    return [...this.#participants.values()];
  }

  /** What the other party offers now. */
  offeredTo(party: Party): readonly RemoteProducer[] {
    return this.#participants.get(party === 'visitor' ? 'agent' : 'visitor')?.producers ?? [];
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
    this.#hooks.onClosed();
  }

  /** Both or none: what was made beside one that failed would stay for as long as the call. */
  async #createTransports(): Promise<Transports> {
    const [send, receive] = await Promise.allSettled([this.#createTransport(), this.#createTransport()]);
    if (send.status === 'fulfilled' && receive.status === 'fulfilled') {
      return { send: send.value, receive: receive.value };
    }
    for (const made of [send, receive]) if (made.status === 'fulfilled') made.value.close();
    throw send.status === 'rejected' ? send.reason : new Error('There is no transport to receive by.');
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
    try {
      await transport.setMaxIncomingBitrate(callLimits.incomingBitsPerSecond);
      await transport.setMaxOutgoingBitrate(callLimits.outgoingBitsPerSecond);
    } catch (error) {
      transport.close();
      throw error;
    }
    return transport;
  }
}
