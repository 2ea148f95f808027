/**
 * Media as the rest of `live` sees it: one room per call, joined by at most one session of each member. Whether
 * somebody may do a thing is decided before these are called; rooms check only what media knows (that a
 * transport, producer or consumer belongs to the session that names it, and the shape of media parameters).
 */

import type { CallMember, CallRole } from '@alongside/engagement';
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
  ReadyOffer,
  RemoteProducer,
  Reply,
} from '@alongside/protocol';
import type { InferOutput } from 'valibot';

/**
 * Who speaks. `sessionId` is one page of a visitor or one window of an agent; it outlives a lost connection that
 * comes back by its pass, so that media goes on meanwhile. A join by another session of the same member replaces
 * the former one where that one is not connected any more, or where its person takes the call by a press.
 */
export interface CallSeat {
  readonly engagementId: EngagementId;
  readonly callId: string;
  readonly member: CallMember;
  readonly sessionId: string;
}

/** Of a call, the page or window of one member that is in it, or comes into it. */
export type MemberSession = Pick<CallSeat, 'member' | 'sessionId'>;

export interface CallRooms {
  availability(): CallAvailability;
  /** Sets the one listener; called once, before anything else. */
  listen(listener: CallRoomsListener): void;

  join(seat: CallSeat, body: InferOutput<typeof CallJoin>): Promise<Reply<CallSession>>;
  connect(seat: CallSeat, body: InferOutput<typeof CallConnect>): Promise<Reply<Done>>;
  produce(
    seat: CallSeat,
    body: InferOutput<typeof CallProduce>,
  ): Promise<Reply<{ readonly producerId: string }>>;
  consume(seat: CallSeat, body: InferOutput<typeof CallConsume>): Promise<Reply<ConsumerOffer>>;
  resume(seat: CallSeat, consumerId: string): Promise<Reply<Done>>;
  mute(seat: CallSeat, body: InferOutput<typeof CallMute>): Promise<Reply<Done>>;
  closeProducer(seat: CallSeat, producerId: string): Promise<Reply<Done>>;
  restartIce(seat: CallSeat, transportId: string): Promise<Reply<IceRestart>>;

  /** What is not shown is not sent to this seat, and what is shown small in its smaller layer. */
  show(seat: CallSeat, body: InferOutput<typeof CallShow>): Promise<Reply<Done>>;
  /** That this seat is in the call and may go by this name in agreeing on keys: who came first with it keeps it. */
  takesName(seat: CallSeat, name: string): Promise<Reply<Done>>;
  /** How the media worker judges what comes from this seat and what goes to it. */
  scores(seat: CallSeat): Promise<Reply<CallScores>>;

  /** The session is gone for good (its pass has run out, or the person left); harmless when it never joined. */
  leave(seat: CallSeat): void;
  /** The visitor took back this source: what they produce of it closes at once and can not be made again. */
  sourceWithdrawn(engagementId: EngagementId, party: 'visitor', source: MediaSource): void;
  /** The visitor gives this source again after it was taken back. */
  sourceGranted(engagementId: EngagementId, party: 'visitor', source: MediaSource): void;
  /** Who may hear whom, or who is in the call, is something else now: what is not allowed any more closes at once. */
  audienceChanged(engagementId: EngagementId): void;
  /** To be called again and again: looks whose page or window is gone. */
  sweep(nowMs: number): void;
  /** The call is over: everything of the engagement closes. */
  ownerClosed(engagementId: EngagementId): void;
  close(): Promise<void>;
}

export interface CallRoomsListener {
  availabilityChanged(availability: CallAvailability): void;
  /** What this one is to others, in the call that runs now. */
  roleOf(engagementId: EngagementId, member: CallMember): CallRole;
  /** Whether this page or window is connected now. */
  isHere(engagementId: EngagementId, session: MemberSession): boolean;
  /** Its person went on with the call in another page or window. */
  replaced(engagementId: EngagementId, session: MemberSession): void;
  /** The page or window by which they are in the call is gone, with its media: another one may go on. Or it is back. */
  deserted(engagementId: EngagementId, member: CallMember, isGone: boolean): void;
  /** They sent too much, and are out of this call. */
  flooded(engagementId: EngagementId, member: CallMember): void;
  produced(
    engagementId: EngagementId,
    producer: RemoteProducer,
    offers: ReadonlyMap<CallMember, ReadyOffer>,
  ): void;
  /** To this one alone, who may have it from now on, or not any more. */
  offered(engagementId: EngagementId, to: CallMember, producer: RemoteProducer): void;
  withheld(engagementId: EngagementId, from: CallMember, producerId: string): void;
  producerChanged(engagementId: EngagementId, producer: RemoteProducer): void;
  producerClosed(engagementId: EngagementId, producerId: string, member: CallMember): void;
  /** The worker died: everybody must join again. */
  lost(engagementId: EngagementId): void;
}
