/** Finds where compressed streams may begin in a medium, by their magic numbers and what must follow them. */

import { crc32 } from 'node:zlib';
import { mayBeFixedBlock } from './fixed-block.js';
import type { StreamKind } from './unpack.js';

export interface StreamStart {
  readonly kind: StreamKind;
  readonly at: number;
}

/** Formats that are recognized and cannot be read here: the report says so instead of passing over them. */
export type UnreadKind = 'xz' | 'bzip2';

const [MAGIC, ZLIB] = [1, 2];
const firsts = new Uint8Array(256);
for (const first of [0x1f, 0x28, 0x04, 0x50]) firsts[first] = MAGIC;
// Zlib's first byte names the size of its window, and one of them is the beginning of another magic number.
for (let window = 0; window < 8; window += 1)
  firsts[(window << 4) | 0x08] = (firsts[(window << 4) | 0x08] ?? 0) | ZLIB;

const XZ = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const BZIP2_BLOCK = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
const ZIP_HEADER_BYTES = 30;
/** What is shorter cannot hold a piece that counts. */
const MIN_STREAM_BYTES = 12;

/** The next beginning at or after `from`. */
export function nextStream(medium: Uint8Array, from: number, to: number): StreamStart | undefined {
  const table = firsts;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    // Four at a time: most bytes begin nothing.
    const any =
      (table[medium[at] as number] as number) |
      (table[medium[at + 1] as number] as number) |
      (table[medium[at + 2] as number] as number) |
      (table[medium[at + 3] as number] as number);
    const start = any === 0 ? undefined : firstStream(medium, at, at + 4);
    if (start) return start;
  }
  return firstStream(medium, at, to);
}

function firstStream(medium: Uint8Array, from: number, to: number): StreamStart | undefined {
  for (let at = from; at < to; at += 1) {
    const first = firsts[medium[at] as number] as number;
    if (first === 0) continue;
    const start =
      (first & MAGIC ? magicAt(medium, at) : undefined) ?? (first & ZLIB ? zlibAt(medium, at) : undefined);
    if (start) return start;
  }
  return undefined;
}

/** Where a format that cannot be read begins, if one does. */
export function unreadStream(medium: Uint8Array, from: number, to: number): UnreadKind | undefined {
  const bytes = Buffer.from(medium.buffer, medium.byteOffset + from, to - from);
  if (hasXz(bytes)) return 'xz';
  const block = bytes.indexOf(Buffer.from(BZIP2_BLOCK));
  return block >= 4 && bytes.toString('latin1', block - 4, block - 1) === 'BZh' ? 'bzip2' : undefined;
}

/** Programs that know the format hold its magic as well; a stream goes on with two flags and their checksum. */
function hasXz(bytes: Buffer): boolean {
  const magic = Buffer.from(XZ);
  for (let at = bytes.indexOf(magic); at !== -1; at = bytes.indexOf(magic, at + 1)) {
    const flags = at + magic.length;
    if (
      flags + 6 > bytes.length ||
      bytes.readUInt32LE(flags + 2) === crc32(bytes.subarray(flags, flags + 2))
    ) {
      return true;
    }
  }
  return false;
}

function magicAt(medium: Uint8Array, at: number): StreamStart | undefined {
  const [a, b, c, d] = [medium[at], medium[at + 1], medium[at + 2], medium[at + 3] ?? 0];
  if (at + MIN_STREAM_BYTES > medium.length) return undefined;
  if (a === 0x1f && b === 0x8b && c === 0x08 && (d & 0xe0) === 0) return { kind: 'gzip', at };
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return { kind: 'zstd', at };
  if (a === 0x04 && b === 0x22 && c === 0x4d && d === 0x18) return { kind: 'lz4', at };
  if (a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04) return zipEntryAt(medium, at);
  return undefined;
}

/** Deflate in an archive has no magic of its own: it begins behind the entry's name. */
function zipEntryAt(medium: Uint8Array, at: number): StreamStart | undefined {
  const word = (offset: number) => (medium[at + offset] ?? 0) | ((medium[at + offset + 1] ?? 0) << 8);
  if (word(8) !== 8) return undefined;
  return { kind: 'raw deflate', at: at + ZIP_HEADER_BYTES + word(26) + word(28) };
}

/** Two bytes are weak magic: what follows has to begin like a deflated block as well. */
function zlibAt(medium: Uint8Array, at: number): StreamStart | undefined {
  const method = medium[at] ?? 0;
  const flags = medium[at + 1] ?? 0;
  if (((method << 8) | flags) % 31 !== 0 || (flags & 0x20) !== 0) return undefined;
  return isDeflate(medium, at + 2) ? { kind: 'zlib', at } : undefined;
}

/** Whether bytes can begin a deflated block: all but a few random ones cannot. */
export function isDeflate(medium: Uint8Array, at: number): boolean {
  const type = ((medium[at] ?? 0) >>> 1) & 3;
  if (type === 3) return false;
  if (type === 1) return mayBeFixedBlock(medium, at);
  if (type === 0) {
    const word = (offset: number) => (medium[at + offset] ?? 0) | ((medium[at + offset + 1] ?? 0) << 8);
    return word(1) === (word(3) ^ 0xffff);
  }
  return hasCompleteCode(medium, at);
}

/** The lengths of the code that describes the other codes have to fill it exactly. */
function hasCompleteCode(medium: Uint8Array, at: number): boolean {
  const bitsFrom = (bit: number, count: number) => {
    const byte = at + (bit >>> 3);
    const word = (medium[byte] ?? 0) | ((medium[byte + 1] ?? 0) << 8);
    return (word >>> (bit & 7)) & ((1 << count) - 1);
  };
  if (bitsFrom(3, 5) > 29 || bitsFrom(8, 5) > 29) return false;
  const lengths = bitsFrom(13, 4) + 4;
  let filled = 0;
  for (let index = 0; index < lengths; index += 1) {
    const length = bitsFrom(17 + 3 * index, 3);
    if (length > 0) filled += 128 >>> length;
  }
  return filled === 128;
}
