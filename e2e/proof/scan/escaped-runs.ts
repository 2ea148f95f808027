/** Undoes escapes in text: of JSON and JavaScript, of addresses, of HTML and of a database's byte strings. */

import type { DecodedRuns } from './decoded-runs.js';

/** How much unescaped text belongs to a run before its first escape, between two, and after its last. */
const MAX_LITERAL_BYTES = 24;
const MAX_ESCAPE_BYTES = 10;

const BACKSLASH = 92;
const markers = new Uint8Array(256);
for (const marker of '%\\&=') markers[marker.charCodeAt(0)] = 1;

const short = new Map([
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['b', 8],
  ['f', 12],
  ['v', 11],
  ['0', 0],
  ['"', 34],
  ["'", 39],
  ['/', 47],
  ['\\', 92],
]);
/** What each may look like, with its number in the first group that is there. */
const numbered = [
  { pattern: /^%([0-9a-f]{2})/i, base: 16 },
  { pattern: /^\\x([0-9a-f]{2})/i, base: 16 },
  { pattern: /^\\u([0-9a-f]{4})/i, base: 16 },
  { pattern: /^\\u\{([0-9a-f]{1,5})\}/i, base: 16 },
  { pattern: /^\\([0-3][0-7]{2})/, base: 8 },
  { pattern: /^&#([0-9]{1,5});/, base: 10 },
  { pattern: /^&#x([0-9a-f]{1,5});/i, base: 16 },
  { pattern: /^=([0-9A-F]{2})/, base: 16 },
] as const;

interface Escape {
  readonly code: number;
  readonly length: number;
}

export function decodeEscapedRuns(
  medium: Uint8Array,
  [from, to]: readonly [number, number],
  runs: DecodedRuns,
): void {
  let done = from;
  for (let at = from; at < to; at += 1) {
    if (markers[medium[at] ?? 0] !== 1) continue;
    if (escapeAt(medium, at, to) === undefined) continue;
    done = decodeRun(medium, [Math.max(done, at - MAX_LITERAL_BYTES), to], runs);
    at = done - 1;
  }
}

/** Reads on as long as the next escape is near; returns where it stopped. */
function decodeRun(medium: Uint8Array, [start, to]: readonly [number, number], runs: DecodedRuns): number {
  let literal = 0;
  let escaped = false;
  let at = start;
  while (at < to) {
    const found = escapeAt(medium, at, to);
    if (found === undefined) {
      literal += 1;
      if (escaped && literal > MAX_LITERAL_BYTES) break;
      runs.put(medium[at] ?? 0);
      at += 1;
      continue;
    }
    putCode(found.code, runs);
    at += found.length;
    literal = 0;
    escaped = true;
  }
  runs.end();
  return at;
}

function escapeAt(medium: Uint8Array, at: number, to: number): Escape | undefined {
  if (markers[medium[at] ?? 0] !== 1) return undefined;
  const text = String.fromCharCode(...medium.subarray(at, Math.min(to, at + MAX_ESCAPE_BYTES)));
  for (const { pattern, base } of numbered) {
    const match = pattern.exec(text);
    if (match) return { code: Number.parseInt(match[1] ?? '', base), length: match[0].length };
  }
  const code = medium[at] === BACKSLASH ? short.get(text.charAt(1)) : undefined;
  return code === undefined ? undefined : { code, length: 2 };
}

/** A code below 256 stands for a byte: so it does in every text that was made from bytes. */
function putCode(code: number, runs: DecodedRuns): void {
  if (code <= 0xff) {
    runs.put(code);
    return;
  }
  for (const byte of Buffer.from(String.fromCodePoint(Math.min(code, 0x10ffff)), 'utf8')) runs.put(byte);
}
