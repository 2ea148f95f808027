/**
 * Whether a connection numbers its frames without a gap: in each lane the same epoch and the next sequence, or
 * another epoch and sequence 0. A new connection knows no epoch yet.
 */

import type { FrameHeader } from '@alongside/protocol';
import { frameLane } from '@alongside/protocol';

interface Position {
  readonly epoch: number;
  next: number;
}

export class LaneOrder {
  #stream: Position | undefined;
  #direct: Position | undefined;

  /** False when the frame is out of order; resends and kinds outside the lanes always pass. */
  take(header: FrameHeader): boolean {
    const lane = frameLane(header.kind);
    if (lane === 'none' || header.resend) return true;
    const at = lane === 'stream' ? this.#stream : this.#direct;
    if (at !== undefined && at.epoch === header.epoch) {
      if (header.sequence !== at.next) return false;
      at.next += 1;
      return true;
    }
    if (header.sequence !== 0) return false;
    const first = { epoch: header.epoch, next: 1 };
    if (lane === 'stream') this.#stream = first;
    else this.#direct = first;
    return true;
  }
}
