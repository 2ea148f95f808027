/** The visitor's ring of recent sealed stream frames, bounded in count and bytes. */

import { frameLimits, RESEND_FLAG, readFrameHeader } from '@alongside/protocol';
import type { StreamPosition } from './agent-request.js';
import type { Bytes } from './bytes.js';

interface RingEntry extends StreamPosition {
  readonly frame: Bytes;
  readonly sealedAtMs: number;
}

export interface RingLimits {
  readonly ringFrames: number;
  readonly ringBytes: number;
}

export class FrameRing {
  readonly #limits: RingLimits;
  #entries: RingEntry[] = [];
  #bytes = 0;
  #evicted: StreamPosition | undefined;

  constructor(limits: RingLimits = frameLimits) {
    this.#limits = limits;
  }

  /** The epoch of the oldest frame held, or undefined when none is. */
  get oldestEpoch(): number | undefined {
    return this.#entries[0]?.epoch;
  }

  /** Takes a sealed stream frame; they come in the order of the stream. */
  push(frame: Bytes, sealedAtMs: number): void {
    const header = readFrameHeader(frame);
    if (header === undefined) throw new TypeError('Only frames go into the ring.');
    this.#entries.push({ epoch: header.epoch, sequence: header.sequence, frame, sealedAtMs });
    this.#bytes += frame.byteLength;
    while (this.#entries.length > this.#limits.ringFrames || this.#bytes > this.#limits.ringBytes)
      this.#evict();
  }

  /** Every frame from the position on, or undefined when some of them are gone. */
  since(position: StreamPosition): readonly Bytes[] | undefined {
    if (this.hasLost(position)) return undefined;
    return this.#entries.flatMap((entry) => (isBefore(entry, position) ? [] : [entry.frame]));
  }

  /** When the first frame from the position on was sealed; undefined when there is none or it is not held. */
  sealedAtMs(position: StreamPosition): number | undefined {
    return this.#entries.find((entry) => !isBefore(entry, position))?.sealedAtMs;
  }

  /** Whether a frame at or after the position has already fallen out. */
  hasLost(position: StreamPosition): boolean {
    return this.#evicted !== undefined && !isBefore(this.#evicted, position);
  }

  clear(): void {
    this.#entries = [];
    this.#bytes = 0;
    this.#evicted = undefined;
  }

  #evict(): void {
    const entry = this.#entries.shift();
    if (entry === undefined) return;
    this.#bytes -= entry.frame.byteLength;
    this.#evicted = { epoch: entry.epoch, sequence: entry.sequence };
  }
}

function isBefore(a: StreamPosition, b: StreamPosition): boolean {
  return a.epoch === b.epoch ? a.sequence < b.sequence : a.epoch < b.epoch;
}

/** The same sealed bytes, flagged and addressed to one slot; flag and slot are outside the seal. */
export function addressResend(frame: Bytes, slot: number): Bytes {
  const copy = frame.slice();
  copy[1] = RESEND_FLAG;
  copy[2] = slot >> 8;
  copy[3] = slot & 0xff;
  return copy;
}
