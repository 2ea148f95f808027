/** The rules of calls with a real media worker: who may do what with whose media, and what the worker never sees. */

import type { CallAvailability, EngagementId, Party, RemoteProducer, Reply } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MediaCallRooms } from '../src/live/call/media-call-rooms.js';
import type { CallRoomsListener, CallSeat } from '../src/live/call-rooms.js';
import { mediaWorkerBin } from './test-tools.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const listen = { address: '127.0.0.1', announcedAddress: undefined, port: 0, workers: 1 };

const heard = {
  availability: [] as CallAvailability[],
  produced: [] as (RemoteProducer & { engagementId: EngagementId })[],
  changed: [] as RemoteProducer[],
  closed: [] as string[],
  lost: [] as EngagementId[],
};
const listener: CallRoomsListener = {
  availabilityChanged: (availability) => heard.availability.push(availability),
  produced: (engagementId, producer) => heard.produced.push({ ...producer, engagementId }),
  producerChanged: (_id, producer) => heard.changed.push(producer),
  producerClosed: (_id, producerId, party) => heard.closed.push(`${party} ${producerId}`),
  lost: (engagementId) => heard.lost.push(engagementId),
};

let rooms: MediaCallRooms;
let bin: string;
let number = 0;

beforeAll(async () => {
  bin = await mediaWorkerBin();
  rooms = new MediaCallRooms({ listen, logger: silent });
  rooms.listen(listener);
  await rooms.setProgram({ state: 'ready', bin });
});

afterAll(() => rooms.close());

beforeEach(() => {
  for (const list of Object.values(heard)) list.length = 0;
  number += 1;
});

function seatOf(party: Party, sessionId = `${party}-1`, engagement = number): CallSeat {
  const engagementId = `0b7a3c52-5f0e-4a53-9a54-${String(engagement).padStart(12, '0')}` as EngagementId;
  return { engagementId, callId: `call-${engagement}`, party, sessionId };
}

function taken<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new Error(`refused: ${reply.refusal.code} ${reply.refusal.detail ?? ''}`);
  return reply.value;
}

function codeOf(reply: Reply<unknown>): string {
  return reply.ok ? 'ok' : reply.refusal.code;
}

let ssrc = 1000;
function opus(): Record<string, unknown> {
  ssrc += 1;
  return {
    codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc }],
  };
}

function vp8(): Record<string, unknown> {
  ssrc += 1;
  return { codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }], encodings: [{ ssrc }] };
}

async function joined(party: Party, sessionId?: string) {
  const seat = seatOf(party, sessionId);
  const session = taken(await rooms.join(seat, {}));
  const produce = (source: 'microphone' | 'camera', rtpParameters = source === 'camera' ? vp8() : opus()) =>
    rooms.produce(seat, { transportId: session.send.transportId, source, rtpParameters });
  return { seat, session, produce, capabilities: session.routerRtpCapabilities };
}

describe('A call', () => {
  it('tells who joins everything at once, the producers of the other side included', async () => {
    const agent = await joined('agent');
    const { producerId } = taken(await agent.produce('microphone'));
    const visitor = await joined('visitor');
    expect(visitor.session.producers).toEqual([
      { producerId, party: 'agent', source: 'microphone', muted: false },
    ]);
    expect(visitor.session.send.iceCandidates.length).toBeGreaterThan(0);
    expect(JSON.stringify(visitor.session)).not.toContain('sctp');
    const protocols = visitor.session.send.iceCandidates.map((candidate) => candidate.protocol);
    expect(new Set(protocols)).toEqual(new Set(['udp', 'tcp']));
  });

  it('carries what is produced to the other side only', async () => {
    const [visitor, agent] = [await joined('visitor'), await joined('agent')];
    const { producerId } = taken(await visitor.produce('microphone'));
    const body = { producerId, rtpCapabilities: agent.capabilities };
    const offer = taken(await rooms.consume(agent.seat, body));
    expect(offer).toMatchObject({ producerId, kind: 'audio' });
    expect(codeOf(await rooms.resume(agent.seat, offer.consumerId))).toBe('ok');
    expect(codeOf(await rooms.consume(visitor.seat, body))).toBe('notFound');
    expect(codeOf(await rooms.resume(visitor.seat, offer.consumerId))).toBe('notFound');
    // Another engagement's agent gets nothing of it, whatever id it names.
    const stranger = seatOf('agent', 'agent-1', 900);
    taken(await rooms.join(stranger, {}));
    expect(codeOf(await rooms.consume(stranger, body))).toBe('notFound');
    rooms.ownerClosed(stranger.engagementId);
  });

  it('mutes and closes for its owner only, and tells of it', async () => {
    const [visitor, agent] = [await joined('visitor'), await joined('agent')];
    const { producerId } = taken(await visitor.produce('microphone'));
    expect(codeOf(await rooms.mute(agent.seat, { producerId, muted: true }))).toBe('notFound');
    expect(codeOf(await rooms.closeProducer(agent.seat, producerId))).toBe('notFound');
    expect(codeOf(await rooms.mute(visitor.seat, { producerId, muted: true }))).toBe('ok');
    expect(heard.changed).toEqual([{ producerId, party: 'visitor', source: 'microphone', muted: true }]);
    expect(codeOf(await rooms.closeProducer(visitor.seat, producerId))).toBe('ok');
    expect(heard.closed).toEqual([`visitor ${producerId}`]);
  });

  it('has room for one microphone and one camera, and four things to hear or see', async () => {
    const [visitor, agent] = [await joined('visitor'), await joined('agent')];
    const { producerId } = taken(await visitor.produce('microphone'));
    taken(await visitor.produce('camera'));
    expect(codeOf(await visitor.produce('microphone'))).toBe('conflict');
    expect(codeOf(await visitor.produce('camera'))).toBe('conflict');
    const consume = () => rooms.consume(agent.seat, { producerId, rtpCapabilities: agent.capabilities });
    const codes = (await Promise.all(Array.from({ length: 7 }, consume))).map(codeOf);
    expect(codes.filter((code) => code === 'ok')).toHaveLength(4);
    expect(codes.filter((code) => code === 'tooFast')).toHaveLength(3);
  });

  it('takes no transport of another and connects one once', async () => {
    const [visitor, agent] = [await joined('visitor'), await joined('agent')];
    const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
    const dtlsParameters = { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: fingerprint }] };
    const transportId = visitor.session.send.transportId;
    expect(codeOf(await rooms.connect(agent.seat, { transportId, dtlsParameters }))).toBe('notFound');
    expect(codeOf(await rooms.restartIce(agent.seat, transportId))).toBe('notFound');
    expect(codeOf(await rooms.connect(visitor.seat, { transportId, dtlsParameters }))).toBe('ok');
    expect(codeOf(await rooms.connect(visitor.seat, { transportId, dtlsParameters }))).toBe('wrongState');
    const restarted = taken(await rooms.restartIce(visitor.seat, transportId));
    expect(restarted.iceParameters).not.toEqual(visitor.session.send.iceParameters);
    const foreign = { transportId, source: 'microphone' as const, rtpParameters: opus() };
    expect(codeOf(await rooms.produce(agent.seat, foreign))).toBe('notFound');
  });

  it('is joined anew by another session of the party, whose former media closes', async () => {
    const former = await joined('visitor', 'tab-1');
    const { producerId } = taken(await former.produce('microphone'));
    const newer = await joined('visitor', 'tab-2');
    expect(heard.closed).toEqual([`visitor ${producerId}`]);
    expect(codeOf(await former.produce('microphone'))).toBe('wrongState');
    expect(codeOf(await newer.produce('microphone'))).toBe('ok');
    rooms.leave(former.seat);
    expect(codeOf(await newer.produce('camera'))).toBe('ok');
  });

  it('ends for everybody with its owner, and a source that was taken back closes and stays away', async () => {
    const visitor = await joined('visitor');
    const { engagementId } = visitor.seat;
    const { producerId } = taken(await visitor.produce('camera'));
    rooms.sourceWithdrawn(engagementId, 'visitor', 'camera');
    await until(() => heard.closed.length === 1);
    expect(heard.closed).toEqual([`visitor ${producerId}`]);
    expect(codeOf(await visitor.produce('camera'))).toBe('consentMissing');
    expect(codeOf(await visitor.produce('microphone'))).toBe('ok');
    rooms.sourceGranted(engagementId, 'visitor', 'camera');
    expect(codeOf(await visitor.produce('camera'))).toBe('ok');
    rooms.ownerClosed(engagementId);
    expect(codeOf(await visitor.produce('camera'))).toBe('wrongState');
    expect(codeOf(await rooms.restartIce(visitor.seat, visitor.session.send.transportId))).toBe('wrongState');
  });
});

describe('Malformed media parameters', () => {
  const dtls = [
    {},
    { fingerprints: [] },
    { fingerprints: [{ algorithm: 'sha-256', value: '' }] },
    { fingerprints: [{ algorithm: 'md5', value: 'AB'.repeat(32) }] },
    { fingerprints: [{ algorithm: 'sha-256', value: 'zz:'.repeat(32) }] },
    { fingerprints: 'x' },
    { role: 'boss', fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('AB').join(':') }] },
    { fingerprints: Array(9).fill({ algorithm: 'sha-256', value: Array(32).fill('AB').join(':') }) },
  ];
  const rtp: readonly Record<string, unknown>[] = [
    {},
    { codecs: [] },
    { codecs: {}, encodings: {} },
    { ...opus(), encodings: [] },
    { ...opus(), encodings: [{ ssrc: -1 }] },
    { ...opus(), encodings: [{ ssrc: 2 ** 33 }] },
    { ...opus(), encodings: Array(50).fill({ ssrc: 5 }) },
    { ...opus(), codecs: [{ mimeType: 'audio/opus', payloadType: 500, clockRate: 48_000 }] },
    { ...opus(), codecs: [{ mimeType: 'x', payloadType: 1, clockRate: 1 }] },
    { ...opus(), headerExtensions: [{ uri: 'urn:x', id: -4 }] },
    { ...opus(), mid: 'x'.repeat(300) },
    vp8(),
  ];

  it('of the handshake are refused by name and leave the worker alive', async () => {
    const visitor = await joined('visitor');
    const transportId = visitor.session.send.transportId;
    for (const dtlsParameters of dtls) {
      expect(codeOf(await rooms.connect(visitor.seat, { transportId, dtlsParameters }))).toBe('malformed');
    }
  });

  it('of what is sent or received are refused by name and leave the worker alive', async () => {
    const [visitor, agent] = [await joined('visitor'), await joined('agent')];
    const [pid] = rooms.workerPids;
    for (const rtpParameters of rtp) {
      expect(codeOf(await visitor.produce('microphone', rtpParameters))).toBe('malformed');
    }
    // Well-formed, and not to be had: the same stream twice, a codec nobody offered.
    const once = opus();
    taken(await visitor.produce('microphone', once));
    const { producerId } = heard.produced.at(-1) ?? { producerId: '' };
    const unknown = {
      codecs: [{ mimeType: 'video/H999', payloadType: 96, clockRate: 90_000 }],
      encodings: [{ ssrc: 77 }],
    };
    expect(codeOf(await visitor.produce('camera', unknown))).not.toBe('ok');
    for (const rtpCapabilities of [
      { codecs: 'x' },
      { codecs: [{ kind: 'smell' }] },
      { headerExtensions: [1] },
    ]) {
      expect(codeOf(await rooms.consume(agent.seat, { producerId, rtpCapabilities }))).toBe('malformed');
    }
    expect(codeOf(await rooms.consume(agent.seat, { producerId, rtpCapabilities: {} }))).toBe('notFound');
    expect(rooms.workerPids).toEqual([pid]);
    expect(heard.lost).toEqual([]);
  });
});

describe('The media worker', () => {
  it('that is killed costs its calls once, which are joined again at once', async () => {
    const [visitor, agent] = [await joined('visitor'), await joined('agent')];
    const [pid] = rooms.workerPids;
    process.kill(pid ?? 0, 'SIGKILL');
    await until(() => heard.lost.length > 0);
    expect(heard.lost.filter((id) => id === visitor.seat.engagementId)).toHaveLength(1);
    expect(codeOf(await visitor.produce('microphone'))).toBe('wrongState');
    const again = await Promise.all([rooms.join(visitor.seat, {}), rooms.join(agent.seat, {})]);
    expect(again.map(codeOf)).toEqual(['ok', 'ok']);
    expect(heard.availability).toEqual([]);
  });

  it('that keeps dying is not started for ever', async () => {
    const failing = new MediaCallRooms({ listen, logger: silent });
    const told: CallAvailability[] = [];
    failing.listen({ ...listener, availabilityChanged: (availability) => told.push(availability) });
    await failing.setProgram({ state: 'building', done: 3, total: 225 });
    expect(failing.availability()).toEqual({ state: 'building', done: 3, total: 225 });
    await failing.setProgram({ state: 'ready', bin: '/bin/false' });
    expect(failing.availability().state).toBe('unavailable');
    expect(codeOf(await failing.join(seatOf('visitor'), {}))).toBe('callsUnavailable');
    expect(told.map(({ state }) => state)).toEqual(['building', 'unavailable']);
    await failing.close();
  });

  it('crashing in a row switches calls off', async () => {
    const crashing = new MediaCallRooms({ listen, logger: silent });
    const told: string[] = [];
    crashing.listen({ ...listener, availabilityChanged: ({ state }) => told.push(state) });
    await crashing.setProgram({ state: 'ready', bin });
    for (let kill = 0; kill < 5; kill += 1) {
      await until(() => crashing.workerPids.length === 1);
      const [pid] = crashing.workerPids;
      process.kill(pid ?? 0, 'SIGKILL');
      await until(() => !crashing.workerPids.includes(pid ?? 0));
    }
    await until(() => told.at(-1) === 'unavailable');
    expect(crashing.workerPids).toEqual([]);
    expect(told).toEqual(['ready', 'unavailable']);
    await crashing.close();
  });
});
