/**
 * How much of a camera's picture is sent beside a voice. A voice cannot wait: while too much of what is sent is lost, the
 * picture gives way in two steps, and comes back in two once nothing is lost. Where as much is lost without a picture it was
 * not the picture's doing, and it is sent again.
 */

/** Both sizes, the small one alone, or neither. */
export type PictureRation = 'all' | 'small' | 'none';

const steps = ['all', 'small', 'none'] as const satisfies readonly PictureRation[];

/** Of a thousand packets: more than a voice's own correction makes good, and as few as any network loses. */
const LOSSY_PERMILLE = 60;
const CLEAN_PERMILLE = 20;
/** What is counted until then is of before the last step. */
const SETTLE_MS = 6000;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 160_000;

export class PictureRationing {
  #step = 0;
  /** When the step that holds was taken, and the wait for the next one up, which doubles with each that was taken in vain. */
  #since = Number.NEGATIVE_INFINITY;
  #waitMs = FIRST_WAIT_MS;
  #wasRaised = false;
  /** What was lost with all of the picture. */
  #lostBefore = 0;
  #blamelessUntil = Number.NEGATIVE_INFINITY;

  get ration(): PictureRation {
    return steps[this.#step] ?? 'none';
  }

  /** What is lost of what is sent, where enough is sent to say so. */
  tell(lostPermille: number | undefined, nowMs: number): PictureRation {
    const lost = lostPermille ?? 0;
    if (nowMs - this.#since >= SETTLE_MS) {
      if (lost >= LOSSY_PERMILLE) this.#lose(lost, nowMs);
      else if (lost <= CLEAN_PERMILLE) this.#recover(nowMs);
    }
    return this.ration;
  }

  #lose(lost: number, nowMs: number): void {
    if (nowMs < this.#blamelessUntil) return;
    if (this.#step === 0) this.#lostBefore = lost;
    if (this.#wasRaised) this.#waitMs = Math.min(LONGEST_WAIT_MS, this.#waitMs * 2);
    if (this.#step < steps.length - 1) this.#take(this.#step + 1, nowMs);
    else if (lost * 2 > this.#lostBefore) {
      this.#blamelessUntil = nowMs + LONGEST_WAIT_MS;
      this.#take(0, nowMs);
    }
    this.#wasRaised = false;
  }

  #recover(nowMs: number): void {
    if (this.#step === 0) {
      this.#waitMs = nowMs - this.#since < this.#waitMs ? this.#waitMs : FIRST_WAIT_MS;
      return;
    }
    if (nowMs - this.#since < this.#waitMs) return;
    this.#take(this.#step - 1, nowMs);
    this.#wasRaised = true;
  }

  #take(step: number, nowMs: number): void {
    this.#step = step;
    this.#since = nowMs;
  }
}
