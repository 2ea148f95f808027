/** Looks at a stretch of a medium as it is and as what it may be written in, layer below layer. */

import { asBuffer } from './as-buffer.js';
import { decodeBase64Runs } from './base64-runs.js';
import { isDeflate, nextStream, type StreamStart, unreadStream } from './compressed-streams.js';
import { type Decoded, DecodedRuns } from './decoded-runs.js';
import { decodeEscapedRuns } from './escaped-runs.js';
import { searchLossyText } from './lossy-text.js';
import { decodeMangledRuns } from './mangled-runs.js';
import { decodeNumberRuns } from './number-runs.js';
import type { ScanLimits } from './scan-limits.js';
import type { Match, StretchIndex } from './stretch-index.js';
import { type StreamKind, unpack } from './unpack.js';
import { decodeWideRuns } from './wide-runs.js';
import { filledRanges } from './zero-pages.js';

export const MAX_DEPTH = 3;
const MIN_OUTPUT_BYTES = 12;
/** So many bytes tell text from what is compressed. */
const TEXT_SAMPLE_BYTES = 32;

/** What a layer was unwrapped from. */
export interface Layer {
  readonly forms: readonly string[];
  readonly decodings: number;
  readonly unpackings: number;
}

export const surface: Layer = { forms: [], decodings: 0, unpackings: 0 };

export interface Seen {
  found(match: Match, layer: Layer): void;
  /** For the report: something could not be looked at to its end. */
  noted(note: string): void;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

interface LevelRuns {
  readonly base64: DecodedRuns;
  readonly hex: DecodedRuns;
  readonly swapped: DecodedRuns;
  readonly decimal: DecodedRuns;
  readonly escaped: DecodedRuns;
  readonly mangled: DecodedRuns;
  readonly wide: DecodedRuns;
}

export class Examination {
  readonly #index: StretchIndex;
  readonly #seen: Seen;
  /** One set for each layer that can be open at a time. */
  readonly #levels: LevelRuns[] = [];
  #layers: Layer[] = [];
  readonly #limits: ScanLimits;
  #bytesLeft = 0;

  constructor(index: StretchIndex, seen: Seen, limits: ScanLimits) {
    this.#limits = limits;
    this.#index = index;
    this.#seen = seen;
  }

  /** A value as a whole, with whatever is packed into it. */
  whole(medium: Buffer, layer: Layer): void {
    this.search(medium, { from: 0, to: medium.length }, layer);
    this.unpackFrom(medium, { from: 0, to: medium.length, isEnd: true }, layer);
    this.unpackValue(medium, layer);
  }

  /** What stands there, and what is written there in another form. */
  search(medium: Buffer, { from, to }: Range, layer: Layer): void {
    // Every window is searched before it is taken apart.
    if (layer === surface) this.#bytesLeft = this.#limits.totalBytes;
    for (const range of filledRanges(medium, from, to)) {
      this.#index.search(medium, range, (match) => this.#seen.found(match, layer));
      searchLossyText(this.#index, { medium, from: range[0], to: range[1] }, (match) =>
        this.#seen.found(match, below(layer, 'lossy utf-8', 'decodings')),
      );
      if (layer.decodings < MAX_DEPTH) this.#decode(medium, range, layer);
    }
  }

  /** Takes every stream apart that begins within the range; it may end anywhere in the medium. */
  unpackFrom(medium: Buffer, { from, to, isEnd }: Range & { readonly isEnd: boolean }, layer: Layer): void {
    for (const [start, end] of filledRanges(medium, from, to)) {
      const unread = unreadStream(medium, start, end);
      if (unread) this.#seen.noted(`holds ${unread}, which is not taken apart`);
      let at = start;
      for (let next = nextStream(medium, at, end); next; next = nextStream(medium, at, end)) {
        const consumed = this.#unpack(medium.subarray(next.at), next.kind, { layer, isEnd });
        at = Math.max(at + 1, next.at + Math.max(1, consumed));
      }
    }
  }

  /** Brotli and bare deflate have no magic number: they are tried where a value begins. */
  unpackValue(medium: Buffer, layer: Layer): void {
    if (medium.length < MIN_OUTPUT_BYTES || isText(medium)) return;
    if (isDeflate(medium, 0)) this.#unpack(medium, 'raw deflate', { layer, isEnd: true });
    this.#unpack(medium, 'brotli', { layer, isEnd: true });
  }

  #unpack(packed: Buffer, kind: StreamStart['kind'], of: { layer: Layer; isEnd: boolean }): number {
    if (of.layer.unpackings >= MAX_DEPTH) {
      this.#noteDepth(kind);
      return 0;
    }
    if (this.#bytesLeft <= 0) {
      this.#seen.noted('holds more compressed bytes than are taken apart');
      return 0;
    }
    const { streamBytes, streamMs } = this.#limits;
    const unpacked = unpack(kind, packed, {
      maxBytes: Math.min(streamBytes, this.#bytesLeft),
      maxMs: streamMs,
    });
    if (!unpacked) return 0;
    this.#bytesLeft -= unpacked.bytes.length;
    if (unpacked.limitMet) this.#seen.noted(`a ${kind} stream met the limit of ${unpacked.limitMet}`);
    if (unpacked.isCutOff && !of.isEnd && unpacked.bytes.length > 0) {
      this.#seen.noted(`a ${kind} stream is longer than what is held of the medium at a time`);
    }
    if (unpacked.bytes.length >= MIN_OUTPUT_BYTES) {
      this.whole(asBuffer(unpacked.bytes), below(of.layer, kind, 'unpackings'));
    }
    return unpacked.consumed;
  }

  #noteDepth(kind: StreamKind): void {
    // What has no real magic number is met by chance at any depth.
    if (kind === 'gzip' || kind === 'zstd' || kind === 'lz4') {
      this.#seen.noted(`a ${kind} stream lies deeper than ${MAX_DEPTH} others`);
    }
  }

  #decode(medium: Buffer, range: readonly [number, number], layer: Layer): void {
    const depth = layer.decodings + layer.unpackings;
    const runs = this.#runsAt(depth);
    this.#layers[depth] = layer;
    decodeBase64Runs(medium, range, runs.base64);
    decodeNumberRuns(medium, range, runs);
    decodeWideRuns(medium, range, runs.wide);
    decodeEscapedRuns(medium, range, runs.escaped);
    decodeMangledRuns(medium, range, runs.mangled);
    for (const of of Object.values(runs)) of.flush();
  }

  #runsAt(depth: number): LevelRuns {
    const made = this.#levels[depth];
    if (made) return made;
    const runsOf = (form: string) => new DecodedRuns(form, (decoded) => this.#decoded(decoded, depth));
    const level = {
      base64: runsOf('base64'),
      hex: runsOf('hex'),
      swapped: runsOf('hex in swapped pairs'),
      decimal: runsOf('byte array'),
      escaped: runsOf('escaped'),
      mangled: runsOf('latin-1 in utf-8'),
      wide: runsOf('utf-16'),
    };
    this.#levels[depth] = level;
    return level;
  }

  #decoded({ form, bytes, values }: Decoded, depth: number): void {
    const layer = below(this.#layers[depth] ?? surface, form, 'decodings');
    const medium = asBuffer(bytes);
    this.search(medium, { from: 0, to: medium.length }, layer);
    this.unpackFrom(medium, { from: 0, to: medium.length, isEnd: true }, layer);
    for (const [from, to] of values) this.unpackValue(medium.subarray(from, to), layer);
  }
}

function below(layer: Layer, form: string, step: 'decodings' | 'unpackings'): Layer {
  return { ...layer, forms: [...layer.forms, form], [step]: layer[step] + 1 };
}

function isText(medium: Uint8Array): boolean {
  return medium.subarray(0, TEXT_SAMPLE_BYTES).every((byte) => byte >= 32 && byte < 127);
}
