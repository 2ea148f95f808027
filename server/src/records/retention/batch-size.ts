/** How many engagements one batch of a purge takes: so many that it is over before anybody waits for it. */

/** What a batch aims at; the hard limit that a bench measures is six times as long, which a busy machine needs. */
const AIM_MS = 8;
/** However busy the machine is, so that a purge comes to its end: of most, these are five hundred rows. */
const LEAST = 10;
const MOST = 2_000;
/** Nothing is known of the rows yet, nothing of them is in memory, and Postgres plans what it asks along with them. */
export const FIRST_BATCH = 1;
/** Of rows that hang on no engagement: one of them weighs little. */
export const FIRST_ROWS = 200;

/** How much longer than a batch is the rest after it: most of the time is for whoever writes. */
export const RESTS = 3;

/** Grows slowly and shrinks at once, since one engagement may weigh as much as a hundred others. */
export function nextBatchSize(size: number, tookMs: number): number {
  const fitting = Math.floor((size * AIM_MS) / Math.max(tookMs, 1));
  return Math.min(MOST, Math.max(LEAST, Math.min(fitting, Math.ceil(size * 1.5))));
}
