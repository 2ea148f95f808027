/** Says chat lines in the order of their numbers, each once. */

import type { ChatLine } from '@alongside/protocol';

/** So many lines may wait for an earlier one; then it is given up, and clients fetch it with the history. */
const HELD_LINES = 32;

export class LineOrder {
  #last: number;
  readonly #held = new Map<number, ChatLine>();

  constructor(last: number) {
    this.#last = last;
  }

  /** The lines that may be said now that this one is committed. */
  committed(line: ChatLine): ChatLine[] {
    if (line.number <= this.#last) return [];
    this.#held.set(line.number, line);
    if (this.#held.size > HELD_LINES) this.#last = Math.min(...this.#held.keys()) - 1;
    return this.#inOrder();
  }

  /** Nothing earlier is under way any more: gaps are of lines that were committed elsewhere. */
  settle(): ChatLine[] {
    if (this.#held.size === 0) return [];
    const lines = [...this.#held.values()].sort((one, other) => one.number - other.number);
    this.#held.clear();
    this.#last = lines.at(-1)?.number ?? this.#last;
    return lines;
  }

  #inOrder(): ChatLine[] {
    const lines: ChatLine[] = [];
    for (;;) {
      const next = this.#held.get(this.#last + 1);
      if (next === undefined) return lines;
      this.#held.delete(next.number);
      this.#last = next.number;
      lines.push(next);
    }
  }
}
