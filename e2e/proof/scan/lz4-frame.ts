/** Reads an LZ4 frame as far as it goes: what stands before a break comes out as well. */

import { LimitMet, type Unpacked, UnpackedOutput, type UnpackLimits } from './unpacked.js';

const HEADER_BYTES = 7;
const MIN_MATCH = 4;
const UNCOMPRESSED = 0x80000000;
const MAX_BLOCK_BYTES = 8 * 1024 * 1024;

interface FrameHeader {
  readonly bytes: number;
  readonly hasBlockSums: boolean;
  readonly hasContentSum: boolean;
}

export function unpackLz4(packed: Uint8Array, limits: UnpackLimits): Unpacked | undefined {
  const header = readHeader(packed);
  if (!header) return undefined;
  const output = new UnpackedOutput(limits);
  try {
    const consumed = readBlocks(packed, header, output);
    return output.unpacked(Math.min(consumed, packed.length), consumed > packed.length);
  } catch (error) {
    if (error instanceof LimitMet) return output.unpacked(0);
    throw error;
  }
}

function readHeader(packed: Uint8Array): FrameHeader | undefined {
  const flags = packed[4] ?? 0;
  const block = packed[5] ?? 0;
  const isFrame = flags >>> 6 === 1 && (flags & 0x02) === 0 && (block & 0x8f) === 0 && block >>> 4 >= 4;
  if (!isFrame) return undefined;
  const bytes = HEADER_BYTES + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0);
  return { bytes, hasBlockSums: (flags & 0x10) !== 0, hasContentSum: (flags & 0x04) !== 0 };
}

/** Returns how much the frame takes: nought when it is broken, more than there is when it is cut off. */
function readBlocks(packed: Uint8Array, header: FrameHeader, output: UnpackedOutput): number {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  let at = header.bytes;
  while (at + 4 <= packed.length) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return at + (header.hasContentSum ? 4 : 0);
    const length = size % UNCOMPRESSED;
    if (length > MAX_BLOCK_BYTES) return 0;
    const block = packed.subarray(at, at + length);
    if (size >= UNCOMPRESSED) output.put(block);
    else if (!readBlock(block, output)) return 0;
    at += length + (header.hasBlockSums ? 4 : 0);
  }
  return packed.length + 1;
}

/** Literals, then a match, and so on until the block is used up; false when it is no such block. */
function readBlock(block: Uint8Array, output: UnpackedOutput): boolean {
  let at = 0;
  while (at < block.length) {
    const token = block[at] ?? 0;
    const literals = readLength(block, at + 1, token >>> 4);
    output.put(block.subarray(literals.next, literals.next + literals.length));
    at = literals.next + literals.length;
    if (at + 2 > block.length) return at === block.length;
    const distance = (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8);
    const match = readLength(block, at + 2, token & 0x0f);
    if (!output.repeat(distance, match.length + MIN_MATCH)) return false;
    at = match.next;
  }
  return true;
}

/** Four bits, and when they are all set as many more bytes as are full. */
function readLength(block: Uint8Array, start: number, nibble: number): { length: number; next: number } {
  let length = nibble;
  let next = start;
  if (nibble < 15) return { length, next };
  let byte = 255;
  while (byte === 255 && next < block.length) {
    byte = block[next] ?? 0;
    length += byte;
    next += 1;
  }
  return { length, next };
}
