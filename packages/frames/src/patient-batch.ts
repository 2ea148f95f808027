/**
 * Holds back for a moment what may wait, so that it leaves in one frame instead of several: a frame costs more bytes
 * by itself than a position of the pointer. Whatever may not wait takes along what does, in its order.
 */

import type { FrameClock } from './frame-clock.js';

/** Three positions of a pointer that is drawn sixty times a second: nobody sees that they are late. */
const PATIENCE_MS = 50;

export class PatientBatch {
  readonly #clock: FrameClock;
  readonly #mayWait: (event: unknown) => boolean;
  readonly #send: (events: readonly unknown[]) => void;
  #held: unknown[] = [];
  #cancel: (() => void) | undefined;

  constructor(
    clock: FrameClock,
    mayWait: (event: unknown) => boolean,
    send: (events: readonly unknown[]) => void,
  ) {
    this.#clock = clock;
    this.#mayWait = mayWait;
    this.#send = send;
  }

  add(events: readonly unknown[]): void {
    this.#held.push(...events);
    if (!events.every((event) => this.#mayWait(event))) this.flush();
    else this.#cancel ??= this.#clock.after(PATIENCE_MS, () => this.flush());
  }

  flush(): void {
    const events = this.#held;
    this.clear();
    if (events.length > 0) this.#send(events);
  }

  clear(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#held = [];
  }
}
