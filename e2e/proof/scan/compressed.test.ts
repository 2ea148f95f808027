import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { at, Chance, formsFound, newScanner, sealedBytes, token } from './planted.js';
import { defaultLimits } from './scan-limits.js';
import { Scanner } from './scanner.js';
import { unpack } from './unpack.js';

const text = `{"text":"${'words that repeat themselves, '.repeat(30)}${token}"}`;

/** As the formats' own tools write `text`: Node 20 has neither. */
const zstdSample =
  'KLUv/WSnAlUCABQEeyJ0ZXh0Ijoid29yZHMgdGhhdCByZXBlYXQgdGhlbXNlbHZlcywgcTd3M2U5cjF0NXk4dTJpNG82cDBhMXMyIn0BAB8bKvUEN4jSxQ==';
const lz4Sample =
  'BCJNGGRAp0sAAAD/GHsidGV4dCI6IndvcmRzIHRoYXQgcmVwZWF0IHRoZW1zZWx2ZXMsIB4A////VvALcTd3M2U5cjF0NXk4dTJpNG82cDBhMXMyIn0AAAAAH+Sl0A==';

const ZSTD_BLOCK_BYTES = 256;

/** One segment, its length in four bytes, and blocks that are not compressed. */
function zstdOf(content: Buffer): Buffer {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0]);
  header.writeUInt32LE(content.length, 5);
  const parts: Buffer[] = [header];
  for (let from = 0; from < content.length; from += ZSTD_BLOCK_BYTES) {
    const block = content.subarray(from, from + ZSTD_BLOCK_BYTES);
    const head = Buffer.alloc(3);
    const isLast = from + ZSTD_BLOCK_BYTES >= content.length;
    head.writeUIntLE((block.length << 3) | (isLast ? 1 : 0), 0, 3);
    parts.push(head, block);
  }
  return Buffer.concat(parts);
}

/** A block with literals and matches, as an encoder without much ambition writes it. */
function lz4Of(content: Buffer): Buffer {
  const parts: Buffer[] = [];
  let literalFrom = 0;
  const seen = new Map<number, number>();
  const sequence = (literals: Buffer, match?: { distance: number; length: number }) => {
    const over = (length: number, bytes: number[]) => {
      let rest = length - 15;
      while (rest >= 255) rest -= bytes.push(255) && 255;
      bytes.push(rest);
    };
    const more = match ? match.length - 4 : 0;
    const head = [(Math.min(15, literals.length) << 4) | Math.min(15, more)];
    if (literals.length >= 15) over(literals.length, head);
    parts.push(Buffer.from(head), literals);
    if (!match) return;
    const tail = [match.distance & 0xff, match.distance >>> 8];
    if (more >= 15) over(more, tail);
    parts.push(Buffer.from(tail));
  };
  let place = 0;
  while (place + 12 < content.length) {
    const gram = content.readUInt32LE(place);
    const before = seen.get(gram);
    seen.set(gram, place);
    if (before === undefined || place - before > 0xffff) {
      place += 1;
      continue;
    }
    let length = 4;
    while (place + length + 5 < content.length && content[before + length] === content[place + length])
      length += 1;
    sequence(content.subarray(literalFrom, place), { distance: place - before, length });
    place += length;
    literalFrom = place;
  }
  sequence(content.subarray(literalFrom));
  const block = Buffer.concat(parts);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(block.length);
  return Buffer.concat([
    Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]),
    size,
    block,
    Buffer.alloc(4),
  ]);
}

function zipOf(content: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50);
  header.writeUInt16LE(8, 8);
  const name = Buffer.from('entry.txt');
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name, deflateRawSync(content)]);
}

const packers: readonly (readonly [string, (content: Buffer) => Buffer])[] = [
  ['gzip', (content) => gzipSync(content)],
  ['zlib', (content) => deflateSync(content)],
  ['lz4', lz4Of],
  ['zstd', zstdOf],
];
const noise = new Chance(11).bytes(3000);

describe('compressed streams', () => {
  it.each(packers)('finds a canary in %s anywhere', (kind, pack) => {
    const packed = pack(Buffer.from(text));
    expect(formsFound(packed)).toContain(`${kind} > utf-8`);
    expect(formsFound(Buffer.concat([noise, packed, noise]))).toContain(`${kind} > utf-8`);
  });

  it.each(packers)('finds sealed bytes in %s', (_, pack) => {
    expect(formsFound(pack(Buffer.concat([Buffer.from(text), sealedBytes])))).toContain('sealed');
  });

  it('reads what the tools of Zstandard and LZ4 write', () => {
    for (const [kind, sample] of [
      ['zstd', zstdSample],
      ['lz4', lz4Sample],
    ] as const) {
      const packed = Buffer.from(sample, 'base64');
      expect(unpack(kind, packed, { maxBytes: 10_000, maxMs: 1000 })?.bytes).toEqual(
        new Uint8Array(Buffer.from(text)),
      );
    }
  });

  it('reads archives, and brotli and bare deflate at the beginning of a value', () => {
    expect(formsFound(Buffer.concat([noise, zipOf(Buffer.from(text))]))).toContain('raw deflate > utf-8');
    expect(formsFound(deflateRawSync(text))).toContain('raw deflate > utf-8');
    expect(formsFound(brotliCompressSync(text))).toContain('brotli > utf-8');
    const written = brotliCompressSync(text).toString('base64');
    expect(formsFound(Buffer.from(`{"value":"${written}"}`))).toContain('base64 > brotli > utf-8');
  });

  it('reads deflate with small windows, with the fixed code and without compression', () => {
    for (const options of [{ windowBits: 9 }, { strategy: 4 }, { level: 0 }, { level: 1 }, { level: 9 }]) {
      const packed = Buffer.concat([noise, deflateSync(text, options)]);
      expect(formsFound(packed), JSON.stringify(options)).toContain('zlib > utf-8');
    }
  });

  it.each(packers)('gives what stands before a break in %s', (kind, pack) => {
    const packed = pack(Buffer.concat([Buffer.from(text), new Chance(3).bytes(2000)]));
    expect(formsFound(packed.subarray(0, packed.length - 600))).toContain(`${kind} > utf-8`);
    const broken = Buffer.concat([packed.subarray(0, packed.length - 600), Buffer.alloc(900, 0xff)]);
    expect(formsFound(broken)).toContain(`${kind} > utf-8`);
  });

  it('gives what stands before a break in brotli', () => {
    const packed = brotliCompressSync(Buffer.concat([Buffer.from(text), new Chance(3).bytes(20_000)]));
    packed.fill(0xff, packed.length - 9_000);
    expect(formsFound(packed)).toContain('brotli > utf-8');
  });

  it('takes three layers apart, and notes a fourth', () => {
    const scanner = newScanner();
    const layers = (count: number) => {
      let packed: Buffer = Buffer.from(text);
      for (let layer = 0; layer < count; layer += 1) packed = gzipSync(packed);
      return packed;
    };
    expect(formsFound(layers(3))).toContain('gzip > gzip > gzip > utf-8');
    expect(formsFound(zstdOf(lz4Of(deflateSync(text))))).toContain('zstd > lz4 > zlib > utf-8');
    scanner.scanBytes(layers(4), at);
    expect(scanner.findings).toEqual([]);
    expect(scanner.notes.map(({ note }) => note)).toEqual(['a gzip stream lies deeper than 3 others']);
  });

  const tight = { ...defaultLimits, streamBytes: 10_000, totalBytes: 50_000 };
  const notesOf = (medium: Buffer) => {
    const scanner = new Scanner({ canaries: [{ channel: 'text', token }], bodies: [], keys: [] }, [], tight);
    scanner.scanBytes(medium, at);
    return { found: scanner.findings.length, notes: scanner.notes.map(({ note }) => note).sort() };
  };

  it('notes a bomb and what it cannot read, and goes on', () => {
    const xz = Buffer.from('fd377a585a000004e6d6b446', 'hex');
    const medium = Buffer.concat([gzipSync(Buffer.alloc(1_000_000)), xz, Buffer.from(token)]);
    const notes = ['a gzip stream met the limit of bytes', 'holds xz, which is not taken apart'];
    expect(notesOf(medium)).toEqual({ found: 1, notes });
  });

  it('notes more bombs than it has time for, and ends', () => {
    const bomb = gzipSync(Buffer.alloc(9_000));
    const medium = Buffer.concat([...Array.from({ length: 40 }, () => bomb), Buffer.from(token)]);
    const notes = [
      'a gzip stream met the limit of bytes',
      'holds more compressed bytes than are taken apart',
    ];
    expect(notesOf(medium)).toEqual({ found: 1, notes });
  });

  it('refuses a window that would take all memory', () => {
    const packed = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8]), noise]);
    expect(unpack('zstd', packed, { maxBytes: 1000, maxMs: 1000 })?.limitMet).toBe('window');
  });

  it('keeps to its limits in every format', () => {
    const limits = { maxBytes: 100, maxMs: 1000 };
    for (const [kind, pack] of packers) {
      if (kind !== 'gzip' && kind !== 'zlib' && kind !== 'lz4' && kind !== 'zstd') throw new Error(kind);
      const unpacked = unpack(kind, pack(Buffer.from(text)), limits);
      expect([kind, unpacked?.bytes.length, unpacked?.limitMet]).toEqual([kind, 100, 'bytes']);
    }
  });
});
