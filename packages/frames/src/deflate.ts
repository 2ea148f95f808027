/** Raw deflate: one stream per epoch with a sync flush per frame, and one-shot for what stands on its own. */

import { BitWriter } from './bit-writer.js';
import type { Bytes } from './bytes.js';
import { writeBlock } from './deflate-block.js';
import { BLOCK_BYTES, MatchFinder } from './match-finder.js';

const SLICE_BYTES = 64 * 1024;
/** What a sync flush ends with, always: it is left out of the frames, and put back before inflating. */
export const FLUSH_END: Bytes = Uint8Array.of(0, 0, 0xff, 0xff);

/**
 * The compression context of one epoch. It is written here since the browser's own deflate cannot flush, and others
 * are several times as long as what a frame needs of them.
 */
export class DeflateStream {
  readonly #matches = new MatchFinder();
  readonly #out = new BitWriter();

  /** What a receiver needs to inflate exactly up to the end of `plain`. */
  push(plain: Bytes): Bytes {
    for (let at = 0; at < plain.byteLength; at += BLOCK_BYTES) {
      writeBlock(this.#out, this.#matches.read(plain.subarray(at, at + BLOCK_BYTES)));
    }
    // The flush: an empty block of stored bytes, whose length begins with the next byte.
    this.#out.put(0, 3);
    return this.#out.take();
  }
}

/** Deflates on its own; between slices of the input it waits for `pause`, where one is given. */
export async function deflateWhole(plain: Bytes, pause?: () => Promise<void>): Promise<Bytes> {
  const { readable, writable } = new CompressionStream('deflate-raw');
  const [whole] = await Promise.all([
    new Response(readable).arrayBuffer(),
    writeSlices(writable, plain, pause),
  ]);
  return new Uint8Array(whole);
}

/** The browser deflates what it is given at once, on the thread that gives it. */
async function writeSlices(
  writable: WritableStream<BufferSource>,
  plain: Bytes,
  pause?: () => Promise<void>,
): Promise<void> {
  const writer = writable.getWriter();
  for (let at = 0; at < plain.byteLength; at += SLICE_BYTES) {
    if (at > 0) await pause?.();
    await writer.write(plain.subarray(at, at + SLICE_BYTES));
  }
  await writer.close();
}
