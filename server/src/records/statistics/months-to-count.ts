/** Which finished months of a customer are still to be counted. */

export interface MonthFacts {
  readonly now: Date;
  /** When the customer signed up. */
  readonly since: Date;
  /** The first days of months that were counted. */
  readonly counted: readonly string[];
  /** Something of what is counted was purged up to here. */
  readonly purgedTo: Date | undefined;
}

/** As their first days, in UTC. A month that a purge reached is left out for good: what is left of it says too little. */
export function monthsToCount({ now, since, counted, purgedTo }: MonthFacts): readonly string[] {
  const known = new Set(counted);
  const running = firstOf(now, 0);
  const months: string[] = [];
  for (let ahead = 0, first = firstOf(since, 0); first < running; ahead += 1, first = firstOf(since, ahead)) {
    const isWhole = purgedTo === undefined || purgedTo < first;
    const day = first.toISOString().slice(0, 10);
    if (isWhole && !known.has(day)) months.push(day);
  }
  return months;
}

function firstOf(day: Date, monthsAhead: number): Date {
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + monthsAhead));
}
