/** Whether somebody speaks, from how loud they are: the pause between two words is no silence. */

/** Of full scale: above what a quiet room gives through noise suppression. */
const AUDIBLE = 0.015;
const PAUSE_MS = 700;

export class Speaking {
  #lastHeard: number | undefined;

  tell(loudness: number, nowMs: number): boolean {
    if (loudness >= AUDIBLE) this.#lastHeard = nowMs;
    return this.#lastHeard !== undefined && nowMs - this.#lastHeard < PAUSE_MS;
  }
}
