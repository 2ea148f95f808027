/** Who speaks, from how loud each is: the pause between two words is no silence. */

/** Of full scale: above what a quiet room gives through noise suppression. */
const AUDIBLE = 0.015;
const PAUSE_MS = 700;

export class Speaking<Who> {
  readonly #lastHeard = new Map<Who, number>();

  /** Those who speak, in the order in which they began. */
  tell(voices: readonly (readonly [Who, number])[], nowMs: number): readonly Who[] {
    for (const [who, loudness] of voices) if (loudness >= AUDIBLE) this.#lastHeard.set(who, nowMs);
    for (const [who, at] of this.#lastHeard) if (nowMs - at >= PAUSE_MS) this.#lastHeard.delete(who);
    return [...this.#lastHeard.keys()];
  }
}
