/** Pieces of voice and picture are found like sealed bodies: whole, in part, packed and written in another form. */

import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { MediaBody } from '../wanted.js';
import { at, Chance } from './planted.js';
import { Scanner } from './scanner.js';

const chance = new Chance(21);

function newMedia(): readonly MediaBody[] {
  const body = (kind: MediaBody['kind'], bytes: Uint8Array) =>
    ({ who: 'visitor', way: 'sent', kind, bytes }) as const;
  const voices = Array.from({ length: 300 }, () => body('voice', chance.bytes(40 + chance.next(60))));
  const pictures = Array.from({ length: 40 }, () => body('picture', chance.bytes(200 + chance.next(2000))));
  const packets = Array.from({ length: 300 }, () => body('packet', chance.bytes(60 + chance.next(1100))));
  return [...voices, ...pictures, ...packets];
}

function found(media: readonly MediaBody[], medium: Uint8Array): readonly (number | undefined)[] {
  const scanner = new Scanner({ canaries: [], bodies: [], keys: [], media }, []);
  scanner.scanBytes(medium, at);
  return scanner.findings.map(({ trace }) => (trace.kind === 'media' ? trace.body : undefined));
}

test('every packet that is written whole is found', () => {
  const media = newMedia();
  const scanner = new Scanner({ canaries: [], bodies: [], keys: [], media }, []);
  for (const [body, { bytes, kind }] of media.entries()) {
    const medium = Buffer.concat([chance.bytes(chance.next(40)), bytes, chance.bytes(20)]);
    scanner.scanBytes(medium, { ...at, place: `${body}` });
    expect(scanner.findings.at(-1)).toMatchObject({ place: `${body}`, trace: { of: kind, body } });
  }
  expect(scanner.findings).toHaveLength(media.length);
});

test('any twelve bytes of one are enough, and what they are of is told', () => {
  const media = newMedia();
  const [body, { bytes, kind }] = [320, media[320] ?? { bytes: Buffer.alloc(0), kind: 'packet' }];
  for (let from = 0; from + 12 <= Math.min(bytes.length, 60); from += 1) {
    const scanner = new Scanner({ canaries: [], bodies: [], keys: [], media }, []);
    scanner.scanBytes(Buffer.concat([Buffer.alloc(31, 65), bytes.subarray(from, from + 12)]), at);
    expect(scanner.findings[0]?.trace).toEqual({ kind: 'media', of: kind, body });
  }
});

test('one is found in Base64, in hex and in a compressed file', () => {
  const media = newMedia();
  const packet = Buffer.from(media[7]?.bytes ?? []);
  expect(found(media, Buffer.from(`x${packet.toString('base64')}`))).toEqual([7]);
  expect(found(media, Buffer.from(packet.toString('hex')))).toEqual([7]);
  expect(found(media, gzipSync(Buffer.concat([Buffer.alloc(500), packet])))).toEqual([7]);
});

test('what was sent and received is sought once, and nothing is found in other bytes', () => {
  const [first] = newMedia();
  if (first === undefined) throw new Error('There is no media.');
  const media: readonly MediaBody[] = [first, { ...first, who: 'agent', way: 'received' }];
  expect(found(media, first.bytes)).toEqual([0]);
  expect(found(media, chance.bytes(500_000))).toEqual([]);
});
