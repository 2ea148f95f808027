/**
 * Decides how fast the recorder may be: it goes slower as soon as its own work takes more of the page's time than
 * it may, and faster again, step by step, when the page is calm.
 */

import type { PaceStep } from './pace-limits.js';
import { paceLimits, paceSteps } from './pace-limits.js';

export interface PaceDeps {
  /** In milliseconds, never going back. */
  now(): number;
  onStep(step: PaceStep): void;
}

export class Pace {
  readonly #deps: PaceDeps;
  #place = 0;
  #sliceAtMs: number;
  #workMs = 0;
  #latestFrameMs = 0;
  #busySlices = 0;
  #calmSinceMs: number | undefined;
  #calmMs: number = paceLimits.calmMs;
  #fasterAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: PaceDeps) {
    this.#deps = deps;
    this.#sliceAtMs = deps.now();
  }

  get step(): PaceStep {
    return paceSteps[this.#place] ?? paceSteps[0];
  }

  /** Our own work has kept the page waiting for so long. */
  worked(ms: number): void {
    this.#workMs += ms;
    this.look();
  }

  /** A frame came so long after it was asked for. */
  framed(delayMs: number): void {
    this.#latestFrameMs = Math.max(this.#latestFrameMs, delayMs);
    this.look();
  }

  /** To be called now and then as well: where nothing happens, nobody else says that it is calm. */
  look(): void {
    const now = this.#deps.now();
    const tookMs = now - this.#sliceAtMs;
    if (tookMs < paceLimits.sliceMs) return;
    const isLate = this.#latestFrameMs >= paceLimits.lateFrameMs;
    const mostShare = isLate ? paceLimits.mostShareWhileLate : paceLimits.mostShare;
    const share = this.#workMs / tookMs;
    this.#sliceAtMs = now;
    this.#workMs = 0;
    this.#latestFrameMs = 0;
    this.#busySlices = share > mostShare ? this.#busySlices + 1 : 0;
    if (share > mostShare) this.#slower(now);
    else if (share < mostShare * paceLimits.calmPart) this.#calm(now);
    else this.#calmSinceMs = undefined;
  }

  #slower(now: number): void {
    this.#calmSinceMs = undefined;
    const isFirst = this.#place === 0 && this.#busySlices < paceLimits.busySlices;
    if (isFirst || this.#place === paceSteps.length - 1) return;
    const isRelapse = now - this.#fasterAtMs < paceLimits.relapseMs;
    this.#calmMs = isRelapse ? Math.min(2 * this.#calmMs, paceLimits.longestCalmMs) : paceLimits.calmMs;
    this.#fasterAtMs = Number.NEGATIVE_INFINITY;
    this.#go(this.#place + 1);
  }

  #calm(now: number): void {
    this.#calmSinceMs ??= now;
    if (this.#place === 0 || now - this.#calmSinceMs < this.#calmMs) return;
    this.#calmSinceMs = undefined;
    this.#fasterAtMs = now;
    this.#go(this.#place - 1);
  }

  #go(place: number): void {
    this.#place = place;
    this.#deps.onStep(this.step);
  }
}
