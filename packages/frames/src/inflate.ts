/** Inflating under limits: what comes out may be exactly as long as the sealed body said, and not a byte more. */

import { Inflate } from 'pako';
import type { Bytes } from './bytes.js';
import { FLUSH_END } from './deflate.js';

const SYNC_FLUSH = 2;
/** Small chunks keep what a bomb can make us allocate before it is noticed small as well. */
const CHUNK_BYTES = 16 * 1024;

class InflatedTooFar extends Error {}

class BoundedInflate {
  readonly #inflate = new Inflate({ raw: true, chunkSize: CHUNK_BYTES });
  #output: Bytes = new Uint8Array(0);
  #length = 0;

  constructor() {
    this.#inflate.onData = (chunk) => {
      if (this.#length + chunk.byteLength > this.#output.byteLength) throw new InflatedTooFar();
      this.#output.set(chunk, this.#length);
      this.#length += chunk.byteLength;
    };
  }

  get ended(): boolean {
    return this.#inflate.ended;
  }

  /** Exactly `plainLength` bytes, or undefined; after that the object is of no more use. */
  pull(payload: readonly Bytes[], plainLength: number): Bytes | undefined {
    this.#output = new Uint8Array(plainLength);
    this.#length = 0;
    try {
      for (const part of payload) if (!this.#inflate.push(part, SYNC_FLUSH)) return undefined;
    } catch (error) {
      if (error instanceof InflatedTooFar) return undefined;
      throw error;
    }
    return this.#length === plainLength ? this.#output : undefined;
  }
}

/** The receiving end of one epoch's compression context. */
export class InflateStream {
  readonly #inflate = new BoundedInflate();

  /** The plain bytes of one batch, or undefined when the stream is broken for good. */
  pull(payload: Bytes, plainLength: number): Bytes | undefined {
    const plain = this.#inflate.pull([payload, FLUSH_END], plainLength);
    return this.#inflate.ended ? undefined : plain;
  }
}

/** Inflates what was deflated on its own; undefined when it is broken or not as long as it said. */
export function inflateWhole(payload: Bytes, plainLength: number): Bytes | undefined {
  const inflate = new BoundedInflate();
  const plain = inflate.pull([payload], plainLength);
  return inflate.ended ? plain : undefined;
}
