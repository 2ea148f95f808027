/**
 * Holds the changes of the page back for a while, so that many changes of one element are read and sent as the one
 * that they have come to. Nothing is lost: what is held is the page's own state, read when the time is over.
 */

import { paceLimits } from './pace-limits.js';

export interface HeldChangesDeps {
  readonly window: Pick<Window, 'setTimeout' | 'clearTimeout'>;
  /** From now on changes are gathered and not read. */
  hold(): void;
  /** Reads what was gathered and sends it; whether there was anything. */
  release(): boolean;
  /** Reads what was gathered, for nobody. */
  letGo(): void;
}

export class HeldChanges {
  readonly #deps: HeldChangesDeps;
  #holdMs = 0;
  #timer: number | undefined;

  constructor(deps: HeldChangesDeps) {
    this.#deps = deps;
  }

  /** 0 when nothing is held back. */
  get holdMs(): number {
    return this.#holdMs;
  }

  use(holdMs: number): void {
    if (holdMs === this.#holdMs) return;
    this.#holdMs = holdMs;
    if (this.#timer !== undefined) this.#release();
    this.#begin();
  }

  /** Something was told at once: what follows it closely is read together, for as long as more comes. */
  rest(restMs: number = paceLimits.restMs): void {
    if (this.#timer !== undefined) return;
    this.#deps.hold();
    this.#timer = this.#deps.window.setTimeout(() => {
      if (this.#release()) this.rest(paceLimits.busyRestMs);
    }, restMs);
  }

  /** Something has let go of what was held, as every event does that is none of a change. */
  again(): void {
    if (this.#timer !== undefined) this.#deps.hold();
  }

  /** Lets go at once: somebody needs the page as it is now. */
  flush(): void {
    if (this.#timer === undefined) return;
    this.#release();
    this.#begin();
  }

  stop(): void {
    if (this.#timer !== undefined) this.#deps.letGo();
    this.#deps.window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#holdMs = 0;
  }

  #begin(): void {
    if (this.#holdMs === 0) return;
    this.#deps.hold();
    this.#timer = this.#deps.window.setTimeout(() => {
      this.#release();
      this.#begin();
    }, this.#holdMs);
  }

  #release(): boolean {
    this.#deps.window.clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#deps.release();
  }
}
