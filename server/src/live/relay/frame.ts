/**
 * A frame on its way through the relay: bytes that can be forwarded and counted, and neither read nor written
 * down. Nothing that stores or logs takes a value of this type, and what serialises it by accident throws.
 */

export class Frame {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get byteLength(): number {
    return this.#bytes.byteLength;
  }

  /** The very same buffer, for a socket; called by the delivery to sockets alone (fence E). */
  release(): Uint8Array {
    return this.#bytes;
  }

  toJSON(): never {
    throw new TypeError('A frame is never written down.');
  }

  toString(): never {
    throw new TypeError('A frame is never written down.');
  }
}
