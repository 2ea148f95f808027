/** Finds what was said before: turns bytes into the letters and repetitions that deflate is made of. */

import type { Bytes } from './bytes.js';

/** A repetition reaches no further back than this. */
const WINDOW_BYTES = 32 * 1024;
/** At most so much is read at once: the bytes that are remembered hold it and a whole window before it. */
export const BLOCK_BYTES = WINDOW_BYTES;
const RING = WINDOW_BYTES + BLOCK_BYTES - 1;
const SHORTEST = 3;
const LONGEST = 258;
/** The shortest repetition costs more than its letters when it reaches back further than this. */
const NEAR_BYTES = 4096;
/** A repetition as long as this is taken, without a look at whether one at the next place is longer. */
const LONG_ENOUGH = 32;
/** How many places that begin alike are looked at. */
const LOOKS = 128;
const HASHES = 0x8000;
/** Places are counted from beyond a window on, so that nothing reaches back to 0, which says that there is none. */
const FIRST = WINDOW_BYTES + 1;

/** A letter is its byte. Of a repetition the lower bits are how far it reaches back, less one; above is its length. */
export const DISTANCE_BITS = 15;

// What is read of the arrays always lies within them: every index is masked or below the end.
export class MatchFinder {
  readonly #bytes = new Uint8Array(RING + 1);
  /** The newest place of each hash, and of each place the one before it that has the same hash. */
  readonly #newest = new Int32Array(HASHES);
  readonly #before = new Int32Array(WINDOW_BYTES);
  readonly #tokens = new Uint32Array(BLOCK_BYTES);
  #end = FIRST;
  /** Places before this one can be found. */
  #noted = FIRST;
  /** How far the repetition that was found last reaches back. */
  #distance = 0;

  /** The tokens of a block, which hold until the next call. */
  read(block: Bytes): Uint32Array {
    let count = 0;
    let at = this.#end;
    for (const byte of block) this.#bytes[this.#end++ & RING] = byte;
    let length = this.#longest(at, 0);
    while (at < this.#end) {
      const distance = this.#distance;
      const next = length < LONG_ENOUGH ? this.#longest(at + 1, length) : 0;
      if (length > 0 && next === 0) {
        this.#tokens[count++] = (length << DISTANCE_BITS) | (distance - 1);
        at += length;
        length = this.#longest(at, 0);
      } else {
        // A longer one at the next place is worth a letter.
        this.#tokens[count++] = this.#bytes[at & RING] as number;
        at += 1;
        length = next;
      }
    }
    return this.#tokens.subarray(0, count);
  }

  /** How long the longest repetition at a place is; 0 when none is longer than `known`. */
  #longest(at: number, known: number): number {
    const most = Math.min(LONGEST, this.#end - at);
    if (most < SHORTEST) return 0;
    this.#noteUpTo(at);
    const bytes = this.#bytes;
    let longest = Math.max(known, SHORTEST - 1);
    let found = 0;
    let place = this.#newest[this.#hash(at)] as number;
    for (let looks = LOOKS; looks > 0 && longest < most && at - place <= WINDOW_BYTES; looks -= 1) {
      const mayBeLonger = bytes[(place + longest) & RING] === bytes[(at + longest) & RING];
      const length = mayBeLonger ? this.#alike(place, at, most) : 0;
      if (length > longest && (length > SHORTEST || at - place <= NEAR_BYTES)) {
        longest = length;
        found = length;
        this.#distance = at - place;
      }
      place = this.#before[place % WINDOW_BYTES] as number;
    }
    return found;
  }

  /** For how many bytes two places are alike. */
  #alike(place: number, at: number, most: number): number {
    const bytes = this.#bytes;
    let length = 0;
    while (length < most && bytes[(place + length) & RING] === bytes[(at + length) & RING]) length += 1;
    return length;
  }

  #noteUpTo(at: number): void {
    for (; this.#noted < at; this.#noted += 1) {
      const hash = this.#hash(this.#noted);
      this.#before[this.#noted % WINDOW_BYTES] = this.#newest[hash] as number;
      this.#newest[hash] = this.#noted;
    }
  }

  #hash(at: number): number {
    const bytes = this.#bytes;
    const [first, second, third] = [bytes[at & RING], bytes[(at + 1) & RING], bytes[(at + 2) & RING]];
    return (((first as number) << 10) ^ ((second as number) << 5) ^ (third as number)) % HASHES;
  }
}
