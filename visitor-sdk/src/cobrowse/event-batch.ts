/**
 * Gathers the events of one microtask into a batch; while the socket is behind, those of one animation frame.
 * Waiting for a frame always would cost the agent several milliseconds for nothing. While the recorder gives way to
 * the page, whoever holds its changes back says when a batch is whole.
 */

import { isOvertaken } from './giving-way/is-overtaken.js';
import type { MaskedEvent } from './masking/masked-event.js';

/** Where masked events go: the sealing engine, through the controller. */
export interface EventSink {
  push(events: readonly MaskedEvent[]): void;
  /**
   * The page's size and its whole tree, of this very moment: what was pushed before lies before it. `json` is the same
   * as text, where it has been written already.
   */
  snapshot(events: readonly MaskedEvent[], json?: string): void;
  /** What was pushed no longer fits together: somebody has to ask for a snapshot. */
  needSnapshot(): void;
  readonly behind: boolean;
  /** Whether it has any use for the text of a snapshot; it has, unless it says otherwise. */
  readonly wantsText?: boolean | undefined;
}

/** The page's own timing, taken before it is used. */
export interface BatchTiming {
  microtask(run: () => void): void;
  /** Runs at the next frame, or soon where no frames are drawn. */
  frame(run: () => void): void;
}

/** Above this a batch is sent at once: one long task of the page must not become one huge frame. */
const LARGEST_BATCH = 500;

export class EventBatch {
  readonly #sink: EventSink;
  readonly #timing: BatchTiming;
  #events: MaskedEvent[] = [];
  #scheduled = false;
  /** Nothing is sent but by `flush`. */
  held = false;
  /** Of the places where something was, only the last is sent. */
  keepsLastPlaces = false;

  constructor(sink: EventSink, timing: BatchTiming) {
    this.#sink = sink;
    this.#timing = timing;
  }

  add(events: readonly MaskedEvent[]): void {
    if (events.length === 0) return;
    for (const event of events) this.#put(event);
    if (this.#events.length >= LARGEST_BATCH) this.flush();
    if (this.#scheduled || this.held) return;
    this.#scheduled = true;
    const flush = () => {
      this.#scheduled = false;
      this.flush();
    };
    if (this.#sink.behind) this.#timing.frame(flush);
    else this.#timing.microtask(flush);
  }

  /** Whether there was anything to send. */
  flush(): boolean {
    if (this.#events.length === 0) return false;
    const events = this.#events;
    this.#events = [];
    this.#sink.push(events);
    return true;
  }

  clear(): void {
    this.#events = [];
  }

  #put(event: MaskedEvent): void {
    const last = this.#events.at(-1);
    if (this.keepsLastPlaces && last !== undefined && isOvertaken(last, event)) this.#events.pop();
    this.#events.push(event);
  }
}

/** A hidden page draws no frames; then a batch waits this long at most. */
const HIDDEN_FRAME_MS = 250;

export function pageTiming(window: Window & typeof globalThis): BatchTiming {
  const microtask = window.queueMicrotask.bind(window);
  const requestFrame = window.requestAnimationFrame.bind(window);
  const cancelFrame = window.cancelAnimationFrame.bind(window);
  const setTimer = window.setTimeout.bind(window);
  const clearTimer = window.clearTimeout.bind(window);
  return {
    microtask,
    frame: (run) => {
      const timer = setTimer(() => {
        cancelFrame(frame);
        run();
      }, HIDDEN_FRAME_MS);
      const frame = requestFrame(() => {
        clearTimer(timer);
        run();
      });
    },
  };
}
