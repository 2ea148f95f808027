/** Finds text of two bytes a character and gives its low bytes back; which of the two comes first does not show. */

import { type DecodedRuns, MIN_RUN_BYTES } from './decoded-runs.js';

/** Looks at two neighbouring characters here and there, and at all around them where one byte of each is nought. */
export function decodeWideRuns(
  medium: Uint8Array,
  [from, to]: readonly [number, number],
  runs: DecodedRuns,
): void {
  const step = 2 * (MIN_RUN_BYTES - 2);
  for (let at = from + step; at + 3 <= to; at += step) {
    for (const low of [at, at + 1]) {
      if (!isPair(medium, low) || medium[low + 1] !== 0 || medium[low + 2] === 0) continue;
      let start = low;
      while (start - 2 >= from && isPair(medium, start - 2)) start -= 2;
      let end = low + 2;
      while (end + 1 < to && isPair(medium, end)) end += 2;
      // The last character of big-endian text may be followed by anything.
      if (end < to && medium[end - 1] === 0 && medium[end] !== 0) end += 1;
      for (let byte = start; byte < end; byte += 2) runs.put(medium[byte] ?? 0);
      runs.endValue();
      at = Math.max(at, end - step);
      break;
    }
  }
}

/** A low byte with a nought behind it; two noughts in a row are rather empty space than text. */
function isPair(medium: Uint8Array, at: number): boolean {
  return medium[at + 1] === 0 && medium[at] !== 0;
}
