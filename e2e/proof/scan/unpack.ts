/** Takes compressed streams apart under limits, and gives what stands before a break in them as well. */

import { brotliDecompressSync, constants } from 'node:zlib';
import { Decompress, ZstdErrorCode } from 'fzstd';
import { Inflate } from 'pako';
import { unpackLz4 } from './lz4-frame.js';
import { LimitMet, type Unpacked, UnpackedOutput, type UnpackLimits } from './unpacked.js';

export type StreamKind = 'gzip' | 'zlib' | 'raw deflate' | 'zstd' | 'lz4' | 'brotli';

const SYNC_FLUSH = 2;
/** Small pieces let the limits bite early. */
const PIECE_BYTES = 16 * 1024;
const CHUNK_BYTES = 16 * 1024;
const MAX_WINDOW_BYTES = 64 * 1024 * 1024;
/** A brotli stream is not read past this, since it can only be read whole. */
const MAX_BROTLI_INPUT = 1024 * 1024;
/** Nearly everything that is not brotli breaks within these. */
const BROTLI_TRIAL_BYTES = 128;

export function unpack(kind: StreamKind, packed: Uint8Array, limits: UnpackLimits): Unpacked | undefined {
  switch (kind) {
    case 'gzip':
    case 'zlib':
      return inflate(packed, limits, {});
    case 'raw deflate':
      return inflate(packed, limits, { raw: true });
    case 'zstd':
      return unpackZstd(packed, limits);
    case 'lz4':
      return unpackLz4(packed, limits);
    case 'brotli':
      return unpackBrotli(packed, limits);
  }
}

function inflate(packed: Uint8Array, limits: UnpackLimits, options: { raw?: boolean }): Unpacked {
  const output = new UnpackedOutput(limits);
  const stream = new Inflate({ ...options, chunkSize: CHUNK_BYTES });
  stream.onData = (chunk) => output.put(chunk);
  let rest = () => new Uint8Array(0);
  let consumed = () => 0;
  stream.onStart = (state) => {
    // What a broken stream had put out before the break is left in here.
    rest = () => new Uint8Array(state.output?.subarray(0, state.next_out) ?? []);
    consumed = () => state.total_in;
  };
  try {
    for (let at = 0; at < packed.length && !stream.ended; at += PIECE_BYTES) {
      stream.push(packed.subarray(at, at + PIECE_BYTES), SYNC_FLUSH);
    }
    if (stream.ended && stream.err !== 0) output.put(rest());
  } catch (error) {
    if (!(error instanceof LimitMet)) throw error;
  }
  return output.unpacked(stream.ended && stream.err === 0 ? consumed() : 0, !stream.ended);
}

function unpackZstd(packed: Uint8Array, limits: UnpackLimits): Unpacked | undefined {
  const output = new UnpackedOutput(limits);
  if (zstdWindowBytes(packed) > MAX_WINDOW_BYTES)
    return { bytes: new Uint8Array(0), consumed: 0, limitMet: 'window' };
  const stream = new Decompress((chunk) => output.put(chunk));
  try {
    stream.push(packed, true);
  } catch (error) {
    // A limit, which the output remembers; or what follows the stream and is none; or the end of the medium.
    const isCutOff = error instanceof Error && 'code' in error && error.code === ZstdErrorCode.UnexpectedEOF;
    return output.unpacked(0, isCutOff);
  }
  return output.unpacked(packed.length);
}

/** The library would make room for whatever the header asks. */
function zstdWindowBytes(packed: Uint8Array): number {
  const flags = packed[4] ?? 0;
  if ((flags & 0x20) === 0) {
    const descriptor = packed[5] ?? 0;
    const base = 2 ** (10 + (descriptor >>> 3));
    return base + (base / 8) * (descriptor & 7);
  }
  const at = 5 + ([0, 1, 2, 4][flags & 3] ?? 0);
  const size = packed.subarray(at, at + 2 ** (flags >>> 6));
  return size.reduce((sum, byte, place) => sum + byte * 2 ** (8 * place), 0);
}

/** Without a magic number and without partial results: the longest beginning that can be read is found by halving. */
function unpackBrotli(packed: Uint8Array, limits: UnpackLimits): Unpacked | undefined {
  const input = packed.subarray(0, MAX_BROTLI_INPUT);
  const beginning = readBrotli(input.subarray(0, BROTLI_TRIAL_BYTES), limits);
  if (beginning === 'broken') return undefined;
  const whole = readBrotli(input, limits);
  if (whole !== 'broken' && whole !== 'full') return { bytes: whole, consumed: 0 };
  let best: Uint8Array | undefined;
  let limitMet = whole === 'full';
  let [good, bad] = [0, input.length];
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    const read = readBrotli(input.subarray(0, middle), limits);
    if (read === 'broken' || read === 'full') {
      bad = middle;
      limitMet = read === 'full';
    } else {
      good = middle;
      best = read;
    }
  }
  if (!best) return undefined;
  return limitMet ? { bytes: best, consumed: 0, limitMet: 'bytes' } : { bytes: best, consumed: 0 };
}

function readBrotli(packed: Uint8Array, limits: UnpackLimits): Uint8Array | 'broken' | 'full' {
  const { stackTraceLimit } = Error;
  // Nearly every trial ends with an error, and to say where costs more than the trial.
  Error.stackTraceLimit = 0;
  try {
    return brotliDecompressSync(packed, {
      finishFlush: constants.BROTLI_OPERATION_FLUSH,
      maxOutputLength: limits.maxBytes,
    });
  } catch (error) {
    const isFull = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return isFull ? 'full' : 'broken';
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
