/** How much a sender may send: a bucket that fills with time, kept as two numbers. */

export interface Rate {
  readonly perSecond: number;
  /** What may come at once after a pause. */
  readonly burst: number;
}

export class RateMeter {
  readonly #rate: Rate;
  #level: number;
  #atMs: number;

  constructor(rate: Rate, nowMs: number) {
    this.#rate = rate;
    this.#level = rate.burst;
    this.#atMs = nowMs;
  }

  /** False when it is too much; then nothing is taken. A clock that steps back fills nothing. */
  take(amount: number, nowMs: number): boolean {
    const elapsedMs = Math.max(0, nowMs - this.#atMs);
    this.#atMs = nowMs;
    this.#level = Math.min(this.#rate.burst, this.#level + (elapsedMs * this.#rate.perSecond) / 1000);
    if (this.#level < amount) return false;
    this.#level -= amount;
    return true;
  }
}
