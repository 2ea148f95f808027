/** Raw deflate: one stream per epoch with a sync flush per frame, and one-shot for what stands on its own. */

import { Deflate } from 'pako';
import type { Bytes } from './bytes.js';
import { concatBytes } from './bytes.js';

const LEVEL = 6;
const SYNC_FLUSH = 2;
/** After each flush pako takes a fresh output chunk, and most frames are far smaller than its default one. */
const STREAM_CHUNK_BYTES = 2048;
const SLICE_BYTES = 64 * 1024;
/** What a sync flush ends with, always: it is left out of the frames, and put back before inflating. */
export const FLUSH_END: Bytes = Uint8Array.of(0, 0, 0xff, 0xff);

/** The compression context of one epoch. */
export class DeflateStream {
  readonly #deflate = new Deflate({ raw: true, level: LEVEL, chunkSize: STREAM_CHUNK_BYTES });
  #output: Bytes[] = [];

  constructor() {
    this.#deflate.onData = (chunk) => {
      this.#output.push(chunk);
    };
  }

  /** What a receiver needs to inflate exactly up to the end of `plain`. */
  push(plain: Bytes): Bytes {
    if (!this.#deflate.push(plain, SYNC_FLUSH)) throw new Error('The deflate stream broke.');
    const output = concatBytes(...this.#output);
    this.#output = [];
    if (!endsWith(output, FLUSH_END)) throw new Error('The deflate stream did not flush.');
    return output.subarray(0, -FLUSH_END.byteLength);
  }
}

function endsWith(bytes: Bytes, end: Bytes): boolean {
  const from = bytes.byteLength - end.byteLength;
  return from >= 0 && end.every((byte, at) => bytes[from + at] === byte);
}

/** Deflates on its own; between slices of the input it waits for `pause`, where one is given. */
export async function deflateWhole(plain: Bytes, pause?: () => Promise<void>): Promise<Bytes> {
  const deflate = new Deflate({ raw: true, level: LEVEL });
  for (let at = 0; at + SLICE_BYTES < plain.byteLength; at += SLICE_BYTES) {
    deflate.push(plain.subarray(at, at + SLICE_BYTES), false);
    if (pause !== undefined) await pause();
  }
  const rest = plain.byteLength - (plain.byteLength % SLICE_BYTES || SLICE_BYTES);
  if (!deflate.push(plain.subarray(Math.max(0, rest)), true)) throw new Error('Deflating failed.');
  return deflate.result;
}
