/** So many within ten seconds, counted exactly. */

import type { Clock } from '@alongside/engagement';

const WINDOW_MS = 10_000;

export class RateWindow {
  readonly #clock: Clock;
  readonly #most: number;
  #times: number[] = [];

  constructor(clock: Clock, most: number) {
    this.#clock = clock;
    this.#most = most;
  }

  /** Counts one; false when it is one too many, which then does not count. */
  take(): boolean {
    const now = this.#clock.now();
    // A clock that is set back must not shut anybody out for longer than the window.
    this.#times = this.#times.filter((time) => now - time < WINDOW_MS && time <= now);
    if (this.#times.length >= this.#most) return false;
    this.#times.push(now);
    return true;
  }
}
