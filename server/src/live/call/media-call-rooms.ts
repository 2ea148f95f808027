/** Calls by mediasoup: what the rest of `live` asks of media, one room for each engagement's call. */

import type { CallMember } from '@alongside/engagement';
import type {
  CallAvailability,
  CallConnect,
  CallConsume,
  CallJoin,
  CallMute,
  CallProduce,
  CallScores,
  CallSession,
  CallShow,
  ConsumerOffer,
  Done,
  EngagementId,
  IceRestart,
  MediaSource,
  RefusalCode,
  Reply,
} from '@alongside/protocol';
import { accept, refuse } from '@alongside/protocol';
import type { InferOutput } from 'valibot';
import type { CallRooms, CallRoomsListener, CallSeat } from '../call-rooms.js';
import type { LiveLogger } from '../live-logger.js';
import type { MediaProgram } from './call-availability.js';
import { availabilityOf, availabilityWith, noWorker } from './call-availability.js';
import type { CallParticipant } from './call-participant.js';
import { CallRoom } from './call-room.js';
import type { FloodLimits } from './flood-watch.js';
import { readDtlsParameters, readRtpCapabilities, readRtpParameters } from './media-schemas.js';
import type { WorkerRestart } from './media-settings.js';
import { callLimits, workerRestart } from './media-settings.js';
import type { MediaListen } from './media-worker-pool.js';
import { MediaWorkerPool } from './media-worker-pool.js';

export interface MediaCallRoomsDeps {
  readonly listen: MediaListen;
  readonly logger: LiveLogger;
  readonly flood?: FloodLimits & { readonly floodLookMs: number };
  /** How a worker that died is started again, where it is not as usual. */
  readonly restart?: WorkerRestart;
}

export class MediaCallRooms implements CallRooms {
  readonly #deps: MediaCallRoomsDeps;
  readonly #rooms = new Map<EngagementId, Promise<CallRoom | undefined>>();
  /** Rooms that are made, each while it is open. */
  readonly #open = new Set<CallRoom>();
  /** Sources that were taken back, by member; they outlast a room that is lost. */
  readonly #withheld = new Map<EngagementId, Set<string>>();
  readonly #barred = new Map<EngagementId, { readonly callId: string; readonly members: Set<CallMember> }>();
  #listener: CallRoomsListener | undefined;
  #pool: MediaWorkerPool | undefined;
  #availability: CallAvailability = { state: 'building' };
  #floodLooks: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(deps: MediaCallRoomsDeps) {
    this.#deps = deps;
  }

  /** Process ids of the workers, for people and tests. */
  get workerPids(): readonly number[] {
    return this.#pool?.pids ?? [];
  }

  availability(): CallAvailability {
    return this.#availability;
  }

  listen(listener: CallRoomsListener): void {
    this.#listener = listener;
  }

  /** Once it is ready the workers run; what is told later changes nothing. */
  async setProgram(program: MediaProgram): Promise<void> {
    if (this.#pool !== undefined || this.#closed) return;
    if (program.state !== 'ready') {
      this.#become(availabilityOf(program));
      return;
    }
    const { listen, logger, restart = workerRestart, flood = callLimits } = this.#deps;
    this.#pool = new MediaWorkerPool(program.bin, {
      ...{ listen, logger, restart },
      onState: (state) => this.#become(availabilityWith(state)),
    });
    await this.#pool.start();
    if (this.#closed) return;
    this.#floodLooks = setInterval(() => {
      for (const room of this.#open) void room.lookForFloods();
    }, flood.floodLookMs).unref();
    if (this.#availability.state === 'building') this.#become(noWorker);
  }

  async join(seat: CallSeat, way: InferOutput<typeof CallJoin>): Promise<Reply<CallSession>> {
    if (this.#availability.state !== 'ready') return refuse('callsUnavailable');
    const room = await this.#roomFor(seat);
    if (room === undefined) return refuse('callsUnavailable');
    if (room.closed || room.callId !== seat.callId) return refuse('wrongState');
    return this.#guard(() => room.join(seat, way));
  }

  async connect(seat: CallSeat, body: InferOutput<typeof CallConnect>): Promise<Reply<Done>> {
    const dtlsParameters = readDtlsParameters(body.dtlsParameters);
    if (dtlsParameters === undefined) return refuse('malformed', 'dtlsParameters');
    const { transportId, rtpCapabilities } = body;
    const takes = rtpCapabilities && readRtpCapabilities(rtpCapabilities);
    if (rtpCapabilities !== undefined && takes === undefined) return refuse('malformed', 'rtpCapabilities');
    return this.#with<Done>(seat, async (participant, room) => {
      const refusal = await participant.connect({ transportId, dtlsParameters, takes });
      if (refusal !== undefined) return refusal;
      // Before the answer, which says that all of it is told.
      if (takes !== undefined) await room.offerAll(participant);
      return {};
    });
  }

  async produce(
    seat: CallSeat,
    body: InferOutput<typeof CallProduce>,
  ): Promise<Reply<{ readonly producerId: string }>> {
    const kind = body.source === 'microphone' ? 'audio' : 'video';
    const rtpParameters = readRtpParameters(body.rtpParameters, kind);
    if (rtpParameters === undefined) return refuse('malformed', 'rtpParameters');
    if (this.#isWithheld(seat, body.source)) return refuse('consentMissing');
    return this.#with(seat, async (participant, room) => {
      // The worker would refuse it as well, in words that tell nobody why.
      if (room.participants.some((each) => each.remoteProducer(body.producerId ?? ''))) return 'conflict';
      if (!room.mayGive(seat.member, body.source)) return 'notPermitted';
      const speaksElsewhere = () => body.source === 'microphone' && this.#isHeardBeside(room, seat.member);
      if (speaksElsewhere()) return 'conflict';
      const whispered = room.whispers(seat.member);
      const produced = await participant.produce({ ...body, rtpParameters, whispered });
      if (typeof produced === 'string') return produced;
      // The source may have been taken back while the worker was asked.
      if (this.#isWithheld(seat, body.source)) {
        participant.closeProducer(produced.producerId);
        return 'consentMissing';
      }
      if (!room.mayGive(seat.member, body.source) || whispered !== room.whispers(seat.member)) {
        participant.closeProducer(produced.producerId);
        return 'notPermitted';
      }
      if (speaksElsewhere()) {
        participant.closeProducer(produced.producerId);
        return 'conflict';
      }
      const offers = await room.offersOf(produced.producerId);
      // It was closed meanwhile, and who was told of that must not be told of it afterwards.
      if (participant.remoteProducer(produced.producerId) === undefined) return 'wrongState';
      this.#listener?.produced(seat.engagementId, produced, offers);
      return { producerId: produced.producerId };
    });
  }

  /** One visitor must not hear what is said to another, however its speaker came to be in both calls. */
  #isHeardBeside(room: CallRoom, member: CallSeat['member']): boolean {
    if (member === 'visitor') return false;
    const others = [...this.#open].filter((each) => each !== room).flatMap((each) => each.participants);
    return others.some(
      (each) => each.member === member && each.producers.some(({ source }) => source === 'microphone'),
    );
  }

  async consume(seat: CallSeat, body: InferOutput<typeof CallConsume>): Promise<Reply<ConsumerOffer>> {
    const rtpCapabilities = readRtpCapabilities(body.rtpCapabilities);
    if (rtpCapabilities === undefined) return refuse('malformed', 'rtpCapabilities');
    const { member } = seat;
    return this.#with<ConsumerOffer>(seat, async (participant, room) => {
      const refusal = room.consumeRefusal(member, body.producerId, rtpCapabilities);
      if (refusal !== undefined) return refusal;
      const offer = await participant.received.consume(body.producerId, rtpCapabilities);
      // Their part in the call may have changed while the worker was asked.
      if (typeof offer === 'string' || room.isHeardBy(member, body.producerId)) return offer;
      participant.received.drop((_producerId, id) => id === offer.consumerId);
      return 'notPermitted';
    });
  }

  resume(seat: CallSeat, consumerId: string): Promise<Reply<Done>> {
    return this.#with(seat, (participant) => done(participant.received.resume(consumerId)));
  }

  mute(seat: CallSeat, { producerId, muted }: InferOutput<typeof CallMute>): Promise<Reply<Done>> {
    return this.#with<Done>(seat, async (participant) => {
      const changed = await participant.mute(producerId, muted);
      if (typeof changed === 'string') return changed;
      this.#listener?.producerChanged(seat.engagementId, changed);
      return {};
    });
  }

  closeProducer(seat: CallSeat, producerId: string): Promise<Reply<Done>> {
    return this.#with<Done>(seat, async (participant) => participant.closeProducer(producerId) ?? {});
  }

  restartIce(seat: CallSeat, transportId: string): Promise<Reply<IceRestart>> {
    return this.#with<IceRestart>(seat, async (participant, room) => {
      const iceParameters = await participant.restartIce(transportId);
      if (iceParameters === undefined) return 'notFound';
      return { iceParameters, producers: room.offeredTo(seat.member) };
    });
  }

  show(seat: CallSeat, { consumerId, shown }: InferOutput<typeof CallShow>): Promise<Reply<Done>> {
    return this.#with(seat, (participant) => done(participant.received.show(consumerId, shown)));
  }

  takesName(seat: CallSeat, name: string): Promise<Reply<Done>> {
    return this.#with<Done>(seat, async ({ member }, room) =>
      room.takesName(member, name) ? {} : 'notPermitted',
    );
  }

  scores(seat: CallSeat): Promise<Reply<CallScores>> {
    return this.#with(seat, (participant) => participant.scores());
  }

  leave({ engagementId, member, sessionId }: CallSeat): void {
    void this.#rooms.get(engagementId)?.then((room) => room?.leave(member, sessionId));
  }

  audienceChanged(engagementId: EngagementId): void {
    void this.#rooms.get(engagementId)?.then((room) => room?.audienceChanged());
  }

  sourceWithdrawn(engagementId: EngagementId, party: 'visitor', source: MediaSource): void {
    const withheld = this.#withheld.get(engagementId) ?? new Set();
    this.#withheld.set(engagementId, withheld.add(`${party}.${source}`));
    void this.#rooms.get(engagementId)?.then((room) => room?.closeSource(party, source));
  }

  sourceGranted(engagementId: EngagementId, party: 'visitor', source: MediaSource): void {
    this.#withheld.get(engagementId)?.delete(`${party}.${source}`);
  }

  ownerClosed(engagementId: EngagementId): void {
    this.#withheld.delete(engagementId);
    this.#barred.delete(engagementId);
    const room = this.#rooms.get(engagementId);
    this.#rooms.delete(engagementId);
    void room?.then((made) => made?.close());
  }

  sweep(nowMs: number): void {
    for (const room of this.#open) room.sweep(nowMs);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#floodLooks);
    const rooms = [...this.#rooms.values()];
    this.#rooms.clear();
    for (const room of rooms) (await room)?.close();
    this.#pool?.close();
  }

  /** A room of another call of this engagement is closed first; one that was lost is made anew. */
  async #roomFor({ engagementId, callId }: CallSeat): Promise<CallRoom | undefined> {
    const known = this.#rooms.get(engagementId);
    // Without a wait in between: a call that ends now has to find the room that is being made for it.
    if (known === undefined) this.#rooms.set(engagementId, this.#makeRoom(engagementId, callId));
    const room = await known;
    if (room !== undefined && !room.closed && room.callId === callId) return room;
    // Somebody else may have made the next one during the wait, or the call has ended.
    if (known !== undefined && this.#rooms.get(engagementId) === known) {
      room?.close();
      this.#rooms.set(engagementId, this.#makeRoom(engagementId, callId));
    }
    const making = this.#rooms.get(engagementId);
    const next = await making;
    // Whoever waited beside this may have begun another one, which must not be lost sight of.
    if (next === undefined && this.#rooms.get(engagementId) === making) this.#rooms.delete(engagementId);
    return next;
  }

  async #makeRoom(engagementId: EngagementId, callId: string): Promise<CallRoom | undefined> {
    const { flood = callLimits, logger } = this.#deps;
    const media = await this.#pool?.pick();
    if (media === undefined || this.#closed) return undefined;
    try {
      const room = await CallRoom.create(
        { callId, media, flood, barred: this.#barredFrom(engagementId, callId) },
        {
          roleOf: (member) => this.#listener?.roleOf(engagementId, member) ?? 'absent',
          isHere: (session) => this.#listener?.isHere(engagementId, session) ?? false,
          onReplaced: (session) => this.#listener?.replaced(engagementId, session),
          onDeserted: (member, isGone) => this.#listener?.deserted(engagementId, member, isGone),
          onProducerClosed: (producerId, member) => {
            this.#listener?.producerClosed(engagementId, producerId, member);
          },
          onOffered: (to, producer) => this.#listener?.offered(engagementId, to, producer),
          onWithheld: (from, producerId) => this.#listener?.withheld(engagementId, from, producerId),
          onFlooded: (member) => {
            logger.warn('call:flooded', { party: member === 'visitor' ? member : 'agent' });
            this.#listener?.flooded(engagementId, member);
          },
          onLost: () => this.#listener?.lost(engagementId),
          onClosed: () => this.#open.delete(room),
        },
      );
      this.#open.add(room);
      return room;
    } catch {
      // The worker died at this very moment; whoever asked tries again.
      return undefined;
    }
  }

  /** Until this call is over, also where its worker dies. */
  #barredFrom(engagementId: EngagementId, callId: string): Set<CallMember> {
    const known = this.#barred.get(engagementId);
    if (known?.callId === callId) return known.members;
    const members = new Set<CallMember>();
    this.#barred.set(engagementId, { callId, members });
    return members;
  }

  async #with<T extends object>(
    seat: CallSeat,
    act: (participant: CallParticipant, room: CallRoom) => Promise<T | RefusalCode>,
  ): Promise<Reply<T>> {
    const room = await this.#rooms.get(seat.engagementId);
    const participant = room?.participant(seat.member, seat.sessionId);
    if (room === undefined || participant === undefined || room.closed || room.callId !== seat.callId) {
      return refuse('wrongState');
    }
    return this.#guard(() => act(participant, room));
  }

  /** What media refuses by an exception is told as a value: the parameters were not to be had, or all is gone. */
  async #guard<T extends object>(act: () => Promise<T | RefusalCode>): Promise<Reply<T>> {
    try {
      const result = await act();
      return typeof result === 'string' ? refuse(result) : accept(result);
    } catch (error) {
      const code: RefusalCode = error instanceof TypeError ? 'malformed' : 'wrongState';
      this.#deps.logger.warn('call:refused', { code });
      return refuse(code);
    }
  }

  #isWithheld({ engagementId, member }: CallSeat, source: MediaSource): boolean {
    return this.#withheld.get(engagementId)?.has(`${member}.${source}`) ?? false;
  }

  #become(availability: CallAvailability): void {
    if (this.#closed || JSON.stringify(availability) === JSON.stringify(this.#availability)) return;
    this.#availability = availability;
    this.#listener?.availabilityChanged(availability);
  }
}

async function done(refusal: Promise<RefusalCode | undefined>): Promise<Done | RefusalCode> {
  return (await refusal) ?? {};
}
