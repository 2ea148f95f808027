/** Rings softly while somebody asks for a call, with the sound that can be tried before one. */

import { playTestSound } from './sound-level.js';

const EVERY_MS = 6000;
/** Whoever rings in the place of another page may hear from the service first that the question was answered. */
const LATER_MS = 500;
const LOCK = 'alongside:ring';

/**
 * Only in a page that was pressed before: browsers keep others silent. Of several that show the question one rings, the
 * one in front if there is one. Answers how to stop it.
 */
export function ring(): () => void {
  if (navigator.userActivation?.hasBeenActive !== true) return () => undefined;
  const over = new AbortController();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const silence = (): void => {
    for (const timer of timers) clearTimeout(timer);
  };
  const sound = (): void => void playTestSound().catch(() => undefined);
  const soundsFrom = (ms: number): Promise<void> => {
    if (over.signal.aborted) return Promise.resolve();
    timers.add(setTimeout(sound, ms)).add(setInterval(sound, EVERY_MS));
    return new Promise((resolve) => over.signal.addEventListener('abort', () => resolve()));
  };
  const { locks } = navigator;
  const take = (steal: boolean): void => {
    const from = steal ? 0 : LATER_MS;
    const rings = locks.request(LOCK, steal ? { steal } : { signal: over.signal }, () => soundsFrom(from));
    rings.catch(({ name }: Error) => {
      silence();
      if (over.signal.aborted) return;
      // Another page or question rings now: this one goes on where that ends first.
      if (name === 'AbortError') take(false);
      else void soundsFrom(0);
    });
  };
  // Pages that are not secure have none, others may not use them, and each of those rings.
  if (locks === undefined) void soundsFrom(0);
  else take(document.visibilityState === 'visible');
  return () => {
    over.abort();
    silence();
  };
}
