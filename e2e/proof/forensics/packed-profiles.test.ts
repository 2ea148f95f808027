/** What Chromium packs away is found again: a block under snappy, a key in two halves, a record over two blocks, a body under brotli. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newToken } from '../scan/new-canary.js';
import { scanPackedProfiles } from './packed-profiles.js';
import { unsnappy } from './snappy.js';
import { TextFinder } from './text-finder.js';

let profiles: string;
beforeEach(async () => {
  profiles = await mkdtemp(join(tmpdir(), 'alongside-proof-test-'));
});
afterEach(() => rm(profiles, { recursive: true, force: true }));

async function isFound(token: string, name: string, file: Buffer): Promise<boolean> {
  await writeFile(join(profiles, name), file);
  const { findings } = await scanPackedProfiles(new TextFinder([token]), profiles);
  return findings.length > 0;
}

const varint = (value: number) => (value < 128 ? [value] : [(value & 127) | 128, value >> 7]);
const literal = (text: string) => Buffer.from([(text.length - 1) << 2, ...Buffer.from(text)]);

/** Of two entries whose second key shares four bytes with the first. */
function block(first: string, rest: string, value: string): Buffer {
  const entry = (shared: number, key: string, content: string) =>
    Buffer.concat([
      Buffer.from([...varint(shared), ...varint(key.length), ...varint(content.length)]),
      Buffer.from(key + content),
    ]);
  return Buffer.concat([
    entry(0, first, 'one'),
    entry(4, rest, value),
    Buffer.from([0, 0, 0, 0, 1, 0, 0, 0]),
  ]);
}

function table(data: Buffer, packed: number): Buffer {
  const handle = Buffer.from([...varint(0), ...varint(data.length)]);
  const index = Buffer.concat([
    Buffer.from([0, 1, handle.length]),
    Buffer.from('k'),
    handle,
    Buffer.from([0, 0, 0, 0, 1, 0, 0, 0]),
  ]);
  const indexAt = data.length + 5;
  const footer = Buffer.alloc(48);
  footer.set([...varint(0), ...varint(0), ...varint(indexAt), ...varint(index.length)]);
  footer.set(Buffer.from('57fb808b247547db', 'hex'), 40);
  return Buffer.concat([
    data,
    Buffer.from([packed, 0, 0, 0, 0]),
    index,
    Buffer.from([0, 0, 0, 0, 0]),
    footer,
  ]);
}

test('snappy gives back copies of what came before, and refuses what is no block of it', () => {
  const packed = Buffer.concat([Buffer.from([10]), literal('ab'), Buffer.from([((8 - 4) << 2) | 1, 2])]);
  expect(unsnappy(packed, 100)?.toString()).toBe('ababababab');
  expect(unsnappy(packed, 5)).toBeUndefined();
  expect(unsnappy(Buffer.from([200, 1, 0xff, 0xff]), 1000)).toBeUndefined();
});

test('a key in two halves and a value under snappy are whole again', async () => {
  const token = newToken();
  const plain = block(token.slice(0, 4), token.slice(4), 'x');
  expect(await isFound(token, '000005.ldb', table(plain, 0))).toBe(true);
  const inValue = block('abcd', 'e', token);
  const text = inValue.toString('latin1');
  const packed = Buffer.concat([
    Buffer.from(varint(inValue.length)),
    ...[...text].map((letter) => literal(letter)),
  ]);
  expect(packed.includes(token)).toBe(false);
  expect(await isFound(token, '000005.ldb', table(packed, 1))).toBe(true);
  expect(await isFound(newToken(), '000005.ldb', table(packed, 1))).toBe(false);
});

test('a record of the log that is cut in two is whole again', async () => {
  const token = newToken();
  const piece = (kind: number, text: string) => {
    const head = Buffer.alloc(7);
    head.writeUInt16LE(text.length, 4);
    head.writeUInt8(kind, 6);
    return Buffer.concat([head, Buffer.from(text)]);
  };
  const first = piece(2, `${'x'.repeat(32_768 - 7 - 10)}${token.slice(0, 10)}`);
  expect(await isFound(token, '000003.log', Buffer.concat([first, piece(4, token.slice(10))]))).toBe(true);
});

test('a body of the cache under brotli is unpacked', async () => {
  const token = newToken();
  const head = Buffer.alloc(24);
  head.set(Buffer.from('305c72a71b6dfbfc', 'hex'));
  head.writeUInt32LE(3, 12);
  const end = Buffer.concat([Buffer.from('d8410d97456ffaf4', 'hex'), Buffer.alloc(16)]);
  const headers = Buffer.from('HTTP/1.1 200\0content-encoding:br\0');
  const body = brotliCompressSync(`${token} of a page ${'and more '.repeat(20)}`);
  expect(
    await isFound(token, 'a_0', Buffer.concat([head, Buffer.from('key'), body, end, headers, end])),
  ).toBe(true);
});
