/** Measures one side of a call while it lasts: every two seconds over the last ten, and tells the server every ten. */

import type { CallFigures, CallMeasured, CallScores } from '@alongside/protocol';
import { type CallCounters, figuresBetween } from './call-counters.js';

export interface CallMeterDeps {
  counters(): Promise<CallCounters>;
  /** Answered with the server's scores; undefined where it has none now. */
  report(figures: CallFigures): Promise<CallScores | undefined>;
  onMeasured(measured: CallMeasured): void;
}

/** How often `tick` is to be called. */
export const meterTickMs = 2000;
const TICKS = 5;

export class CallMeter {
  readonly #deps: CallMeterDeps;
  #seen: CallCounters[] = [];
  #ticks = 0;
  #scores: CallScores = {};
  #busy = false;

  constructor(deps: CallMeterDeps) {
    this.#deps = deps;
  }

  /** Never rejects: a call that just ended has nothing to count any more. */
  async tick(): Promise<void> {
    // A machine that is behind is not asked for the next before it has answered the last.
    if (this.#busy) return;
    this.#busy = true;
    try {
      await this.#measure();
    } catch {
      this.#seen = [];
    } finally {
      this.#busy = false;
    }
  }

  async #measure(): Promise<void> {
    const { counters, report, onMeasured } = this.#deps;
    const now = await counters();
    const before = this.#seen[0];
    this.#seen = [...this.#seen, now].slice(-TICKS);
    if (before === undefined) return;
    const figures = figuresBetween(before, now);
    this.#ticks += 1;
    onMeasured({ ...this.#scores, ...figures });
    if (this.#ticks % TICKS === 0) this.#scores = (await report(figures)) ?? {};
  }
}
