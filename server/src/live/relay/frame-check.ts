/** What the relay asks of every frame before anything else: a header it knows, a size, a rate, the right side. */

import type { FrameHeader, FrameKind, RefusalCode } from '@alongside/protocol';
import { frameSizeLimit, readFrameHeader } from '@alongside/protocol';
import { LaneOrder } from './lane-order.js';
import type { Rate } from './rate-meter.js';
import { RateMeter } from './rate-meter.js';
import { relayLimits } from './relay-limits.js';

type Side = 'visitor' | 'agent';

const sides = {
  data: ['visitor'],
  snapshot: ['visitor'],
  asset: ['visitor'],
  answer: ['visitor'],
  key: ['visitor', 'agent'],
  hello: ['visitor', 'agent'],
  ack: ['agent'],
  resume: ['agent'],
  intent: ['agent'],
  want: ['agent'],
} as const satisfies Record<FrameKind, readonly Side[]>;

const rates = {
  visitor: { frames: relayLimits.visitorFrames, bytes: relayLimits.visitorBytes },
  agent: { frames: relayLimits.agentFrames, bytes: relayLimits.agentBytes },
} as const satisfies Record<Side, { frames: Rate; bytes: Rate }>;

export type CheckedFrame =
  /** `waitMs`: how long nothing more should be read from this sender. */
  | { readonly ok: true; readonly header: FrameHeader; readonly waitMs: number }
  | { readonly ok: false; readonly code: RefusalCode };

/** One connection's checks; they last as long as it does. */
export class FrameCheck {
  readonly #side: Side;
  readonly #slot: number;
  readonly #frames: RateMeter;
  readonly #bytes: RateMeter;
  readonly #order = new LaneOrder();

  constructor(place: { readonly side: Side; readonly slot: number }, nowMs: number) {
    this.#side = place.side;
    this.#slot = place.slot;
    this.#frames = new RateMeter(rates[place.side].frames, nowMs);
    this.#bytes = new RateMeter(rates[place.side].bytes, nowMs);
  }

  check(bytes: Uint8Array, nowMs: number): CheckedFrame {
    const waitMs = Math.max(this.#frames.charge(1, nowMs), this.#bytes.charge(bytes.byteLength, nowMs));
    if (waitMs > relayLimits.longestWaitMs) return refused('tooFast');
    const header = readFrameHeader(bytes);
    if (header === undefined) return refused('malformed');
    if (bytes.byteLength > frameSizeLimit(header.kind)) return refused('tooLarge');
    const allowed: readonly Side[] = sides[header.kind];
    if (!allowed.includes(this.#side)) return refused('notPermitted');
    if (!this.#mayAddress(header)) return refused('notPermitted');
    return this.#order.take(header) ? { ok: true, header, waitMs } : refused('conflict');
  }

  /** An agent speaks for its own slot. Of the visitor's frames, only the stream itself goes to everybody. */
  #mayAddress(header: FrameHeader): boolean {
    if (this.#side === 'agent') return header.slot === this.#slot && !header.resend;
    if (header.kind === 'data') return (header.slot === 0) === !header.resend;
    return !header.resend && (header.slot > 0 || header.kind === 'asset');
  }
}

function refused(code: RefusalCode): CheckedFrame {
  return { ok: false, code };
}
