/** Whoever means harm, against a real media worker: parameters that are nearly right, joins and bytes without end. */

import { until } from '@alongside/testkit';
import { describe, expect, it } from 'vitest';
import { MediaCallRooms } from '../src/live/call/media-call-rooms.js';
import { callLimits } from '../src/live/call/media-settings.js';
import type { LiveLogger } from '../src/live/live-logger.js';
import { clientHello } from './client-hello.js';
import { IceClient } from './ice-client.js';
import {
  bin,
  codeOf,
  dumps,
  heard,
  joined,
  listen,
  listener,
  number,
  opus,
  receivingBy,
  rooms,
  seatOf,
  silent,
  taken,
  usesMediaRooms,
  vp8,
} from './media-rooms.js';
import { broken, seeded, sendFramedRubbish, sendRubbish } from './media-rubbish.js';

usesMediaRooms();

const BROKEN_ROUNDS = process.env.TEST_FULL ? 10_000 : 300;

describe('Two calls of one agent', () => {
  it('[CA15] takes the voice of nobody who is heard in another one', async () => {
    const agent = await joined('agent');
    const voice = taken(await agent.produce('microphone'));
    const elsewhere = seatOf('agent', 'agent-2', 901);
    const { send } = taken(await rooms.join(elsewhere, {}));
    const give = (source: 'microphone' | 'camera', rtpParameters = source === 'camera' ? vp8() : opus()) =>
      rooms.produce(elsewhere, { transportId: send.transportId, source, rtpParameters });
    expect(codeOf(await give('microphone'))).toBe('conflict');
    expect(codeOf(await give('camera'))).toBe('ok');
    taken(await rooms.closeProducer(agent.seat, voice.producerId));
    expect(codeOf(await give('microphone'))).toBe('ok');
    expect(codeOf(await agent.produce('microphone'))).toBe('conflict');
    rooms.ownerClosed(elsewhere.engagementId);
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
    { role: 'server', fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('AB').join(':') }] },
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
    { ...opus(), codecs: Array(2000).fill({ mimeType: 'audio/opus', payloadType: 1, clockRate: 48_000 }) },
    { ...opus(), rtcp: { cname: 'x'.repeat(60_000) } },
    withSettings(Object.fromEntries(Array.from({ length: 1000 }, (_, each) => [`key${each}`, each]))),
    withSettings({ key: 'x'.repeat(60_000) }),
    withSettings({ key: { deeper: { and: 'deeper' } } }),
    vp8(),
  ];

  it('of the handshake are refused by name and leave the worker alive', async () => {
    const visitor = await joined('visitor');
    const [pid] = rooms.workerPids;
    const transportId = visitor.session.send.transportId;
    for (const dtlsParameters of dtls) {
      expect(codeOf(await rooms.connect(visitor.seat, { transportId, dtlsParameters }))).toBe('malformed');
    }
    // Nor has it taken any of them for the one that a transport is connected with.
    const { dtlsParameters } = receivingBy(visitor.session);
    expect(codeOf(await rooms.connect(visitor.seat, { transportId, dtlsParameters }))).toBe('ok');
    expect(rooms.workerPids).toEqual([pid]);
    expect(heard.lost).toEqual([]);
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
      const connect = { ...receivingBy(agent.session), rtpCapabilities };
      expect(codeOf(await rooms.connect(agent.seat, connect))).toBe('malformed');
    }
    // Well-formed, and nothing can be received with it: then nothing is brought.
    const connect = { ...receivingBy(agent.session), rtpCapabilities: {} };
    expect(codeOf(await rooms.connect(agent.seat, connect))).toBe('ok');
    taken(await visitor.produce('screen'));
    expect(heard.offers.at(-1)?.size).toBe(0);
    expect(codeOf(await rooms.consume(agent.seat, { producerId, rtpCapabilities: {} }))).toBe('notFound');
    expect(rooms.workerPids).toEqual([pid]);
    expect(heard.lost).toEqual([]);
  });
});

/** Parameters with settings of the codec that the client made up. */
function withSettings(parameters: Record<string, unknown>): Record<string, unknown> {
  const codec = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters };
  return { codecs: [codec], encodings: [{ ssrc: 9 }] };
}

describe('Whoever means harm', () => {
  it('gets no more transports by a thousand joins at once than by one', async () => {
    const before = await dumps.counts();
    const seat = seatOf('visitor');
    const codes = (await Promise.all(Array.from({ length: 1000 }, () => rooms.join(seat, {})))).map(codeOf);
    expect(new Set(codes)).toEqual(new Set(['ok', 'tooFast']));
    const after = await dumps.counts();
    expect(after.transports - before.transports).toBe(2);
    expect(codeOf(await rooms.join(seat, {}))).toBe('ok');
    rooms.ownerClosed(seat.engagementId);
    await until(async () => (await dumps.counts()).listening === before.listening);
  });

  it('takes over no stream by its number, neither of the other side nor of their own', async () => {
    const [visitor, agent] = [await joined('visitor'), await joined('agent')];
    const voice = opus();
    const { producerId } = taken(await visitor.produce('microphone', voice));
    const same = taken(await agent.produce('microphone', voice));
    const heardByAgent = { producerId, rtpCapabilities: agent.capabilities };
    const offer = taken(await rooms.consume(agent.seat, heardByAgent));
    const own = { producerId: same.producerId, rtpCapabilities: visitor.capabilities };
    const other = taken(await rooms.consume(visitor.seat, own));
    expect(offer.rtpParameters.encodings).not.toEqual(other.rtpParameters.encodings);
    const before = await dumps.counts();
    for (const side of [visitor, agent]) {
      expect(codeOf(await side.produce('camera', vp8(numberOf(voice))))).not.toBe('ok');
    }
    expect(await dumps.counts()).toEqual(before);
  });

  it('takes over no stream by its name either, in this call or beside another', async () => {
    const [visitor, agent] = [await joined('visitor'), await joined('agent')];
    const name = `name-${number}`;
    expect(taken(await visitor.name(name))).toEqual({ producerId: name });
    expect(codeOf(await agent.name(name))).toBe('conflict');
    const other = `other-${number}`;
    const both = await Promise.all([agent.name(other), rooms.closeProducer(visitor.seat, name)]);
    expect(both.map(codeOf)).toEqual(['ok', 'ok']);
    const again = await Promise.all([visitor.name(name), visitor.name(name)]);
    expect(again.map(codeOf).sort()).toEqual(['conflict', 'ok']);
    expect(codeOf(await rooms.consume(agent.seat, { producerId: other, rtpCapabilities: {} }))).toBe(
      'notFound',
    );
  });

  it('kills no worker with parameters of hundreds of broken kinds', async () => {
    const visitor = await joined('visitor');
    const { producerId } = taken(await visitor.produce('screen'));
    const [pid] = rooms.workerPids;
    const random = seeded(6);
    const codes = new Set<string>();
    for (let round = 0; round < BROKEN_ROUNDS; round += 1) {
      const source = random() < 0.5 ? 'microphone' : 'camera';
      const whole = { ...(source === 'camera' ? vp8() : opus()), mid: '0', rtcp: { cname: 'a' } };
      const reply = await visitor.produce(source, broken(whole, random));
      codes.add(codeOf(reply));
      if (reply.ok) await rooms.closeProducer(visitor.seat, reply.value.producerId);
      if (round % 4 !== 0) continue;
      // The handshake, and what is received, of who comes anew each time: a way is connected once.
      const agent = await joined('agent');
      const { transportId, dtlsParameters } = receivingBy(agent.session);
      const rtpCapabilities = broken(agent.capabilities, random);
      const connect = { transportId, dtlsParameters: broken(dtlsParameters, random), rtpCapabilities };
      codes.add(codeOf(await rooms.connect(agent.seat, connect)));
      codes.add(codeOf(await rooms.consume(agent.seat, { producerId, rtpCapabilities })));
    }
    // Some of them do no harm, and the others are told apart from a worker that is gone.
    expect(codes.has('malformed') && codes.has('ok')).toBe(true);
    expect(rooms.workerPids).toEqual([pid]);
    expect(heard.lost).toEqual([]);
    expect(codeOf(await visitor.produce('microphone'))).toBe('ok');
  }, 60_000);

  it('is asked to keep to a limit, whatever they send by', async () => {
    const before = (await dumps.incomingLimits()).length;
    await joined('visitor');
    const limits = (await dumps.incomingLimits()).slice(before);
    expect(limits).toEqual([callLimits.incomingBitsPerSecond, callLimits.incomingBitsPerSecond]);
  });

  it('is let into a call no more after sending too much, by however many joins; the other side goes on', async () => {
    const flood = { floodBitsPerSecond: 1000, floodBits: 120_000, floodLookMs: 20 };
    const logged: string[] = [];
    const logger: LiveLogger = {
      ...silent,
      warn: (event, fields) => logged.push(`${event} of the ${fields?.party}`),
    };
    const strict = new MediaCallRooms({ listen, logger, flood });
    strict.listen(listener);
    await strict.setProgram({ state: 'ready', bin });
    const [seat, other] = [seatOf('visitor'), seatOf('agent')];
    taken(await strict.join(other, {}));
    const sendMuch = async (): Promise<void> => {
      const { send } = taken(await strict.join(seat, {}));
      const guest = await IceClient.connect(send);
      await guest.ask(send);
      await until(() => guest.isLetIn);
      for (let nth = 0; nth < 5; nth += 1) await guest.send(Buffer.alloc(1200, 128));
      // All of it has come once this is answered.
      const answers = guest.heard.length;
      await guest.ask(send);
      await until(() => guest.heard.length > answers);
      guest.close();
    };
    await sendMuch();
    await sendMuch();
    expect(logged).toEqual([]);
    await sendMuch();
    await until(() => heard.replaced.length > 0);
    expect([heard.replaced, heard.flooded]).toEqual([[seat.sessionId], ['visitor']]);
    expect(logged).toEqual(['call:flooded of the visitor']);
    for (const sessionId of [seat.sessionId, 'another'])
      expect(codeOf(await strict.join({ ...seat, sessionId }, {}))).toBe('callFlooded');
    expect(taken(await strict.scores(other))).toEqual({});
    // The call goes on elsewhere, without them.
    const [pid = 0] = strict.workerPids;
    process.kill(pid, 'SIGKILL');
    await until(() => heard.lost.length > 0);
    expect(codeOf(await strict.join(seat, {}))).toBe('callFlooded');
    // Nor does it outlast the call.
    taken(await strict.join({ ...seat, callId: 'next' }, {}));
    await strict.close();
  });

  it('wins no race to a handshake: nobody is answered whom ICE has not let in', async () => {
    const { session } = await joined('visitor');
    const stranger = await IceClient.connect(session.send);
    const guest = await IceClient.connect(session.send);
    const hello = clientHello();
    try {
      for (let nth = 0; nth < 50; nth += 1) await stranger.send(hello);
      await guest.ask(session.send);
      await until(() => guest.isLetIn);
      for (let nth = 0; nth < 50; nth += 1) await stranger.send(hello);
      // What came to the port before this has been looked at once this is answered.
      await guest.send(hello);
      await until(() => guest.isAnsweredHello);
      expect(stranger.heard).toEqual([]);
      // Neither with a password that is wrong.
      const { iceParameters } = session.send;
      await stranger.ask({ ...session.send, iceParameters: { ...iceParameters, password: 'guessed' } });
      await until(() => stranger.heard.length > 0);
      await stranger.send(hello);
      await guest.ask(session.send);
      const answers = guest.heard.length;
      await until(() => guest.heard.length > answers);
      expect([stranger.isLetIn, stranger.isAnsweredHello]).toEqual([false, false]);
    } finally {
      stranger.close();
      guest.close();
    }
  });

  it('kills no worker with what is sent to its port', async () => {
    const visitor = await joined('visitor');
    const [pid] = rooms.workerPids;
    const portOf = (protocol: string): number =>
      Number(visitor.session.send.iceCandidates.find((candidate) => candidate.protocol === protocol)?.port);
    await sendRubbish(portOf('udp'), seeded(45));
    await sendFramedRubbish(portOf('tcp'), seeded(46));
    expect(codeOf(await visitor.produce('microphone'))).toBe('ok');
    expect(rooms.workerPids).toEqual([pid]);
    expect(heard.lost).toEqual([]);
  });
});

/** The number of the first stream. */
function numberOf({ encodings }: Record<string, unknown>): number {
  return (encodings as { ssrc: number }[])[0]?.ssrc ?? 0;
}
