/**
 * Shows the positions of the visitor's pointer one after the other, at the pace at which they came to be: several of
 * them travel together, and shown at once only the last would be seen.
 */

import { EventType, IncrementalSource } from '@rrweb/types';
import type { SafeEvent } from '../engagement/player/event-grammar.js';

/** What the visitor's side holds a position back for at most: later the next ones are there. */
const LONGEST_MS = 50;
const MOVES: ReadonlySet<unknown> = new Set([
  IncrementalSource.MouseMove,
  IncrementalSource.TouchMove,
  IncrementalSource.Drag,
]);

function isMove({ type, data }: SafeEvent): boolean {
  return type === EventType.IncrementalSnapshot && MOVES.has(data.source);
}

export class PointerPace {
  readonly #show: (move: SafeEvent) => void;
  #later: { readonly move: SafeEvent; readonly timer: ReturnType<typeof setTimeout> }[] = [];

  /** `show` is called for each position whose time has come. */
  constructor(show: (move: SafeEvent) => void) {
    this.#show = show;
  }

  /** What of a batch is shown now, in its order; positions after its first one follow by themselves. */
  take(events: readonly SafeEvent[]): readonly SafeEvent[] {
    this.#hurry();
    const [first, ...later] = events.filter(isMove);
    if (first === undefined || later.length === 0) return events;
    for (const move of later) {
      const inMs = Math.min(Math.max(0, move.timestamp - first.timestamp), LONGEST_MS);
      this.#later.push({ move, timer: setTimeout(() => this.#next(), inMs) });
    }
    return events.filter((event) => event === first || !isMove(event));
  }

  close(): void {
    for (const { timer } of this.#later) clearTimeout(timer);
    this.#later = [];
  }

  #next(): void {
    const next = this.#later.shift();
    if (next !== undefined) this.#show(next.move);
  }

  /** What comes now is newer than what waits: of that, only the last position is still of use. */
  #hurry(): void {
    const last = this.#later.at(-1);
    this.close();
    if (last !== undefined) this.#show(last.move);
  }
}
