/** A capture written by hand: what goes over the session's sockets may, what goes elsewhere is found, mask or not. */

import { expect, test } from 'vitest';
import { TextFinder } from '../forensics/text-finder.js';
import { newToken } from '../scan/new-canary.js';
import { HeardNetwork } from './capture.js';
import { TcpStream } from './tcp-stream.js';

const ports = { livePort: 3001, framesPath: '/frames', pagePorts: [3003] };

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly sequence: number;
  readonly text: Buffer | string;
  readonly begins?: boolean;
  /** By its number; TCP unless another is given. */
  readonly protocol?: number;
}

function captureOf(segments: readonly Segment[]): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4);
  head.writeUInt32LE(1, 20);
  return Buffer.concat([head, ...segments.map(recordOf)]);
}

function recordOf({ from, to, sequence, text, begins = false, protocol = 6 }: Segment): Buffer {
  const payload = Buffer.from(text);
  const tcp = Buffer.alloc(20);
  tcp.writeUInt16BE(from, 0);
  tcp.writeUInt16BE(to, 2);
  tcp.writeUInt32BE(sequence, 4);
  tcp.writeUInt8(5 << 4, 12);
  tcp.writeUInt8(begins ? 2 : 16, 13);
  const ip = Buffer.alloc(20);
  ip.writeUInt8(0x45);
  ip.writeUInt16BE(40 + payload.length, 2);
  ip.writeUInt8(protocol, 9);
  ip.set([127, 0, 0, 1, 127, 0, 0, 1], 12);
  const ethernet = Buffer.alloc(14);
  ethernet.writeUInt16BE(0x0800, 12);
  const frame = Buffer.concat([ethernet, ip, tcp, payload]);
  const record = Buffer.alloc(16);
  record.writeUInt32LE(frame.length, 8);
  record.writeUInt32LE(frame.length, 12);
  return Buffer.concat([record, frame]);
}

async function heard(token: string, segments: readonly Segment[]) {
  const network = new HeardNetwork();
  const whole = captureOf(segments);
  // In pieces, as a pipe gives it.
  for (let at = 0; at < whole.length; at += 50) network.add(whole.subarray(at, at + 50));
  const { findings } = await network.scan(new TextFinder([token]), ports);
  return { places: findings.map(({ place }) => place), ofSession: network.bytesOfSession(ports) };
}

const asks = (path: string) => `GET ${path} HTTP/1.1\r\nHost: live\r\nUpgrade: websocket\r\n\r\n`;

function masked(text: string): Buffer {
  const mask = [1, 2, 3, 4];
  const bytes = Buffer.from(text).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x82, 0x80 | text.length, ...mask]), bytes]);
}

test('segments that come twice, late or over the turn of the numbers are put in order', () => {
  const stream = new TcpStream();
  const start = 2 ** 32 - 4;
  stream.begin(start - 1);
  stream.add(start + 3, Buffer.from('defg'));
  stream.add(start, Buffer.from('abc'));
  stream.add(start, Buffer.from('abcd'));
  stream.add(3, Buffer.from('hi'));
  expect(stream.bytes().toString()).toBe('abcdefghi');
});

test('a token that is cut in two on the way to a database is found, and one on the frames’ socket may be there', async () => {
  const token = newToken();
  const { places, ofSession } = await heard(token, [
    { from: 5000, to: 3001, sequence: 9, text: '', begins: true },
    { from: 5000, to: 3001, sequence: 10, text: asks('/frames?v=1') },
    { from: 3001, to: 5000, sequence: 20, text: `sealed ${token}` },
    { from: 3003, to: 5001, sequence: 1, text: `page ${token}` },
  ]);
  expect(places).toEqual([]);
  expect(ofSession).toBeGreaterThan(token.length);
  const inOrder = await heard(token, [
    { from: 5002, to: 5432, sequence: 9, text: '', begins: true },
    { from: 5002, to: 5432, sequence: 15, text: token.slice(5) },
    { from: 5002, to: 5432, sequence: 10, text: token.slice(0, 5) },
  ]);
  expect(inOrder.places).toEqual(['tcp 5002 to 5432']);
});

test('signalling is no socket for frames, and a mask hides nothing on it', async () => {
  const token = newToken();
  const clear = await heard(token, [
    { from: 5000, to: 3001, sequence: 1, text: asks('/socket.io/') },
    { from: 3001, to: 5000, sequence: 1, text: token },
  ]);
  expect(clear.places).toEqual(['tcp 3001 to 5000']);
  const head = asks('/socket.io/');
  const hidden = await heard(token, [
    { from: 5000, to: 3001, sequence: 1, text: head },
    { from: 5000, to: 3001, sequence: 1 + head.length, text: masked(token) },
  ]);
  expect(hidden.places).toEqual(['tcp 5000 to 3001']);
});

test('a capture that has not heard its own sign breaks a rule itself', async () => {
  const network = new HeardNetwork();
  network.isDeaf = true;
  const { findings } = await network.scan(new TextFinder([]), ports);
  expect(findings.map(({ trace }) => trace)).toEqual([
    { kind: 'rule', rule: 'the capture did not hear its own sign at its end' },
  ]);
});

test('what is neither TCP nor UDP is searched as it is', async () => {
  const token = newToken();
  const icmp = 1;
  const { places } = await heard(token, [
    { from: ports.pagePorts[0] ?? 0, to: 3001, sequence: 0, text: `quoted ${token}`, protocol: icmp },
  ]);
  expect(places).toEqual(['neither tcp nor udp']);
});
