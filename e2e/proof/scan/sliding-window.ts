/** Moves over a medium of any length with bounded memory, and loses nothing at the edges of what it holds. */

import { open } from 'node:fs/promises';
import { type Examination, surface } from './examination.js';
import type { ScanLimits } from './scan-limits.js';

/** Longer than any written form of the shortest piece that counts. */
const OVERLAP_BYTES = 4 * 1024;

export interface WindowOptions {
  /** Called before each examination, with the number of bytes that are new. */
  readonly examines: (newBytes: number) => void;
  readonly limits: ScanLimits;
}

const FIRST_BYTES = 64 * 1024;

export class SlidingWindow {
  readonly #examination: Examination;
  readonly #options: WindowOptions;
  #held = Buffer.allocUnsafe(FIRST_BYTES);
  #length = 0;
  #searched = 0;
  #unpacked = 0;
  #isFirst = true;

  constructor(examination: Examination, options: WindowOptions) {
    this.#examination = examination;
    this.#options = options;
  }

  async readFile(path: string | Buffer): Promise<void> {
    const file = await open(path, 'r');
    try {
      for (;;) {
        this.#makeRoom();
        const { bytesRead } = await file.read(this.#held, this.#length, this.#held.length - this.#length);
        if (bytesRead === 0) break;
        this.#length += bytesRead;
      }
    } finally {
      await file.close();
    }
    this.#examine(true);
  }

  async readStream(stream: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of stream) {
      let taken = 0;
      while (taken < chunk.length) {
        this.#makeRoom();
        const piece = chunk.subarray(taken, taken + this.#held.length - this.#length);
        this.#held.set(piece, this.#length);
        this.#length += piece.length;
        taken += piece.length;
      }
    }
    this.#examine(true);
  }

  #makeRoom(): void {
    if (this.#length < this.#held.length) return;
    if (this.#held.length < this.#options.limits.windowBytes) {
      const wider = Buffer.allocUnsafe(Math.min(this.#held.length * 4, this.#options.limits.windowBytes));
      this.#held.copy(wider);
      this.#held = wider;
      return;
    }
    this.#examine(false);
    const keepFrom = Math.min(this.#unpacked, this.#searched - OVERLAP_BYTES);
    this.#held.copyWithin(0, keepFrom, this.#length);
    this.#length -= keepFrom;
    this.#searched -= keepFrom;
    this.#unpacked -= keepFrom;
  }

  #examine(isEnd: boolean): void {
    this.#options.examines(this.#length - this.#searched);
    const medium = this.#held.subarray(0, this.#length);
    this.#examination.search(
      medium,
      { from: Math.max(0, this.#searched - OVERLAP_BYTES), to: this.#length },
      surface,
    );
    this.#searched = this.#length;
    const to = isEnd
      ? this.#length
      : Math.max(this.#unpacked, this.#length - this.#options.limits.aheadBytes);
    this.#examination.unpackFrom(medium, { from: this.#unpacked, to, isEnd }, surface);
    this.#unpacked = to;
    if (this.#isFirst) this.#examination.unpackValue(medium, surface);
    this.#isFirst = false;
  }
}
