/**
 * Measures how long the browser puts a frame off, only while something is being recorded: a page on which nothing
 * changes is asked for no frames.
 */

export interface FrameWatchDeps {
  /** Runs when the next frame is drawn; never, where none is drawn. */
  frame(run: () => void): void;
  now(): number;
  onFrame(delayMs: number): void;
}

export class FrameWatch {
  readonly #deps: FrameWatchDeps;
  #askedAtMs: number | undefined;

  constructor(deps: FrameWatchDeps) {
    this.#deps = deps;
  }

  /**
   * The page has just changed, so that a frame comes anyway. One that came only because it was asked for would make
   * the browser put off the page's own tasks until it is drawn, for as long as the visitor presses something.
   */
  noticed(isVisible: boolean): void {
    // A hidden page draws no frames, and what was asked for before is answered when it is shown again.
    if (!isVisible) this.#askedAtMs = undefined;
    if (!isVisible || this.#askedAtMs !== undefined) return;
    const askedAtMs = this.#deps.now();
    this.#askedAtMs = askedAtMs;
    this.#deps.frame(() => {
      if (this.#askedAtMs !== askedAtMs) return;
      this.#askedAtMs = undefined;
      this.#deps.onFrame(this.#deps.now() - askedAtMs);
    });
  }
}
