/** One call: a router on one worker, one participant of each member, and nothing that a member may not hear. */

import type { CallMember, CallRole } from '@alongside/engagement';
import { mayGive, mayHear } from '@alongside/engagement';
import type {
  CallJoin,
  CallSession,
  MediaSource,
  ReadyOffer,
  RefusalCode,
  RemoteProducer,
} from '@alongside/protocol';
import type { types } from 'mediasoup';
import type { InferOutput } from 'valibot';
import type { MemberSession } from '../call-rooms.js';
import type { Transports } from './call-participant.js';
import { CallParticipant } from './call-participant.js';
import type { FloodLimits } from './flood-watch.js';
import { FloodWatch } from './flood-watch.js';
import { callLimits, mediaCodecs } from './media-settings.js';
import type { MediaWorker } from './media-worker-pool.js';

export interface CallRoomHooks {
  /** What the member is to others now: asked each time, so that nobody goes by what held before. */
  roleOf(member: CallMember): CallRole;
  isHere(session: MemberSession): boolean;
  onReplaced(session: MemberSession): void;
  onDeserted(member: CallMember, isGone: boolean): void;
  onProducerClosed(producerId: string, member: CallMember): void;
  onOffered(to: CallMember, producer: RemoteProducer): void;
  onWithheld(from: CallMember, producerId: string): void;
  onFlooded(member: CallMember): void;
  /** The worker died. */
  onLost(): void;
  onClosed(): void;
}

type Way = InferOutput<typeof CallJoin>;

interface RoomPlace {
  readonly callId: string;
  readonly media: MediaWorker;
  readonly flood: FloodLimits;
  /** Who sent too much; they are not let in again, on whichever worker the call goes on. */
  readonly barred: Set<CallMember>;
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
  readonly #participants = new Map<CallMember, CallParticipant>();
  readonly #joins = new Map<CallMember, JoinQueue>();
  /** Whose name it is in agreeing on keys. */
  readonly #names = new Map<string, CallMember>();
  readonly #floods: FloodWatch<CallMember, CallParticipant>;
  readonly #barred: Set<CallMember>;
  readonly #deserted = new Set<CallMember>();
  #closed = false;

  private constructor(
    { callId, media, flood, barred }: RoomPlace,
    router: types.Router,
    hooks: CallRoomHooks,
  ) {
    this.callId = callId;
    this.#media = media;
    this.#router = router;
    this.#hooks = hooks;
    this.#floods = new FloodWatch(flood, performance.now());
    this.#barred = barred;
    router.on('workerclose', () => this.#workerClosed());
  }

  /** On a worker that was picked for it, and counts it already. */
  static async create(place: RoomPlace, hooks: CallRoomHooks): Promise<CallRoom> {
    try {
      const router = await place.media.worker.createRouter({ mediaCodecs });
      return new CallRoom(place, router, hooks);
    } catch (error) {
      place.media.rooms -= 1;
      throw error;
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  get isEmpty(): boolean {
    return this.#participants.size === 0;
  }

  /**
   * A join by another session of the member, or again by the same one, replaces the former. Joins of one member come
   * one after the other and only a few wait, so that a thousand at once cost the worker no more than one does.
   */
  async join(seat: MemberSession, way: Way): Promise<CallSession | RefusalCode> {
    const { member } = seat;
    const queue = this.#joins.get(member) ?? newQueue();
    this.#joins.set(member, queue);
    if (queue.waiting >= callLimits.joinsAtOnce) return 'tooFast';
    queue.waiting += 1;
    const joined = queue.last.then(() => this.#enter(seat, way));
    queue.last = joined.catch(() => undefined);
    return joined.finally(() => {
      queue.waiting -= 1;
    });
  }

  async #enter(
    { member, sessionId }: MemberSession,
    { ahead, take }: Way,
  ): Promise<CallSession | RefusalCode> {
    if (this.#closed) return 'wrongState';
    if (this.#barred.has(member)) return 'callFlooded';
    // Two windows of one person would take it from each other for ever, each time that one of them comes back.
    const held = this.#participants.get(member);
    const isElsewhere = held !== undefined && held.sessionId !== sessionId;
    if (isElsewhere && !take && (ahead || this.#hooks.isHere(held))) return 'conflict';
    const transports = await this.#createTransports();
    if (this.#closed || this.#barred.has(member) || this.#hooks.roleOf(member) === 'absent') {
      // Made while the router was closing, which did not know of them: the server of ports would keep them.
      for (const transport of Object.values(transports)) transport.close();
      return 'wrongState';
    }
    const participant = new CallParticipant({
      member,
      sessionId,
      transports,
      onProducerClosed: (producerId) => this.#hooks.onProducerClosed(producerId, member),
    });
    const former = this.#participants.get(member);
    this.#participants.set(member, participant);
    if (former !== undefined) this.#part(former);
    if (former !== undefined && former.sessionId !== sessionId) this.#hooks.onReplaced(former);
    return {
      callId: this.callId,
      routerRtpCapabilities: { ...this.#router.rtpCapabilities },
      ...participant.offers(),
      producers: this.offeredTo(member),
    };
  }

  /** The member's participant, if it is this session that joined. */
  participant(member: CallMember, sessionId: string): CallParticipant | undefined {
    const participant = this.#participants.get(member);
    return participant?.sessionId === sessionId ? participant : undefined;
  }

  /** A page has a name of its own; who loads it again and again has many, but not without end. */
  takesName(member: CallMember, name: string): boolean {
    const owner = this.#names.get(name);
    if (owner !== undefined) return owner === member;
    const own = [...this.#names.values()].filter((each) => each === member).length;
    if (own >= callLimits.keyNames) return false;
    this.#names.set(name, member);
    return true;
  }

  /** Why the member may not have this; undefined where somebody offers it to them and the capabilities fit. */
  consumeRefusal(
    member: CallMember,
    producerId: string,
    rtpCapabilities: types.RtpCapabilities,
  ): RefusalCode | undefined {
    const whose = this.participants.find((each) => each.remoteProducer(producerId) !== undefined);
    if (whose === undefined || whose.member === member) return 'notFound';
    if (!this.isHeardBy(member, producerId)) return 'notPermitted';
    return this.#router.canConsume({ producerId, rtpCapabilities }) ? undefined : 'notFound';
  }

  isHeardBy(member: CallMember, producerId: string): boolean {
    return this.offeredTo(member).some((offered) => offered.producerId === producerId);
  }

  /** For each who may have it and has said what they take, a consumer that they need not ask for. */
  async offersOf(producerId: string): Promise<ReadonlyMap<CallMember, ReadyOffer>> {
    const made = this.participants.map(async (each) => {
      const offer = await this.#offerTo(each, producerId);
      return offer === undefined ? [] : [[each.member, offer] as const];
    });
    return new Map((await Promise.all(made)).flat());
  }

  /** To who has just said what they take: what was there before. */
  async offerAll(participant: CallParticipant): Promise<void> {
    const offering = this.offeredTo(participant.member).map(async ({ producerId }) => {
      const offer = await this.#offerTo(participant, producerId);
      if (offer !== undefined) this.#tell(participant, producerId, offer);
    });
    await Promise.all(offering);
  }

  /** As it is by now: while the worker was asked it may have been muted, or closed. */
  #tell({ member }: CallParticipant, producerId: string, offer?: ReadyOffer): void {
    const producer = this.offeredTo(member).find((each) => each.producerId === producerId);
    if (producer === undefined) return;
    this.#hooks.onOffered(member, offer === undefined ? producer : { ...producer, offer });
  }

  async #offerTo(to: CallParticipant, producerId: string): Promise<ReadyOffer | undefined> {
    const { received, member } = to;
    const { takes } = received;
    if (takes === undefined || this.consumeRefusal(member, producerId, takes) !== undefined) return undefined;
    const flows = this.participants.some((each) => each.flows && each.remoteProducer(producerId));
    const offer = await received.makeAhead(producerId, takes, flows);
    if (offer === undefined || this.isHeardBy(member, producerId)) return offer;
    // Their part in the call changed while the worker was asked, or it was closed.
    received.drop((_producerId, id) => id === offer.consumerId);
    return undefined;
  }

  mayGive(member: CallMember, source: MediaSource): boolean {
    return mayGive(this.#hooks.roleOf(member), source);
  }

  whispers(member: CallMember): boolean {
    return this.#hooks.roleOf(member) === 'whisper';
  }

  get participants(): readonly CallParticipant[] {
    return [...this.#participants.values()];
  }

  /** What the others offer now that this member may hear and see. */
  offeredTo(member: CallMember): readonly RemoteProducer[] {
    const role = this.#hooks.roleOf(member);
    return this.participants
      .filter((each) => each.member !== member)
      .flatMap(({ member: speaker, producers }) => {
        const spoken = this.#hooks.roleOf(speaker);
        return producers.filter(({ source }) => mayHear(role, spoken, source));
      });
  }

  /**
   * Everything that roles do not allow any more closes, and what they allow now is offered. Who whispered and comes to
   * lead is not heard with the words that were for the team: their voice begins anew.
   */
  audienceChanged(): void {
    for (const participant of this.participants) {
      const { member, sessionId } = participant;
      if (this.#hooks.roleOf(member) === 'absent') this.leave(member, sessionId);
      for (const { producerId, source } of participant.producers)
        if (!this.mayGive(member, source) || participant.isWhispered(producerId) !== this.whispers(member))
          participant.closeProducer(producerId);
    }
    for (const participant of this.participants) {
      const { member } = participant;
      const ids = new Set(this.offeredTo(member).map(({ producerId }) => producerId));
      for (const producerId of participant.received.drop((each) => !ids.has(each)))
        this.#hooks.onWithheld(member, producerId);
      for (const producerId of ids)
        if (!participant.received.has(producerId)) void this.#offer(participant, producerId);
    }
  }

  /** With a consumer where they have said what they take; who has not asks for one. */
  async #offer(to: CallParticipant, producerId: string): Promise<void> {
    const offer = await this.#offerTo(to, producerId);
    this.#tell(to, producerId, offer);
  }

  sweep(nowMs: number): void {
    for (const each of this.participants) {
      const isGone = each.isDeserted(this.#hooks.isHere(each), nowMs);
      if (isGone === this.#deserted.has(each.member)) continue;
      if (isGone) this.#deserted.add(each.member);
      else this.#deserted.delete(each.member);
      this.#hooks.onDeserted(each.member, isGone);
    }
  }

  leave(member: CallMember, sessionId: string): void {
    const participant = this.participant(member, sessionId);
    if (participant === undefined) return;
    this.#participants.delete(member);
    this.#part(participant);
  }

  /** To be called again and again. Whoever sends too much is out of this call; the others go on. */
  async lookForFloods(): Promise<void> {
    await Promise.all(this.participants.map((each) => this.#floods.count(each.member, each)));
    for (const member of this.#floods.judge(performance.now())) this.#bar(member);
  }

  #bar(member: CallMember): void {
    if (this.#closed || this.#barred.has(member)) return;
    this.#barred.add(member);
    this.#hooks.onFlooded(member);
    const participant = this.#participants.get(member);
    if (participant === undefined) return;
    this.leave(member, participant.sessionId);
    // They ask to be let in again, and hear why they are not.
    this.#hooks.onReplaced(participant);
  }

  #part(participant: CallParticipant): void {
    void this.#floods.count(participant.member, participant);
    participant.close();
  }

  closeSource(member: CallMember, source: MediaSource): void {
    this.#participants.get(member)?.closeSource(source);
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
    // The worker does one after the other: both hold before anything comes by it, and nobody waits for that.
    Promise.all([
      transport.setMaxIncomingBitrate(callLimits.incomingBitsPerSecond),
      transport.setMaxOutgoingBitrate(callLimits.outgoingBitsPerSecond),
    ]).catch(() => transport.close());
    return transport;
  }
}
