/**
 * Which counts of one key were seen. Frames may overtake one another on the way (one waits for a packet that is sent
 * again), so a late one within the window is taken once; what is older is taken never.
 */

export const WINDOW_FRAMES = 128;
const ALL = (1n << BigInt(WINDOW_FRAMES)) - 1n;

export class ReplayWindow {
  #newest = -1;
  /** A bit for each of the newest counts, the lowest for the newest. */
  #seen = 0n;

  get newest(): number {
    return this.#newest;
  }

  has(counter: number): boolean {
    const age = this.#newest - counter;
    if (age < 0) return false;
    return age >= WINDOW_FRAMES || ((this.#seen >> BigInt(age)) & 1n) === 1n;
  }

  /** Only of a frame that is authentic: a forged count would close the window to the true ones. */
  add(counter: number): void {
    const ahead = counter - this.#newest;
    if (ahead > 0) {
      this.#seen = ahead >= WINDOW_FRAMES ? 1n : ((this.#seen << BigInt(ahead)) | 1n) & ALL;
      this.#newest = counter;
    } else {
      this.#seen |= 1n << BigInt(-ahead);
    }
  }
}
