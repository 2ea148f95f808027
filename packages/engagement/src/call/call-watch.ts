/** What is looked at again and again while a call is on, on either side: who speaks, and how the network bears it. */

import type { AgentId, CallFigures, CallMeasured, CallScores } from '@alongside/protocol';
import { type CallCounters, countersOf, figuresBetween, type StatsEntry } from './call-counters.js';
import { CallMeter, meterTickMs } from './call-meter.js';
import { type PictureRation, PictureRationing } from './picture-ration.js';
import { Speaking } from './speaking.js';

/** Without an id, the one whom this side talks to. */
export type Speaker = AgentId | undefined;

export interface WatchedCall {
  stats(): Promise<readonly StatsEntry[]>;
  /** Whether somebody is there whose voice is not muted. */
  awaitsVoice(): boolean;
  /** Whether the other side gives a picture that is shown here. */
  awaitsPicture(): boolean;
  /** Of each whose voice comes, how loud it is, from 0 to 1. */
  voices(): readonly (readonly [Speaker, number])[];
  /** As much of the own picture as this side's line bears beside the voice, from now on. */
  ration(ration: PictureRation): void;
  report(
    figures: CallFigures,
  ): Promise<{ readonly ok: true; readonly value: CallScores } | { readonly ok: false } | undefined>;
}

export interface CallWatchDeps {
  /** Answers how to stop it. */
  every(ms: number, act: () => void): () => void;
  nowMs(): number;
  onMeasured(measured: CallMeasured): void;
  onSpeaks(speakers: readonly Speaker[]): void;
  onRation(ration: PictureRation): void;
  /** A picture that is awaited does not move, whichever of the two lines is to blame. */
  onStill(isStill: boolean): void;
}

const LISTEN_MS = 200;
/** Over so many looks is judged what the line bears, and whether a picture moves. */
const LOOKS = 2;

export class CallWatch {
  readonly #deps: CallWatchDeps;
  #stop: () => void = () => undefined;

  constructor(deps: CallWatchDeps) {
    this.#deps = deps;
  }

  begin(call: WatchedCall): void {
    this.end();
    const { every, nowMs, onMeasured, onSpeaks, onRation, onStill } = this.#deps;
    let ended = false;
    const rationing = new PictureRationing();
    let seen: readonly CallCounters[] = [];
    let awaited = 0;
    let isStill = false;
    const look = (now: CallCounters): void => {
      const [before = now] = seen;
      seen = [...seen, now].slice(-LOOKS);
      awaited = call.awaitsPicture() ? awaited + 1 : 0;
      const wasStill = isStill;
      isStill = awaited > LOOKS && now.pictures === before.pictures;
      const former = rationing.ration;
      const ration = rationing.tell(figuresBetween(before, now).upLossPermille, now.atMs);
      if (ended) return;
      if (isStill !== wasStill) onStill(isStill);
      if (ration === former) return;
      call.ration(ration);
      onRation(ration);
    };
    const meter = new CallMeter({
      counters: async () => {
        const now = countersOf(await call.stats(), nowMs(), call.awaitsVoice());
        look(now);
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
