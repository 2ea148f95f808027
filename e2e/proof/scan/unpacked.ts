/** What came out of a compressed stream, and the limits under which it is taken out. */

export interface UnpackLimits {
  readonly maxBytes: number;
  readonly maxMs: number;
}

export interface Unpacked {
  readonly bytes: Uint8Array;
  /** How much of the medium the stream took; nought where it did not end, since then nobody knows. */
  readonly consumed: number;
  readonly limitMet?: 'bytes' | 'time' | 'window';
  /** The medium ended before the stream did. */
  readonly isCutOff?: boolean;
}

/** Thrown out of a decompressor that knows no limit of its own; `UnpackedOutput` remembers which one it was. */
export class LimitMet extends Error {}

const FIRST_BYTES = 32 * 1024;

/** Takes what a decompressor puts out for as long as the limits allow. */
export class UnpackedOutput {
  readonly #limits: UnpackLimits;
  readonly #startedAt = performance.now();
  #bytes = new Uint8Array(0);
  #length = 0;
  #limitMet: 'bytes' | 'time' | undefined;

  constructor(limits: UnpackLimits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#length;
  }

  put(chunk: Uint8Array): void {
    const room = this.#limits.maxBytes - this.#length;
    this.#reserve(Math.min(chunk.length, room));
    this.#bytes.set(chunk.length > room ? chunk.subarray(0, room) : chunk, this.#length);
    this.#length += Math.min(chunk.length, room);
    this.#check(chunk.length > room);
  }

  /** Repeats what was put out `distance` bytes ago; false when there is no such place. */
  repeat(distance: number, length: number): boolean {
    if (distance === 0 || distance > this.#length) return false;
    const possible = Math.min(length, this.#limits.maxBytes - this.#length);
    this.#reserve(possible);
    // Byte by byte, since what is repeated may reach into what is being written.
    for (let copied = 0; copied < possible; copied += 1) {
      this.#bytes[this.#length] = this.#bytes[this.#length - distance] ?? 0;
      this.#length += 1;
    }
    this.#check(possible < length);
    return true;
  }

  unpacked(consumed: number, isCutOff = false): Unpacked {
    const bytes = this.#bytes.subarray(0, this.#length);
    return this.#limitMet ? { bytes, consumed: 0, limitMet: this.#limitMet } : { bytes, consumed, isCutOff };
  }

  #check(isFull: boolean): void {
    if (isFull) this.#limitMet = 'bytes';
    else if (performance.now() - this.#startedAt > this.#limits.maxMs) this.#limitMet = 'time';
    if (this.#limitMet) throw new LimitMet();
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const wider = new Uint8Array(Math.max(FIRST_BYTES, this.#bytes.length * 2, this.#length + more));
    wider.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = wider;
  }
}
