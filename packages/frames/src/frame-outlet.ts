/**
 * Lets what the engine makes out in the order in which it was asked for: stream frames into the ring, and all
 * of them onto the connection that was there when they were asked for.
 *
 * A frame made for a connection that is gone is never sent on the next one: there everything starts with a new
 * epoch, and whoever missed the frame asks the ring for it.
 */

import { frameLane, readFrameHeader } from '@alongside/protocol';
import type { Bytes } from './bytes.js';
import type { FrameClock } from './frame-clock.js';
import type { FrameRing } from './frame-ring.js';

/** What the outlet needs of a connection. */
export interface FrameExit {
  readonly bufferedAmount: number;
  send(...frames: readonly Bytes[]): void;
  /** True where what the engine is asked for from now on leaves by itself. */
  carry(): boolean;
}

export interface FrameOutletDeps {
  readonly ring: FrameRing;
  readonly clock: FrameClock;
  /** Sees every sealed stream frame or direct frame once, whether it can be sent or not. */
  readonly onSealed: (frame: Bytes) => void;
  /** The engine broke; nothing that was asked of it later can be relied on. */
  readonly onBroken: (error: unknown) => void;
}

export class FrameOutlet {
  readonly #deps: FrameOutletDeps;
  #exit: FrameExit | undefined;
  #isCarried = false;
  #tail: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(deps: FrameOutletDeps) {
    this.#deps = deps;
  }

  /** How many things asked of the engine are still under way. */
  get waiting(): number {
    return this.#waiting;
  }

  get connected(): boolean {
    return this.#exit !== undefined;
  }

  get bufferedAmount(): number {
    return this.#exit?.bufferedAmount ?? 0;
  }

  connect(exit: FrameExit): void {
    this.#exit = exit;
    this.#isCarried = exit.carry();
  }

  disconnect(): void {
    this.#exit = undefined;
  }

  /** Lets out the frames in their turn. */
  put(frames: Promise<readonly Bytes[]>): void {
    const exit = this.#exit;
    this.#queue(frames, (made) => {
      for (const frame of made) this.#let(frame, exit);
    });
  }

  /** Does something after everything that was put before is out, and sends what comes of it. */
  after(act: () => readonly Bytes[]): void {
    const exit = this.#exit;
    this.#queue(Promise.resolve(), () => {
      const frames = act();
      if (exit !== undefined && exit === this.#exit && frames.length > 0) exit.send(...frames);
    });
  }

  #queue<T>(work: Promise<T>, act: (made: T) => void): void {
    this.#waiting += 1;
    // Both are awaited in one chain, so that a rejection is seen even while an earlier turn is under way.
    const settled = work.then(
      (made) => ({ made }),
      (error: unknown) => ({ error }),
    );
    this.#tail = this.#tail.then(async () => {
      const result = await settled;
      this.#waiting -= 1;
      if ('error' in result) this.#deps.onBroken(result.error);
      else act(result.made);
    });
  }

  #let(frame: Bytes, exit: FrameExit | undefined): void {
    const header = readFrameHeader(frame);
    if (header === undefined) throw new TypeError('The engine makes frames only.');
    if (frameLane(header.kind) === 'stream') this.#deps.ring.push(frame, this.#deps.clock.now());
    if (header.kind !== 'hello') this.#deps.onSealed(frame);
    if (exit !== undefined && exit === this.#exit && !this.#isCarried) exit.send(frame);
  }
}
