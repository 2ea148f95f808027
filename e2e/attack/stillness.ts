/** For how long a frame of a page did not answer. Both functions run in it and stand each for itself. */

type Watched = Window & typeof globalThis & { stillnessMs?: number };

/** Begins anew each time. */
export function watchStillness(): void {
  const watched = window as Watched;
  const isWatched = watched.stillnessMs !== undefined;
  watched.stillnessMs = 0;
  if (isWatched) return;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    watched.stillnessMs = Math.max(watched.stillnessMs ?? 0, now - last);
    last = now;
  }, 20);
}

export function longestStillnessMs(): number {
  return (window as Watched).stillnessMs ?? Number.NaN;
}

/** On a busy machine, of a main thread that also draws. */
export const MOST_STILL_MS = 3_000;
