/** The time that limits and deadlines are measured by; tests put their own in its place. */

export interface FrameClock {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Runs once after the delay unless the returned function is called before. */
  after(delayMs: number, run: () => void): () => void;
}

/** The clock of the browser or of Node. */
export const systemClock: FrameClock = {
  now: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
