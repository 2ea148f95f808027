/** How long to wait before the next try: doubling, capped, and spread so that pages do not come back together. */

const FIRST_MS = 500;
const LONGEST_MS = 15_000;

export function backOffMs(failures: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return ceiling / 2 + (ceiling / 2) * random();
}
