/**
 * The rhythm in which a page that is watched is heard of, both ends of it. A page on which nothing happens sends an
 * empty batch now and then: its sequence shows at once what was lost before it, and its absence that nothing comes
 * any more (a laptop asleep, a line that is dead without a word), so that no view is taken for new for long.
 */

import type { FrameClock } from './frame-clock.js';

/** A page that has sealed nothing for this long seals an empty batch. */
export const PULSE_MS = 2_000;
/** An agent that has heard nothing for this long takes the view for old. */
export const PULSE_LATE_MS = 3 * PULSE_MS;
/** While nothing comes, an agent asks after ever longer times, so that a page that wakes is not flooded. */
const LONGEST_WAIT_MS = 16 * PULSE_LATE_MS;

/** The page's end. */
export class PulseSender {
  readonly #clock: FrameClock;
  readonly #beat: () => void;
  #cancel: (() => void) | undefined;
  #sealedAtMs = 0;

  constructor(clock: FrameClock, beat: () => void) {
    this.#clock = clock;
    this.#beat = beat;
  }

  /** A frame of the stream was sealed just now, or is about to be. */
  sealed(): void {
    this.#sealedAtMs = this.#clock.now();
    this.#cancel ??= this.#clock.after(PULSE_MS, () => this.#due());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** One timer is moved on instead of one set anew with each frame. */
  #due(): void {
    const leftMs = this.#sealedAtMs + PULSE_MS - this.#clock.now();
    const isQuiet = leftMs <= 0;
    this.#cancel = this.#clock.after(isQuiet ? PULSE_MS : leftMs, () => this.#due());
    if (isQuiet) this.#beat();
  }
}

/** The agent's end. */
export class PulseWatch {
  readonly #clock: FrameClock;
  readonly #doubted: () => void;
  #cancel: (() => void) | undefined;
  #heardAtMs = 0;
  #waitMs = PULSE_LATE_MS;
  #fresh = false;

  /** `doubted` is called when nothing has come for too long, and again after ever longer times. */
  constructor(clock: FrameClock, doubted: () => void) {
    this.#clock = clock;
    this.#doubted = doubted;
  }

  /** Whether the page was heard of lately, on the connection that there is. */
  get fresh(): boolean {
    return this.#fresh;
  }

  /** On a new connection what is shown is old until something has come. */
  start(): void {
    this.stop();
    this.#waitMs = PULSE_LATE_MS;
    this.#heardAtMs = this.#clock.now();
    this.#cancel = this.#clock.after(this.#waitMs, () => this.#due());
  }

  /** Something has come that shows what is new; before the start it may be of a page that is gone. */
  heard(): void {
    if (this.#cancel === undefined) return;
    this.#fresh = true;
    this.#progressed();
  }

  /** Something has come that will show it later. */
  progressed(): void {
    if (this.#cancel !== undefined) this.#progressed();
  }

  /** The machine has slept, which its timers know nothing of: what is shown is of before, until something comes. */
  slept(): void {
    if (this.#cancel === undefined) return;
    this.#fresh = false;
    this.#progressed();
    this.#doubted();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#fresh = false;
  }

  #progressed(): void {
    this.#heardAtMs = this.#clock.now();
    this.#waitMs = PULSE_LATE_MS;
  }

  #due(): void {
    const leftMs = this.#heardAtMs + this.#waitMs - this.#clock.now();
    if (leftMs > 0) {
      this.#cancel = this.#clock.after(leftMs, () => this.#due());
      return;
    }
    this.#fresh = false;
    this.#waitMs = Math.min(2 * this.#waitMs, LONGEST_WAIT_MS);
    this.#heardAtMs = this.#clock.now();
    this.#cancel = this.#clock.after(this.#waitMs, () => this.#due());
    this.#doubted();
  }
}
