/** Rooms that remember what they were told; the real ones are tested with a real media worker. */

import type {
  CallAvailability,
  CallScores,
  CallSession,
  ConsumerOffer,
  Done,
  EngagementId,
  IceRestart,
  IceServer,
  Reply,
} from '@alongside/protocol';
import { accept, refuse } from '@alongside/protocol';
import type { CallRooms, CallRoomsListener, CallSeat } from '../src/live/index.js';

const transport = {
  iceParameters: {},
  iceCandidates: [{ protocol: 'udp' }, { protocol: 'tcp' }],
  dtlsParameters: {},
};

/** A relay that comes and goes. */
export class CallRelaysDouble {
  usable = false;
  #onChanged: () => void = () => undefined;

  listen(onChanged: () => void): void {
    this.#onChanged = onChanged;
  }

  become(usable: boolean): void {
    this.usable = usable;
    this.#onChanged();
  }

  serversFor(engagementId: EngagementId): readonly IceServer[] {
    const credentials = { username: `1:${engagementId}`, credential: 'one-time' };
    return this.usable ? [{ urls: ['turn:relay.test'], ...credentials }] : [];
  }
}

export class CallRoomsDouble implements CallRooms {
  state: CallAvailability = { state: 'ready' };
  readonly told: { what: string; about: unknown }[] = [];
  listener: CallRoomsListener | undefined;
  readonly #names = new Map<string, unknown>();

  availability(): CallAvailability {
    return this.state;
  }

  listen(listener: CallRoomsListener): void {
    this.listener = listener;
  }

  /** Calls are ready, or are not any more. */
  become(state: CallAvailability): void {
    this.state = state;
    this.listener?.availabilityChanged(state);
  }

  async join(seat: CallSeat): Promise<Reply<CallSession>> {
    this.told.push({ what: 'join', about: seat });
    return accept({
      callId: seat.callId,
      routerRtpCapabilities: {},
      send: { transportId: 'send', ...transport },
      receive: { transportId: 'receive', ...transport },
      producers: [],
    });
  }

  async connect(seat: CallSeat): Promise<Reply<Done>> {
    return this.#done('connect', seat);
  }

  async produce(
    seat: CallSeat,
    body: Parameters<CallRooms['produce']>[1],
  ): Promise<Reply<{ producerId: string }>> {
    this.told.push({ what: 'produce', about: body });
    const producerId = `producer-${this.told.length}`;
    const { engagementId, member } = seat;
    const whose =
      member === 'visitor' ? { party: 'visitor' as const } : { party: 'agent' as const, agentId: member };
    const producer = { producerId, ...whose, source: body.source, muted: false };
    this.listener?.produced(engagementId, producer, new Map());
    return accept({ producerId });
  }

  async consume(_seat: CallSeat, { producerId }: { producerId: string }): Promise<Reply<ConsumerOffer>> {
    return accept({ consumerId: 'consumer', producerId, kind: 'audio', rtpParameters: {} });
  }

  async resume(seat: CallSeat): Promise<Reply<Done>> {
    return this.#done('resume', seat);
  }

  async mute(seat: CallSeat): Promise<Reply<Done>> {
    return this.#done('mute', seat);
  }

  async closeProducer(seat: CallSeat): Promise<Reply<Done>> {
    return this.#done('closeProducer', seat);
  }

  async restartIce(): Promise<Reply<IceRestart>> {
    return accept({ iceParameters: {}, producers: [] });
  }

  async show(seat: CallSeat): Promise<Reply<Done>> {
    return this.#done('show', seat);
  }

  async takesName({ callId, member }: CallSeat, name: string): Promise<Reply<Done>> {
    const owner = this.#names.get(`${callId} ${name}`) ?? member;
    this.#names.set(`${callId} ${name}`, owner);
    return owner === member ? accept({}) : refuse('notPermitted');
  }

  async scores(): Promise<Reply<CallScores>> {
    return accept({ upQuality: 9 });
  }

  leave(seat: CallSeat): void {
    this.told.push({ what: 'leave', about: seat });
  }

  audienceChanged(engagementId: EngagementId): void {
    this.told.push({ what: 'audienceChanged', about: engagementId });
  }

  sourceWithdrawn(engagementId: EngagementId, party: string, source: string): void {
    this.told.push({ what: 'sourceWithdrawn', about: { engagementId, party, source } });
  }

  sourceGranted(engagementId: EngagementId, party: string, source: string): void {
    this.told.push({ what: 'sourceGranted', about: { engagementId, party, source } });
  }

  ownerClosed(engagementId: EngagementId): void {
    this.told.push({ what: 'ownerClosed', about: engagementId });
  }

  sweep(): void {}

  async close(): Promise<void> {}

  #done(what: string, about: unknown): Reply<Done> {
    this.told.push({ what, about });
    return accept({});
  }
}
