/** Leaves the empty parts of a medium out: an image is mostly that. */

const PAGE_BYTES = 4096;
const emptyPage = Buffer.alloc(PAGE_BYTES);

/** The parts that hold something, in order; a page or more of noughts is in none of them. */
export function* filledRanges(
  medium: Buffer,
  from: number,
  to: number,
): Generator<readonly [number, number]> {
  let start = from;
  for (let at = from; at + PAGE_BYTES <= to; at += PAGE_BYTES) {
    if (emptyPage.compare(medium, at, at + PAGE_BYTES) !== 0) continue;
    if (at > start) yield [start, at];
    start = at + PAGE_BYTES;
  }
  if (to > start) yield [start, to];
}
