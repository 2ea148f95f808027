/**
 * Tells when this machine has slept. Timers stand still with it, so that a page which looked live before the lid was
 * closed would go on doing so for a while after; the clock on the wall has gone on.
 */

/** How often it is looked, and how much later than due that may be on a machine that is merely busy. */
const LOOK_MS = 1_000;
const SLEPT_MS = 4_000;

/** A window out of sight is looked at more seldom by its browser: then it is told for nothing, which does no harm. */
export function watchSleep(onWake: () => void): () => void {
  let lookedAt = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    const hasSlept = now - lookedAt > LOOK_MS + SLEPT_MS;
    lookedAt = now;
    if (hasSlept) onWake();
  }, LOOK_MS);
  return () => clearInterval(timer);
}
