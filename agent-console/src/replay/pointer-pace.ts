/**
 * Shows the positions of the visitor's pointer one after the other, at the pace at which they came to be: several of
 * them travel together, and shown at once only the last would be seen.
 */

import { EventType, IncrementalSource } from '@rrweb/types';
import type { SafeEvent } from '../engagement/player/event-grammar.js';

/** What the visitor's side holds a position back for at most: later the next ones are there. */
const LONGEST_MS = 50;
/** Between positions that came in different batches, when the one before is still to be shown. */
const LEAST_GAP_MS = 8;
/** The pointer is never shown later than this for the sake of its pace. */
const LONGEST_LAG_MS = 100;
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
  #lastDueMs = 0;

  /** `show` is called for each position whose time has come. */
  constructor(show: (move: SafeEvent) => void) {
    this.#show = show;
  }

  /** What of a batch is shown now, in its order; positions that have to wait for their turn follow by themselves. */
  take(events: readonly SafeEvent[]): readonly SafeEvent[] {
    const moves = events.filter(isMove);
    const [first] = moves;
    if (first === undefined) return events;
    const nowMs = performance.now();
    if (this.#lastDueMs - nowMs > LONGEST_LAG_MS) this.#hurry();
    const isFree = this.#later.length === 0;
    const startMs = isFree ? nowMs : this.#lastDueMs + LEAST_GAP_MS;
    for (const move of isFree ? moves.slice(1) : moves) {
      const afterMs = Math.min(Math.max(0, move.timestamp - first.timestamp), LONGEST_MS);
      this.#lastDueMs = startMs + afterMs;
      this.#later.push({ move, timer: setTimeout(() => this.#next(), this.#lastDueMs - nowMs) });
    }
    return events.filter((event) => !isMove(event) || (isFree && event === first));
  }

  close(): void {
    for (const { timer } of this.#later) clearTimeout(timer);
    this.#later = [];
  }

  #next(): void {
    const next = this.#later.shift();
    if (next !== undefined) this.#show(next.move);
  }

  /** Too far behind: of what waits, only the last position is still of use. */
  #hurry(): void {
    const last = this.#later.at(-1);
    this.close();
    if (last !== undefined) this.#show(last.move);
  }
}
