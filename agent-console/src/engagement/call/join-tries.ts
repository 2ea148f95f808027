/** How often a join that came to nothing is tried again, and how soon. */

import type { Failure } from '../../app/failure.js';
import { isWorthRetrying } from '../../app/failure.js';

const WAITS_MS = [200, 1000, 2000, 4000, 8000] as const;
/** A way is looked for a quarter of a minute each time. */
const WAY_TRIES = 2;
/** Where a window was loaded anew, the page before may be there for a moment still. */
const WINDOW_TRIES = 2;

export const unreached: Failure = { code: 'mediaUnreachable' };

/** This agent is in the call in another window, which is asked to give it up by a press alone. */
export function isElsewhere({ code }: Failure): boolean {
  return code === 'conflict';
}

export function isTriedAgain(failure: Failure, attempts: number): boolean {
  if (isElsewhere(failure)) return attempts < WINDOW_TRIES;
  return isWorthRetrying(failure) && attempts < (failure === unreached ? WAY_TRIES : WAITS_MS.length);
}

export function waitMsBefore(attempt: number): number {
  return WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)] ?? 8000;
}
