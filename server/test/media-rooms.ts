/** Calls with a real media worker: rooms, what they told, and people who join and give what a browser would. */

import { setImmediate } from 'node:timers/promises';
import type { CallMember, CallRole } from '@alongside/engagement';
import type {
  AgentId,
  CallAvailability,
  CallSession,
  EngagementId,
  MediaSource,
  Party,
  ReadyOffer,
  RemoteProducer,
  Reply,
} from '@alongside/protocol';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { MediaCallRooms } from '../src/live/call/media-call-rooms.js';
import type { CallRoomsListener, CallSeat } from '../src/live/call-rooms.js';
import { mediaWorkerBin } from './test-tools.js';
import { WorkerDumps } from './worker-dumps.js';

export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
export const listen = { address: '127.0.0.1', announcedAddress: undefined, port: 0, workers: 1 };

export const heard = {
  availability: [] as CallAvailability[],
  produced: [] as (RemoteProducer & { engagementId: EngagementId })[],
  offers: [] as ReadonlyMap<CallMember, ReadyOffer>[],
  changed: [] as RemoteProducer[],
  closed: [] as string[],
  offered: [] as string[],
  ready: [] as ReadyOffer[],
  withheld: [] as string[],
  lost: [] as EngagementId[],
  replaced: [] as string[],
  deserted: [] as string[],
  flooded: [] as CallMember[],
};
export const aki = 'aki' as AgentId;
export const sue = 'sue' as AgentId;
/** Pages and windows that are connected. */
export const here = new Set<string>();
/** Of whoever is not what they usually are. */
export const roles = new Map<CallMember, CallRole>();
const usual = new Map<CallMember, CallRole>([
  ['visitor', 'visitor'],
  [aki, 'lead'],
]);
const partyOf = (member: CallMember): Party => (member === 'visitor' ? 'visitor' : 'agent');

export const listener: CallRoomsListener = {
  roleOf: (_id, member) => roles.get(member) ?? usual.get(member) ?? 'absent',
  isHere: (_id, { sessionId }) => here.has(sessionId),
  replaced: (_id, { sessionId }) => heard.replaced.push(sessionId),
  deserted: (_id, member, isGone) => heard.deserted.push(isGone ? member : `${member} is back`),
  flooded: (_id, member) => heard.flooded.push(member),
  offered: (_id, to, { producerId, offer }) => {
    heard.offered.push(`${to} ${producerId}`);
    if (offer !== undefined) heard.ready.push(offer);
  },
  withheld: (_id, from, producerId) => heard.withheld.push(`${from} ${producerId}`),
  availabilityChanged: (availability) => heard.availability.push(availability),
  produced: (engagementId, producer, offers) => {
    heard.produced.push({ ...producer, engagementId });
    heard.offers.push(offers);
  },
  producerChanged: (_id, producer) => heard.changed.push(producer),
  producerClosed: (_id, producerId, member) => heard.closed.push(`${partyOf(member)} ${producerId}`),
  lost: (engagementId) => heard.lost.push(engagementId),
};

export let rooms: MediaCallRooms;
export let bin: string;
export let number = 0;
export let dumps: WorkerDumps;

/** What every test of a file that says this begins with, and what is left of it. */
export function usesMediaRooms(): void {
  beforeAll(async () => {
    bin = await mediaWorkerBin();
    dumps = new WorkerDumps();
    rooms = new MediaCallRooms({ listen, logger: silent });
    rooms.listen(listener);
    await rooms.setProgram({ state: 'ready', bin });
  });

  afterAll(async () => {
    dumps.close();
    await rooms.close();
  });

  // Nobody is left to speak in the call of the test before, and nothing of its end is heard in the next one.
  afterEach(async () => {
    rooms.ownerClosed(seatOf('agent').engagementId);
    await setImmediate();
  });

  beforeEach(() => {
    roles.clear();
    here.clear();
    for (const list of Object.values(heard)) list.length = 0;
    number += 1;
  });
}

export function seatOf(party: Party | AgentId, sessionId = `${party}-1`, engagement = number): CallSeat {
  const engagementId = `0b7a3c52-5f0e-4a53-9a54-${String(engagement).padStart(12, '0')}` as EngagementId;
  const member = party === 'agent' ? aki : party;
  return { engagementId, callId: `call-${engagement}`, member, sessionId };
}

export function taken<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new Error(`refused: ${reply.refusal.code} ${reply.refusal.detail ?? ''}`);
  return reply.value;
}

export function codeOf(reply: Reply<unknown>): string {
  return reply.ok ? 'ok' : reply.refusal.code;
}

let ssrc = 1000;
export function opus(): Record<string, unknown> {
  ssrc += 1;
  return {
    codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc }],
  };
}

export function vp8(own = 0): Record<string, unknown> {
  ssrc += 1;
  const encodings = [{ ssrc: own || ssrc }];
  return { codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }], encodings };
}

export async function joined(party: Party | AgentId, sessionId?: string) {
  const seat = seatOf(party, sessionId);
  const session = taken(await rooms.join(seat, {}));
  const { transportId } = session.send;
  const produce = (
    source: MediaSource,
    rtpParameters = source === 'microphone' ? opus() : vp8(),
    muted?: boolean,
  ) => rooms.produce(seat, { transportId, source, rtpParameters, muted });
  /** Under a name that the sender has chosen. */
  const name = (producerId: string) =>
    rooms.produce(seat, { transportId, source: 'microphone', rtpParameters: opus(), producerId });
  return { seat, session, produce, name, capabilities: session.routerRtpCapabilities };
}

/** As who receives by it says before anything comes. */
export function receivingBy({ receive: { transportId } }: CallSession) {
  const fingerprints = [{ algorithm: 'sha-256', value: Array(32).fill('AB').join(':') }];
  return { transportId, dtlsParameters: { role: 'client', fingerprints } };
}
