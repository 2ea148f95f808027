/** Bits that become bytes, the lowest first, as deflate has them. */

import type { Bytes } from './bytes.js';

export class BitWriter {
  #bytes: Bytes = new Uint8Array(1024);
  #length = 0;
  #held = 0;
  #count = 0;

  /** At most 16 bits at once. */
  put(value: number, bits: number): void {
    this.#held |= value << this.#count;
    this.#count += bits;
    for (; this.#count >= 8; this.#count -= 8) {
      if (this.#length === this.#bytes.length) this.#grow();
      this.#bytes[this.#length++] = this.#held;
      this.#held >>>= 8;
    }
  }

  /** All that was put, up to the end of a byte, as a copy. */
  take(): Bytes {
    if (this.#count > 0) this.put(0, 8 - this.#count);
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  #grow(): void {
    const bytes = new Uint8Array(2 * this.#length);
    bytes.set(this.#bytes);
    this.#bytes = bytes;
  }
}
