/** How long somebody has waited, in words that do not change every second. */

import type { Messages } from './catalogue.js';

/** Long enough that a person in the queue should be looked after first. */
export const LONG_WAIT_MS = 3 * 60_000;

export function waitingTime(waitedMs: number, { t, plural }: Pick<Messages, 't' | 'plural'>): string {
  const minutes = Math.floor(Math.max(0, waitedMs) / 60_000);
  if (minutes < 1) return t('queue.justNow');
  if (minutes < 60) return plural('queue.minutes', minutes);
  return plural('queue.hours', Math.floor(minutes / 60));
}
