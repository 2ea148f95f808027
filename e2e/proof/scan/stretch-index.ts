/** Finds any twelve bytes of any of millions of wanted ones at any place of a medium, in one pass. */

import { isUtf8 } from 'node:buffer';
import { asBuffer } from './as-buffer.js';

export const WINDOW_BYTES = 12;
/** Sealed bodies shorter than a window are looked for whole; shorter ones still turn up by chance. */
export const MIN_WHOLE_BYTES = 8;
const GRAM_BYTES = 4;
/** Of any nine places in a row at least one begins a gram that lies whole in a given window. */
const STRIDE = WINDOW_BYTES - GRAM_BYTES + 1;
/** Random bytes never share a bucket with so many; text that repeats itself would make the search quadratic. */
const MAX_IN_BUCKET = 24;
/** How far a match is followed beyond its window: enough to tell a piece from the whole of a token. */
const FOLLOWED_BYTES = 24;
const MIN_DISTINCT = 6;
/** Line ends, tabs, and the noughts around a text. */
const IN_TEXT = [0, 9, 10, 13];
/** Three of these for each gram, all in one word: hardly two of a hundred others pass, and the words fit a cache. */
const FILTER_BITS_PER_GRAM = 10;
const [MIX, FILTER_MIX] = [0x9e3779b1, 0x85ebca6b];

export interface Stretch {
  readonly bytes: Uint8Array;
  /** `sealed`: what could as well be text or empty space is no evidence. */
  readonly nature: 'token' | 'sealed';
}

export interface Match {
  readonly stretch: number;
  readonly length: number;
}

export type Matched = (match: Match) => void;
type Range = readonly [from: number, to: number];

export class StretchIndex {
  readonly #store: Uint8Array;
  readonly #starts: readonly number[];
  readonly #natures: readonly Stretch['nature'][];
  readonly #filter: Int32Array;
  readonly #filterShift: number;
  readonly #heads: Int32Array;
  readonly #headShift: number;
  readonly #next: Int32Array;
  readonly #whole: { readonly stretch: number; readonly bytes: Uint8Array }[] = [];
  readonly #unsearchable: number[] = [];
  #leftOut = 0;

  constructor(sought: Iterable<Stretch>) {
    const stretches = [...sought];
    const total = stretches.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.#store = new Uint8Array(total);
    this.#natures = stretches.map(({ nature }) => nature);
    this.#filterShift = shiftFor((total * FILTER_BITS_PER_GRAM) / 32);
    this.#filter = new Int32Array(2 ** (32 - this.#filterShift));
    this.#headShift = shiftFor(total);
    this.#heads = new Int32Array(2 ** (32 - this.#headShift)).fill(-1);
    this.#next = new Int32Array(total).fill(-1);
    const starts: number[] = [];
    let start = 0;
    const inBuckets = new Uint8Array(this.#heads.length);
    for (const [stretch, { bytes }] of stretches.entries()) {
      starts.push(start);
      this.#store.set(bytes, start);
      if (bytes.length >= WINDOW_BYTES) {
        if (!this.#index(start, start + bytes.length, inBuckets)) this.#leftOut += 1;
      } else if (bytes.length >= MIN_WHOLE_BYTES) this.#whole.push({ stretch, bytes });
      else this.#unsearchable.push(stretch);
      start += bytes.length;
    }
    this.#starts = starts;
  }

  /** Too short to be told from chance. */
  get unsearchable(): readonly number[] {
    return this.#unsearchable;
  }

  /** So many repeat so much that a leak of one as a whole could be missed; of others, only pieces could. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** Reports every stretch of which a window lies wholly within the range; the same one possibly many times. */
  search(medium: Uint8Array, [from, to]: Range, matched: Matched): void {
    const filter = this.#filter;
    const shift = this.#filterShift;
    const heads = this.#heads;
    for (let at = from; at + GRAM_BYTES <= to; at += STRIDE) {
      const gram =
        (medium[at] as number) |
        ((medium[at + 1] as number) << 8) |
        ((medium[at + 2] as number) << 16) |
        ((medium[at + 3] as number) << 24);
      if (gram === ((gram << 8) | (gram >>> 24)) && isUniform(medium, at, from, to)) continue;
      const bits = filterBits(gram);
      if (((filter[Math.imul(gram, MIX) >>> shift] as number) & bits) !== bits) continue;
      // Of those that pass only a few are wanted at all: the others end here, without a call.
      let position = heads[Math.imul(gram, MIX) >>> this.#headShift] as number;
      while (position >= 0 && gramAt(this.#store, position) !== gram)
        position = this.#next[position] as number;
      if (position >= 0) this.#verify(medium, { at, from, to, gram }, matched);
    }
    for (const { stretch, bytes } of this.#whole) {
      const found = asBuffer(medium).subarray(from, to).indexOf(bytes);
      if (found >= 0) matched({ stretch, length: bytes.length });
    }
  }

  /** Where in the wanted bytes the four bytes at a place occur. */
  *occurrences(medium: Uint8Array, at: number): Generator<{ stretch: number; rest: Uint8Array }> {
    const gram = gramAt(medium, at);
    for (let position = this.#head(gram); position >= 0; position = this.#next[position] ?? -1) {
      if (gramAt(this.#store, position) !== gram) continue;
      const stretch = this.#stretchAt(position);
      if (this.#natures[stretch] !== 'sealed') continue;
      yield { stretch, rest: this.#store.subarray(position, this.#endOf(stretch)) };
    }
  }

  /** False where a leak of all of it may have none of its indexed places where the search looks. */
  #index(start: number, end: number, inBuckets: Uint8Array): boolean {
    const looked = new Set<number>();
    for (let position = start; position + GRAM_BYTES <= end; position += 1) {
      const gram = gramAt(this.#store, position);
      const mixed = Math.imul(gram, MIX);
      const bucket = mixed >>> this.#headShift;
      if ((inBuckets[bucket] ?? 0) >= MAX_IN_BUCKET) continue;
      looked.add((position - start) % STRIDE);
      inBuckets[bucket] = (inBuckets[bucket] ?? 0) + 1;
      const word = mixed >>> this.#filterShift;
      this.#filter[word] = (this.#filter[word] ?? 0) | filterBits(gram);
      this.#next[position] = this.#heads[bucket] ?? -1;
      this.#heads[bucket] = position;
    }
    return looked.size === STRIDE;
  }

  #verify(
    medium: Uint8Array,
    probe: { readonly at: number; readonly from: number; readonly to: number; readonly gram: number },
    matched: Matched,
  ): void {
    const { at, from, to, gram } = probe;
    for (let position = this.#head(gram); position >= 0; position = this.#next[position] ?? -1) {
      if (gramAt(this.#store, position) !== gram) continue;
      const stretch = this.#stretchAt(position);
      const before = this.#sameBefore(medium, { at, from, position, start: this.#starts[stretch] ?? 0 });
      const after = this.#sameAfter(medium, { at, to, position, end: this.#endOf(stretch) });
      if (before + after < WINDOW_BYTES) continue;
      if (this.#natures[stretch] === 'sealed' && !this.#isEvidence(position - before, position + after))
        continue;
      matched({ stretch, length: before + after });
    }
  }

  #sameBefore(medium: Uint8Array, of: { at: number; from: number; position: number; start: number }): number {
    const most = Math.min(of.at - of.from, of.position - of.start, FOLLOWED_BYTES);
    let same = 0;
    while (same < most && medium[of.at - same - 1] === this.#store[of.position - same - 1]) same += 1;
    return same;
  }

  #sameAfter(medium: Uint8Array, of: { at: number; to: number; position: number; end: number }): number {
    const most = Math.min(of.to - of.at, of.end - of.position, FOLLOWED_BYTES);
    let same = 0;
    while (same < most && medium[of.at + same] === this.#store[of.position + same]) same += 1;
    return same;
  }

  /** With the sealing off a body is text, and text of a program is found in that program. */
  #isEvidence(from: number, to: number): boolean {
    if (!isVaried(this.#store, from, to)) return false;
    const found = this.#store.subarray(from, to);
    return hasControls(found) || !isUtf8(withoutCutCharacters(found));
  }

  #head(gram: number): number {
    return this.#heads[Math.imul(gram, MIX) >>> this.#headShift] ?? -1;
  }

  #endOf(stretch: number): number {
    return this.#starts[stretch + 1] ?? this.#store.length;
  }

  #stretchAt(position: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** A hash of 32 bits, shifted by this much, numbers at least `least` places. */
function shiftFor(least: number): number {
  const bits = Math.ceil(Math.log2(Math.max(least, 1)));
  return 32 - Math.min(28, Math.max(12, bits));
}

function filterBits(gram: number): number {
  const mixed = Math.imul(gram ^ (gram >>> 15), FILTER_MIX);
  return (1 << (mixed & 31)) | (1 << ((mixed >>> 5) & 31)) | (1 << ((mixed >>> 10) & 31));
}

function gramAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

/**
 * Empty space as far as a match would be followed: nothing that is sought is one byte again and again, and a medium is
 * empty for the most part.
 */
function isUniform(medium: Uint8Array, at: number, from: number, to: number): boolean {
  const [first, end] = [at - FOLLOWED_BYTES, at + FOLLOWED_BYTES];
  if (first < from || end > to) return false;
  const byte = medium[at];
  for (let near = first; near < end; near += 1) if (medium[near] !== byte) return false;
  return true;
}

/** Asked millions of times of nearly empty space, where hardly anything may be spent on the answer. */
function isVaried(bytes: Uint8Array, from: number, to: number): boolean {
  let distinct = 0;
  for (let at = from; at < to; at += 1) {
    let before = from;
    while (before < at && bytes[before] !== bytes[at]) before += 1;
    if (before < at) continue;
    distinct += 1;
    if (distinct === MIN_DISTINCT) return true;
  }
  return false;
}

function hasControls(bytes: Uint8Array): boolean {
  return bytes.some((byte) => (byte < 32 && !IN_TEXT.includes(byte)) || byte === 127);
}

/** A window may begin and end within a character of several bytes. */
function withoutCutCharacters(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  let end = bytes.length;
  for (let back = 1; back <= 3; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) end = bytes.length - back;
    if (byte < 0x80 || byte >= 0xc0) break;
  }
  return bytes.subarray(start, end);
}
