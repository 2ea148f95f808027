/** Days as the registers write them: a day begins and ends in UTC. */

export const DAY_MS = 86_400_000;

export function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

export function endOf(day: string): number {
  return Date.parse(`${day}T23:59:59.999Z`);
}

export function isWithin(now: number, from: string, to: string | undefined): boolean {
  return now >= startOf(from) && (to === undefined || now <= endOf(to));
}

/** The earliest of what is known; undefined where nothing ends. */
export function earliest(...ends: readonly (number | undefined)[]): number | undefined {
  const known = ends.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
