/**
 * Exports take turns at the database, page by page: however many people ask for theirs at once, all the other
 * connections go on answering everybody else.
 */

/** Both processors of a small machine, and a fifth of the connections that requests have. */
const AT_ONCE = 2;

export class ReadingTurns {
  #free = AT_ONCE;
  readonly #waiting: (() => void)[] = [];

  /** First come, first served. What is read must not wait for a turn of its own. */
  async take<T>(read: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await read();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
