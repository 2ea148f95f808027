/** The clock of a page for tests that have no time: it goes as the machine's does, and further when it is told to. */

import type { FrameClock } from '@alongside/frames';

interface Waiting {
  readonly atMs: number;
  readonly run: () => void;
}

export class HastyClock implements FrameClock {
  #aheadMs = 0;
  readonly #waiting = new Set<Waiting>();

  now(): number {
    return performance.now() + this.#aheadMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const waiting: Waiting = {
      atMs: this.now() + delayMs,
      run: () => {
        cancel();
        run();
      },
    };
    const timer = setTimeout(waiting.run, delayMs);
    const cancel = () => {
      clearTimeout(timer);
      this.#waiting.delete(waiting);
    };
    this.#waiting.add(waiting);
    return cancel;
  }

  advance(ms: number): void {
    this.#aheadMs += ms;
    const now = this.now();
    for (const waiting of [...this.#waiting]) if (waiting.atMs <= now) waiting.run();
  }
}
