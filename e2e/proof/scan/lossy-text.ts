/** Finds sealed bytes that were turned into text as UTF-8: what is none became a replacement, the rest stayed. */

import type { Matched, StretchIndex } from './stretch-index.js';

const REPLACEMENT = Buffer.from('\ufffd', 'utf8');
/** So many sealed bytes are turned into text and compared: half of them are lost, the other half is evidence. */
const COMPARED_BYTES = 32;
/** The end of what is compared may be cut within a character and is left out. */
const CUT_BYTES = 4;
const MIN_KEPT_BYTES = 10;
const GRAM_BYTES = 4;
const NEAR_BYTES = 96;

export function searchLossyText(
  index: StretchIndex,
  { medium, from, to }: { readonly medium: Buffer; readonly from: number; readonly to: number },
  matched: Matched,
): void {
  let searched = from;
  for (
    let at = medium.indexOf(REPLACEMENT, from);
    at >= 0 && at < to;
    at = medium.indexOf(REPLACEMENT, searched)
  ) {
    const end = Math.min(to, at + NEAR_BYTES);
    for (let place = Math.max(searched, at - NEAR_BYTES); place < end; place += 1) {
      if (!isPlain(medium, place, to)) continue;
      for (const { stretch, rest } of index.occurrences(medium, place)) {
        const length = lossyMatch(medium.subarray(place, to), rest);
        if (length > 0) matched({ stretch, length });
      }
    }
    searched = end;
  }
}

/** Only a place that survived the mangling can lead to the sealed bytes. */
function isPlain(medium: Buffer, at: number, to: number): boolean {
  if (at + GRAM_BYTES > to) return false;
  for (let next = at; next < at + GRAM_BYTES; next += 1) if ((medium[next] ?? 0) >= 0x80) return false;
  return true;
}

/** How many sealed bytes stand behind the text at this place; none unless enough of them were kept. */
function lossyMatch(medium: Buffer, sealed: Uint8Array): number {
  const compared = Buffer.from(sealed.subarray(0, COMPARED_BYTES));
  if (compared.length < COMPARED_BYTES) return 0;
  const text = Buffer.from(compared.subarray(0, -CUT_BYTES).toString('utf8'), 'utf8');
  if (medium.length < text.length || !medium.subarray(0, text.length).equals(text)) return 0;
  const kept = compared.subarray(0, -CUT_BYTES).filter((byte) => byte < 0x80).length;
  return kept >= MIN_KEPT_BYTES && text.includes(REPLACEMENT) ? compared.length - CUT_BYTES : 0;
}
