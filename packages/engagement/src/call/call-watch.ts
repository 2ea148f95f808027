/** What is looked at again and again while a call is on, on either side: who speaks, and how the network bears it. */

import type { CallFigures, CallMeasured, CallScores } from '@alongside/protocol';
import { countersOf, type StatsEntry } from './call-counters.js';
import { CallMeter, meterTickMs } from './call-meter.js';
import { Speaking } from './speaking.js';

export interface WatchedCall {
  stats(): Promise<readonly StatsEntry[]>;
  /** Whether somebody is there whose voice is not muted. */
  awaitsVoice(): boolean;
  /** Of the other side, from 0 to 1. */
  loudness(): number;
  report(
    figures: CallFigures,
  ): Promise<{ readonly ok: true; readonly value: CallScores } | { readonly ok: false } | undefined>;
}

export interface CallWatchDeps {
  /** Answers how to stop it. */
  every(ms: number, act: () => void): () => void;
  nowMs(): number;
  onMeasured(measured: CallMeasured): void;
  onSpeaks(speaks: boolean): void;
}

const LISTEN_MS = 200;

export class CallWatch {
  readonly #deps: CallWatchDeps;
  #stop: () => void = () => undefined;

  constructor(deps: CallWatchDeps) {
    this.#deps = deps;
  }

  begin(call: WatchedCall): void {
    this.end();
    const { every, nowMs, onMeasured, onSpeaks } = this.#deps;
    let ended = false;
    const meter = new CallMeter({
      counters: async () => countersOf(await call.stats(), nowMs(), call.awaitsVoice()),
      report: async (figures) => {
        const reply = await call.report(figures);
        return reply?.ok === true ? reply.value : undefined;
      },
      // What was asked before the end may be answered after it.
      onMeasured: (measured) => {
        if (!ended) onMeasured(measured);
      },
    });
    const speaking = new Speaking();
    let speaks = false;
    const stops = [
      every(meterTickMs, () => void meter.tick()),
      every(LISTEN_MS, () => {
        const before = speaks;
        speaks = speaking.tell(call.loudness(), nowMs());
        if (speaks !== before) onSpeaks(speaks);
      }),
    ];
    this.#stop = () => {
      ended = true;
      for (const stop of stops) stop();
    };
  }

  end(): void {
    this.#stop();
    this.#stop = () => undefined;
    this.#deps.onSpeaks(false);
    this.#deps.onMeasured({});
  }
}
