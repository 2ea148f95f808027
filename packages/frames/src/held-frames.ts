/** Stream frames that came before those they follow, bounded in count and bytes. */

import type { FrameHeader } from '@alongside/protocol';
import type { Bytes } from './bytes.js';

export interface HeldLimits {
  readonly heldFrames: number;
  readonly heldBytes: number;
}

export class HeldFrames {
  readonly #limits: HeldLimits;
  readonly #frames = new Map<string, Bytes>();
  #bytes = 0;

  constructor(limits: HeldLimits) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#frames.size === 0;
  }

  /** False when there is no room, in which case nothing is held on to of this frame. */
  add(header: FrameHeader, frame: Bytes): boolean {
    const name = nameOf(header.epoch, header.sequence);
    if (this.#frames.has(name)) return true;
    const bytes = this.#bytes + frame.byteLength;
    if (this.#frames.size >= this.#limits.heldFrames || bytes > this.#limits.heldBytes) return false;
    this.#frames.set(name, frame);
    this.#bytes = bytes;
    return true;
  }

  get(epoch: number, sequence: number): Bytes | undefined {
    return this.#frames.get(nameOf(epoch, sequence));
  }

  remove(epoch: number, sequence: number): void {
    const name = nameOf(epoch, sequence);
    this.#bytes -= this.#frames.get(name)?.byteLength ?? 0;
    this.#frames.delete(name);
  }

  clear(): void {
    this.#frames.clear();
    this.#bytes = 0;
  }
}

function nameOf(epoch: number, sequence: number): string {
  return `${epoch}:${sequence}`;
}
