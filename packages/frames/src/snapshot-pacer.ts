/** Lets at most one snapshot through per 5 s and six per minute, whatever agents do. */

import { frameLimits } from '@alongside/protocol';
import type { FrameClock } from './frame-clock.js';

const MINUTE_MS = 60_000;

export class SnapshotPacer {
  readonly #clock: FrameClock;
  readonly #due: () => void;
  #takenAtMs: number[] = [];
  #cancel: (() => void) | undefined;
  #asked = false;

  /** `due` is called when a snapshot may be taken that was requested and not taken yet. */
  constructor(clock: FrameClock, due: () => void) {
    this.#clock = clock;
    this.#due = due;
  }

  /** Whether a snapshot has been asked for and may be taken at any moment. */
  get asked(): boolean {
    return this.#asked;
  }

  /**
   * Asks for a snapshot; requests made before it is taken are one. One that is urgent waits for the minute's
   * share and not for the gap: what is seen may no longer be shown.
   */
  request(how: { readonly urgent: boolean } = { urgent: false }): void {
    if (this.#asked || (this.#cancel !== undefined && !how.urgent)) return;
    this.#cancel?.();
    this.#cancel = undefined;
    const waitMs = this.#waitMs(how.urgent ? 0 : frameLimits.snapshotGapMs);
    if (waitMs <= 0) {
      this.#ask();
      return;
    }
    this.#cancel = this.#clock.after(waitMs, () => this.#ask());
  }

  /** The snapshot was taken; the next one waits its time. */
  taken(): void {
    this.#asked = false;
    this.#takenAtMs = [...this.#recent(), this.#clock.now()];
  }

  /** Nobody needs the snapshot any more that was asked for. */
  withdraw(): void {
    this.#asked = false;
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#asked = false;
  }

  #ask(): void {
    this.#cancel = undefined;
    this.#asked = true;
    this.#due();
  }

  #waitMs(leastGapMs: number): number {
    const recent = this.#recent();
    const now = this.#clock.now();
    const last = recent.at(-1);
    const gapMs = last === undefined ? 0 : last + leastGapMs - now;
    const sixth = recent.at(-frameLimits.snapshotsPerMinute);
    const minuteMs = sixth === undefined ? 0 : sixth + MINUTE_MS - now;
    return Math.max(0, gapMs, minuteMs);
  }

  #recent(): number[] {
    const now = this.#clock.now();
    return this.#takenAtMs.filter((takenAtMs) => now - takenAtMs < MINUTE_MS);
  }
}
