/** Undoes what happens to bytes that were taken for Latin-1 (or Windows-1252) and then written as UTF-8. */

import { asBuffer } from './as-buffer.js';
import type { DecodedRuns } from './decoded-runs.js';

/** How much plain text belongs to a run before its first mangled byte, between two, and after its last. */
const MAX_LITERAL_BYTES = 24;
const NOT_MANGLED = -1;
/** Half of all bytes above 0x7f begin with the one, the others with the other: every run holds both. */
const LATIN_LEADS = [0xc2, 0xc3];

/** The bytes from 0x80 to 0x9f that Windows-1252 gives another code than Latin-1. */
const windowsCodes = new Map<number, number>();
const windows = new TextDecoder('windows-1252');
for (let byte = 0x80; byte < 0xa0; byte += 1) {
  windowsCodes.set(windows.decode(Uint8Array.of(byte)).charCodeAt(0), byte);
}
const leads = new Uint8Array(256);
for (const code of [0x80, 0xff, ...windowsCodes.keys()]) {
  leads[Buffer.from(String.fromCharCode(code), 'utf8')[0] ?? 0] = 1;
}

export function decodeMangledRuns(
  medium: Uint8Array,
  [from, to]: readonly [number, number],
  runs: DecodedRuns,
): void {
  const bytes = asBuffer(medium);
  for (const lead of LATIN_LEADS) {
    let done = from;
    for (let at = bytes.indexOf(lead, from); at >= 0 && at < to; at = bytes.indexOf(lead, at + 1)) {
      if (mangledAt(medium, at, to) === NOT_MANGLED) continue;
      let start = at;
      while (start > done && at - start < MAX_LITERAL_BYTES && (medium[start - 1] ?? 0) < 0x80) start -= 1;
      done = decodeRun(medium, [start, to], runs);
      at = done - 1;
    }
  }
}

function decodeRun(medium: Uint8Array, [start, to]: readonly [number, number], runs: DecodedRuns): number {
  let literal = 0;
  let mangled = false;
  let at = start;
  while (at < to) {
    const byte = medium[at] ?? 0;
    if (byte < 0x80) {
      literal += 1;
      if (mangled && literal > MAX_LITERAL_BYTES) break;
      runs.put(byte);
      at += 1;
      continue;
    }
    const original = leads[byte] === 1 ? mangledAt(medium, at, to) : NOT_MANGLED;
    if (original === NOT_MANGLED) break;
    runs.put(original);
    at += byte < 0xe0 ? 2 : 3;
    literal = 0;
    mangled = true;
  }
  runs.end();
  return Math.max(at, start + 1);
}

/** The byte that was mangled into the two or three bytes at this place. */
function mangledAt(medium: Uint8Array, at: number, to: number): number {
  const [lead, second, third] = [medium[at] ?? 0, medium[at + 1] ?? 0, medium[at + 2] ?? 0];
  if ((second & 0xc0) !== 0x80) return NOT_MANGLED;
  if (lead < 0xe0) {
    const code = ((lead & 0x1f) << 6) | (second & 0x3f);
    if (at + 2 > to) return NOT_MANGLED;
    return code >= 0x80 && code <= 0xff ? code : (windowsCodes.get(code) ?? NOT_MANGLED);
  }
  if (at + 3 > to || (third & 0xc0) !== 0x80) return NOT_MANGLED;
  return windowsCodes.get(((lead & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f)) ?? NOT_MANGLED;
}
