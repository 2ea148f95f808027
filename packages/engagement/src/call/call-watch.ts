/** What is looked at again and again while a call is on, on either side: who speaks, and how the network bears it. */

import type { AgentId, CallFigures, CallMeasured, CallScores } from '@alongside/protocol';
import { countersOf, type StatsEntry } from './call-counters.js';
import { CallMeter, meterTickMs } from './call-meter.js';
import { LineWatch, type LineWatchDeps, type PicturedCall } from './line-watch.js';
import { Speaking } from './speaking.js';

/** Without an id, the one whom this side talks to. */
export type Speaker = AgentId | undefined;

export interface WatchedCall extends PicturedCall {
  stats(): Promise<readonly StatsEntry[]>;
  /** Whether somebody is there whose voice is not muted. */
  awaitsVoice(): boolean;
  /** Of each whose voice comes, how loud it is, from 0 to 1. */
  voices(): readonly (readonly [Speaker, number])[];
  report(
    figures: CallFigures,
  ): Promise<{ readonly ok: true; readonly value: CallScores } | { readonly ok: false } | undefined>;
}

export interface CallWatchDeps extends LineWatchDeps {
  /** Answers how to stop it. */
  every(ms: number, act: () => void): () => void;
  nowMs(): number;
  onMeasured(measured: CallMeasured): void;
  onSpeaks(speakers: readonly Speaker[]): void;
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
    const line = new LineWatch(this.#deps, call);
    const meter = new CallMeter({
      counters: async () => {
        const now = countersOf(await call.stats(), nowMs(), call.awaitsVoice());
        if (!ended) line.look(now);
        return now;
      },
      report: async (figures) => {
        const reply = await call.report(figures);
        return reply?.ok === true ? reply.value : undefined;
      },
      // What was asked before the end may be answered after it.
      onMeasured: (measured) => {
        if (!ended) onMeasured(measured);
      },
    });
    const speaking = new Speaking<Speaker>();
    let speakers: readonly Speaker[] = [];
    const stops = [
      every(meterTickMs, () => void meter.tick()),
      every(LISTEN_MS, () => {
        const before = speakers;
        speakers = speaking.tell(call.voices(), nowMs());
        if (speakers.join() !== before.join() || speakers.length !== before.length) onSpeaks(speakers);
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
    this.#deps.onSpeaks([]);
    this.#deps.onMeasured({});
    this.#deps.onRation('all');
    this.#deps.onStill(false);
  }
}
