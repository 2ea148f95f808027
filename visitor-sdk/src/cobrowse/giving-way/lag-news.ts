/** Tells those who see the page when it comes later than it should, and when it no longer does. */

import { paceLimits } from './pace-limits.js';

export interface LagNewsDeps {
  /** For how long changes are held back at most. */
  heldMs(): number;
  watchers(): readonly number[];
  tell(slot: number, lagMs: number): void;
}

export class LagNews {
  readonly #deps: LagNewsDeps;
  #toldMs = 0;

  constructor(deps: LagNewsDeps) {
    this.#deps = deps;
  }

  /** The recorder has become slower or faster. */
  changed(): void {
    const lagMs = this.#lagMs();
    if (lagMs === this.#toldMs) return;
    this.#toldMs = lagMs;
    for (const slot of this.#deps.watchers()) this.#deps.tell(slot, lagMs);
  }

  /** Somebody has come to see the page. */
  greet(slot: number): void {
    if (this.#lagMs() > 0) this.#deps.tell(slot, this.#lagMs());
  }

  #lagMs(): number {
    const heldMs = this.#deps.heldMs();
    return heldMs >= paceLimits.catchingUpMs ? heldMs : 0;
  }
}
