/**
 * Holds the changes of the page back for a while, so that many changes of one element are read and sent as the one
 * that they have come to. Nothing is lost: what is held is the page's own state, read when the time is over.
 */

export interface HeldChangesDeps {
  readonly window: Pick<Window, 'setTimeout' | 'clearTimeout'>;
  /** From now on changes are gathered and not read. */
  hold(): void;
  /** Reads what was gathered and sends it. */
  release(): void;
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
    const wasHolding = this.#holdMs > 0;
    this.#holdMs = holdMs;
    if (wasHolding) this.#release();
    this.#begin();
  }

  /** Something has let go of what was held, as every event does that is none of a change. */
  again(): void {
    if (this.#holdMs > 0) this.#deps.hold();
  }

  /** Lets go at once: somebody needs the page as it is now. */
  flush(): void {
    if (this.#holdMs === 0) return;
    this.#release();
    this.#begin();
  }

  stop(): void {
    this.#deps.window.clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#holdMs > 0) this.#deps.letGo();
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

  #release(): void {
    this.#deps.window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#deps.release();
  }
}
