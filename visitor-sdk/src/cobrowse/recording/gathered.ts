/**
 * Runs for each of what comes, at once or in a moment, and then no more often than so: what comes meanwhile waits for
 * the next time.
 */

export class Gathered<T> {
  readonly #run: (item: T) => void;
  readonly #everyMs: number;
  readonly #waiting = new Set<T>();
  #timer: number | undefined;

  constructor(everyMs: number, run: (item: T) => void) {
    this.#everyMs = everyMs;
    this.#run = run;
  }

  came(item: T): void {
    if (this.#timer === undefined) {
      this.#run(item);
      this.#timer = window.setTimeout(() => this.#next(), this.#everyMs);
    } else this.#waiting.add(item);
  }

  /** The same, but not at once. */
  comes(item: T): void {
    this.#waiting.add(item);
    this.#timer ??= window.setTimeout(() => this.#next(), this.#everyMs);
  }

  stop(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
  }

  #next(): void {
    this.#timer = undefined;
    const items = [...this.#waiting];
    this.#waiting.clear();
    for (const item of items) {
      this.#run(item);
      this.#timer ??= window.setTimeout(() => this.#next(), this.#everyMs);
    }
  }
}
