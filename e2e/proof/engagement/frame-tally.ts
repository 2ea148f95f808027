/**
 * How many frames one connection must have carried, from the numbers that senders give them: a frame that nobody
 * told of leaves a gap. The relay refuses a sender that leaves one itself.
 */

import type { FrameHeader, FrameLane } from '@alongside/protocol';
import { frameLane } from '@alongside/protocol';

interface Place {
  readonly epoch: number;
  readonly sequence: number;
}

export class FrameTally {
  readonly #lanes = new Map<FrameLane, Place>();
  #sent = 0;

  get sent(): number {
    return this.#sent;
  }

  count({ kind, resend, epoch, sequence }: FrameHeader): void {
    const lane = frameLane(kind);
    if (resend || lane === 'none') {
      this.#sent += 1;
      return;
    }
    const before = this.#lanes.get(lane);
    const next = before?.epoch === epoch ? before.sequence + 1 : 0;
    this.#sent += Math.max(1, sequence - next + 1);
    this.#lanes.set(lane, { epoch, sequence });
  }
}
