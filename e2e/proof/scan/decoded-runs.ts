/** Gathers what the decoders of one form find in a medium, so that one search serves thousands of short runs. */

/** Shorter ones cannot hold a piece that counts. */
export const MIN_RUN_BYTES = 12;
/** Keeps the end of one run from making a whole with the beginning of the next. */
const GAP_BYTES = 4;
const FIRST_BYTES = 4 * 1024;
const FLUSH_BYTES = 1024 * 1024;
/** A run this long may be a whole value, and be compressed in a way that shows at its very beginning only. */
const MIN_VALUE_BYTES = 48;
const MAX_VALUES = 32;

export interface Decoded {
  readonly form: string;
  readonly bytes: Uint8Array;
  /** Where the longer runs begin and end. */
  readonly values: readonly (readonly [from: number, to: number])[];
}

export class DecodedRuns {
  readonly form: string;
  readonly #flushed: (decoded: Decoded) => void;
  #bytes = new Uint8Array(FIRST_BYTES);
  #values: (readonly [number, number])[] = [];
  #start = 0;
  #length = 0;

  constructor(form: string, flushed: (decoded: Decoded) => void) {
    this.form = form;
    this.#flushed = flushed;
  }

  get runBytes(): number {
    return this.#length - this.#start;
  }

  put(byte: number): void {
    if (this.#length === this.#bytes.length) this.#grow();
    this.#bytes[this.#length++] = byte;
  }

  /** Ends a run that may be a whole value. */
  endValue(): void {
    if (this.runBytes >= MIN_VALUE_BYTES && this.#values.length < MAX_VALUES) {
      this.#values.push([this.#start, this.#length]);
    }
    this.end();
  }

  /** Ends a run: it is kept when it is long enough to matter. */
  end(): void {
    if (this.runBytes < MIN_RUN_BYTES) {
      this.#length = this.#start;
      return;
    }
    for (let gap = 0; gap < GAP_BYTES; gap += 1) this.put(0);
    this.#start = this.#length;
    if (this.#length >= FLUSH_BYTES) this.flush();
  }

  flush(): void {
    const decoded = { form: this.form, bytes: this.#bytes.subarray(0, this.#start), values: this.#values };
    this.#values = [];
    this.#start = 0;
    this.#length = 0;
    if (decoded.bytes.length > 0) this.#flushed(decoded);
  }

  #grow(): void {
    const wider = new Uint8Array(this.#bytes.length * 2);
    wider.set(this.#bytes);
    this.#bytes = wider;
  }
}
