/** Officers are told of the last day of what they have to renew as long before it as of an agreement's. */

const DAY_MS = 24 * 3_600_000;
const AHEAD_DAYS = 30;

/** Within thirty days, or already; the last day counts still. Nothing that has no end runs out. */
export function runsOut(lastDay: string | null, now: Date): boolean {
  return lastDay !== null && lastDay <= dayOf(now.getTime() + AHEAD_DAYS * DAY_MS);
}

export function isOver(lastDay: string | null, now: Date): boolean {
  return lastDay !== null && lastDay < dayOf(now.getTime());
}

export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
