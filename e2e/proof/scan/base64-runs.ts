/** Finds runs of base64, of the standard alphabet and of the one for addresses, and decodes them in every alignment. */

import type { DecodedRuns } from './decoded-runs.js';

/** Twelve bytes need sixteen characters. */
const MIN_CHARACTERS = 16;
const NOT_IN_ALPHABET = 0xff;

const values = new Uint8Array(256).fill(NOT_IN_ALPHABET);
for (const alphabet of ['+/', '-_']) {
  const characters = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${alphabet}`;
  for (let value = 0; value < 64; value += 1) values[characters.charCodeAt(value)] = value;
}

export function decodeBase64Runs(
  medium: Uint8Array,
  [from, to]: readonly [number, number],
  runs: DecodedRuns,
): void {
  // Every run that is long enough covers one of the places looked at.
  let at = from + MIN_CHARACTERS - 1;
  while (at < to) {
    if (!isInAlphabet(medium, at)) {
      at += MIN_CHARACTERS;
      continue;
    }
    let start = at;
    while (start > from && isInAlphabet(medium, start - 1)) start -= 1;
    let end = at + 1;
    while (end < to && isInAlphabet(medium, end)) end += 1;
    if (end - start >= MIN_CHARACTERS) {
      for (let phase = 0; phase < 4; phase += 1) decode(medium, [start, end], { phase, runs });
    }
    at = end + MIN_CHARACTERS;
  }
}

function isInAlphabet(medium: Uint8Array, at: number): boolean {
  return values[medium[at] ?? 0] !== NOT_IN_ALPHABET;
}

/** The run may begin anywhere in a group of four: the `phase` characters before it are unknown and taken as zero. */
function decode(
  medium: Uint8Array,
  [start, end]: readonly [number, number],
  { phase, runs }: { readonly phase: number; readonly runs: DecodedRuns },
): void {
  let bits = 0;
  let held = 6 * phase;
  for (let at = start; at < end; at += 1) {
    bits = (bits << 6) | (values[medium[at] ?? 0] ?? 0);
    held += 6;
    if (held >= 8) {
      held -= 8;
      runs.put((bits >>> held) & 0xff);
      bits &= (1 << held) - 1;
      if (held >= 8) {
        held -= 8;
        runs.put((bits >>> held) & 0xff);
        bits &= (1 << held) - 1;
      }
    }
  }
  if (phase === 0) runs.endValue();
  else runs.end();
}
