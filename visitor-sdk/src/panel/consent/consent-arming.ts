/**
 * When an answer counts: only after the question has been visible and uncovered for a while without a break, so
 * that nobody is led to press a button that was put under their pointer.
 */

export const ARMING_MS = 500;

export class ConsentArming {
  readonly #covered = new Set<unknown>();
  #clearSince: number | undefined;

  /** Each button is watched by itself; the question is clear when all of them are. */
  constructor(parts: readonly unknown[]) {
    for (const part of parts) this.#covered.add(part);
  }

  see(part: unknown, clear: boolean, now: number): void {
    if (clear) this.#covered.delete(part);
    else this.#covered.add(part);
    if (this.#covered.size > 0) this.#clearSince = undefined;
    else this.#clearSince ??= now;
  }

  /** The page was hidden, resized or went to sleep: what was seen before does not count. */
  restart(now: number): void {
    if (this.#clearSince !== undefined) this.#clearSince = now;
  }

  get covered(): boolean {
    return this.#covered.size > 0;
  }

  isArmed(now: number): boolean {
    return this.#clearSince !== undefined && now - this.#clearSince >= ARMING_MS;
  }
}
