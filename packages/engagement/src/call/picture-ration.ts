/**
 * How much of a picture goes over a line beside a voice. A voice cannot wait: while too much of what goes is lost, the
 * picture gives way, in two steps or at once, and comes back in two once nothing is lost. Where as much is lost without a
 * picture it was not the picture's doing, and it goes again. What is lost at once says little of the line, as while
 * streams begin or after a moment without any network: it takes two looks in a row that tell of it.
 */

/** Both sizes, the small one alone, or neither. */
export type PictureRation = 'all' | 'small' | 'none';

const steps = ['all', 'small', 'none'] as const satisfies readonly PictureRation[];
const LAST = steps.length - 1;

/** Of a thousand packets: more than a voice's own correction makes good, and as few as any network loses. */
const LOSSY_PERMILLE = 60;
const CLEAN_PERMILLE = 20;
/** Of this no voice is understood: there is no time to try what is less. */
const DEAF_PERMILLE = 150;
/** What is told of until then is of before the last step; that it was not the picture's doing is not said in a hurry. */
const SETTLE_MS = 2000;
const BLAME_MS = 6000;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 80_000;
/** Beside a small picture and a voice a sender that has room for a large one finds this, and fills what it finds. */
const LARGE_KBPS = 250;

export interface LineNews {
  /** Of what went since, where enough went to say so. */
  readonly lostPermille: number | undefined;
  readonly sinceMs: number;
  /** How much the sender takes the line to bear, where it tells. */
  readonly bearsKbps?: number | undefined;
}

export class PictureRationing {
  #step = 0;
  #wasLossy = false;
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

  tell({ lostPermille: told, sinceMs, bearsKbps }: LineNews, nowMs: number): PictureRation {
    const lostPermille = told ?? 0;
    const wasLossy = this.#wasLossy;
    if (told !== undefined) this.#wasLossy = told >= LOSSY_PERMILLE;
    if (lostPermille >= LOSSY_PERMILLE) {
      if (wasLossy && sinceMs - this.#since >= (this.#step < LAST ? SETTLE_MS : BLAME_MS))
        this.#lose(lostPermille, nowMs);
    } else if (lostPermille <= CLEAN_PERMILLE) this.#recover(bearsKbps, nowMs);
    return this.ration;
  }

  #lose(lost: number, nowMs: number): void {
    if (nowMs < this.#blamelessUntil) return;
    if (this.#step === 0) this.#lostBefore = lost;
    if (this.#wasRaised) this.#waitMs = Math.min(LONGEST_WAIT_MS, this.#waitMs * 2);
    if (this.#step < LAST) this.#take(lost >= DEAF_PERMILLE ? LAST : this.#step + 1, nowMs);
    else if (lost * 2 > this.#lostBefore) {
      this.#blamelessUntil = nowMs + LONGEST_WAIT_MS;
      this.#take(0, nowMs);
    }
    this.#wasRaised = false;
  }

  #recover(bearsKbps: number | undefined, nowMs: number): void {
    const isTight = this.#step === 1 && bearsKbps !== undefined && bearsKbps < LARGE_KBPS;
    if (nowMs - this.#since < (isTight ? LONGEST_WAIT_MS : this.#waitMs)) return;
    if (this.#step === 0) {
      this.#waitMs = FIRST_WAIT_MS;
      this.#wasRaised = false;
      return;
    }
    this.#take(this.#step - 1, nowMs);
    this.#wasRaised = true;
  }

  #take(step: number, nowMs: number): void {
    this.#step = step;
    this.#since = nowMs;
  }
}
