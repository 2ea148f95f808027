/** Tells the relay how far an agent has read: after some frames or bytes, and never late. */

import { frameLimits, writeFrameAck } from '@alongside/protocol';
import type { StreamPosition } from './agent-request.js';
import type { Bytes } from './bytes.js';
import type { FrameClock } from './frame-clock.js';

export interface AcknowledgerDeps {
  readonly slot: number;
  readonly clock: FrameClock;
  readonly position: () => StreamPosition | undefined;
  readonly send: (frame: Bytes) => void;
}

export class Acknowledger {
  readonly #deps: AcknowledgerDeps;
  #consumedBytes = 0;
  #newFrames = 0;
  #newBytes = 0;
  #cancel: (() => void) | undefined;

  constructor(deps: AcknowledgerDeps) {
    this.#deps = deps;
  }

  /** A frame of this length has been handled, whatever came of it. */
  consumed(byteLength: number): void {
    this.#newFrames += 1;
    this.#newBytes += byteLength;
    if (this.#newFrames >= frameLimits.ackFrames || this.#newBytes >= frameLimits.ackBytes) this.#send();
    else this.#cancel ??= this.#deps.clock.after(frameLimits.ackMs, () => this.#send());
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #send(): void {
    this.close();
    this.#consumedBytes = (this.#consumedBytes + this.#newBytes) % 2 ** 32;
    this.#newFrames = 0;
    this.#newBytes = 0;
    const { epoch, sequence } = this.#deps.position() ?? { epoch: 0, sequence: 0 };
    const { slot } = this.#deps;
    this.#deps.send(writeFrameAck({ slot, epoch, sequence, consumedBytes: this.#consumedBytes }));
  }
}
