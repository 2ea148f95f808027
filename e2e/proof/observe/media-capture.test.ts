/** Datagrams written by hand: what a call carries is told for the search, and is no finding on its own way only. */

import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { Scanner } from '../scan/scanner.js';
import type { MediaBody } from '../wanted.js';
import { HeardNetwork } from './capture.js';
import { rtpPayload } from './packets.js';

const ports = { livePort: 3001, framesPath: '/frames', pagePorts: [] };
const MEDIA_PORT = 40_000;

function captureOf(
  datagrams: readonly { readonly from: number; readonly to: number; readonly payload: Buffer }[],
): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4);
  head.writeUInt32LE(1, 20);
  const records = datagrams.map(({ from, to, payload }) => {
    const frame = Buffer.alloc(14 + 20 + 8);
    frame.writeUInt16BE(0x0800, 12);
    frame.writeUInt8(0x45, 14);
    frame.writeUInt16BE(28 + payload.length, 16);
    frame.writeUInt8(17, 23);
    frame.set([127, 0, 0, 1, 127, 0, 0, 1], 26);
    frame.writeUInt16BE(from, 34);
    frame.writeUInt16BE(to, 36);
    const record = Buffer.alloc(16);
    record.writeUInt32LE(frame.length + payload.length, 8);
    return Buffer.concat([record, frame, payload]);
  });
  return Buffer.concat([head, ...records]);
}

/** With two contributing sources and an extension of one word. */
function rtp(payload: Buffer, type = 111): Buffer {
  const head = Buffer.alloc(12 + 8 + 8);
  head.writeUInt8(0x92);
  head.writeUInt8(type, 1);
  head.writeUInt16BE(1, 22);
  return Buffer.concat([head, payload]);
}

test('of a datagram of RTP its payload is taken, and nothing of any other one', () => {
  const payload = randomBytes(60);
  expect(rtpPayload(rtp(payload))).toEqual(payload);
  const plain = Buffer.concat([Buffer.from([0x80, 96, ...Array.from({ length: 10 }, () => 7)]), payload]);
  expect(rtpPayload(plain)).toEqual(payload);
  expect(rtpPayload(rtp(payload, 200)), 'a report').toBeUndefined();
  expect(rtpPayload(Buffer.concat([Buffer.from([0, 1]), payload])), 'STUN').toBeUndefined();
  expect(rtpPayload(Buffer.concat([Buffer.from([22, 254]), payload])), 'DTLS').toBeUndefined();
  expect(rtpPayload(rtp(payload).subarray(0, 21)), 'cut off').toBeUndefined();
});

test('an encrypted packet may be on its way, and is found on any other and in a log of packets', async () => {
  const [packet, voice] = [randomBytes(90), randomBytes(50)];
  const network = new HeardNetwork();
  network.add(
    captureOf([
      { from: 5000, to: MEDIA_PORT, payload: rtp(packet) },
      { from: MEDIA_PORT, to: 5001, payload: rtp(randomBytes(90)) },
      { from: 6000, to: 7000, payload: rtp(packet) },
      { from: MEDIA_PORT, to: 5002, payload: rtp(voice) },
    ]),
  );
  const heard = network.mediaAt([MEDIA_PORT]);
  expect(heard.map(({ way }) => way)).toEqual(['received', 'sent', 'sent']);
  const plain: MediaBody = { who: 'visitor', way: 'sent', kind: 'voice', bytes: voice };
  const scanner = new Scanner({ canaries: [], bodies: [], keys: [], media: [plain, ...heard] }, []);
  const { findings } = await network.scan(scanner, ports);
  expect(findings.map(({ place, trace }) => [place, trace.kind === 'media' && trace.of])).toEqual([
    ['udp 6000 to 7000', 'packet'],
    [`udp ${MEDIA_PORT} to 5002`, 'voice'],
  ]);
  const log = captureOf([{ from: 5000, to: MEDIA_PORT, payload: rtp(packet) }]);
  scanner.scanBytes(log, { detector: 'files', place: 'packets.pcap' });
  expect(scanner.findings.at(-1)).toMatchObject({ place: 'packets.pcap', trace: { of: 'packet', body: 1 } });
});
