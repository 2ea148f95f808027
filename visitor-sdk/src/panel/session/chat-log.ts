/** The committed lines of an engagement, in the order of their numbers, each once. */

import type { ChatLine } from '@alongside/protocol';

export class ChatLog {
  readonly #lines = new Map<number, ChatLine>();

  /** Adds lines; true when any of them was new. */
  add(lines: readonly ChatLine[]): boolean {
    const before = this.#lines.size;
    for (const line of lines) this.#lines.set(line.number, line);
    return this.#lines.size > before;
  }

  get sorted(): readonly ChatLine[] {
    return [...this.#lines.values()].sort((one, other) => one.number - other.number);
  }

  /** The last number up to which nothing is missing: numbers start at 1 and have no gap. */
  get completeTo(): number {
    let number = 0;
    while (this.#lines.has(number + 1)) number += 1;
    return number;
  }
}
