/** Undoes escapes in text: of JSON and JavaScript, of addresses, of HTML and of a database's byte strings. */

import { asBuffer } from './as-buffer.js';
import type { DecodedRuns } from './decoded-runs.js';

/** How much unescaped text belongs to a run before its first escape, between two, and after its last. */
const MAX_LITERAL_BYTES = 24;
const MAX_ESCAPE_BYTES = 10;

const [PERCENT, BACKSLASH, AMPERSAND, EQUALS] = [37, 92, 38, 61];
const [HASH, SEMICOLON, OPEN_BRACE, CLOSE_BRACE] = [35, 59, 123, 125];
const [LOWER_U, LOWER_X, UPPER_X] = [117, 120, 88];
const markers = new Uint8Array(256);
for (const marker of [PERCENT, BACKSLASH, AMPERSAND, EQUALS]) markers[marker] = 1;

const NO_DIGIT = 0xff;
const digits = new Uint8Array(256).fill(NO_DIGIT);
for (let value = 0; value < 16; value += 1) {
  digits[value.toString(16).charCodeAt(0)] = value;
  digits[value.toString(16).toUpperCase().charCodeAt(0)] = value;
}

const NONE = -1;
const short = new Int16Array(256).fill(NONE);
for (const [letter, code] of Object.entries({ n: 10, r: 13, t: 9, b: 8, f: 12, v: 11, 0: 0 })) {
  short[letter.charCodeAt(0)] = code;
}
for (const itself of '"\'/\\`$') short[itself.charCodeAt(0)] = itself.charCodeAt(0);

interface Escape {
  readonly code: number;
  readonly length: number;
}

export function decodeEscapedRuns(
  medium: Uint8Array,
  [from, to]: readonly [number, number],
  runs: DecodedRuns,
): void {
  const bytes = asBuffer(medium);
  for (const marker of [PERCENT, BACKSLASH, AMPERSAND, EQUALS]) {
    let done = from;
    // The search for one byte is many times as fast as a look at each.
    for (let at = bytes.indexOf(marker, from); at >= 0 && at < to; at = bytes.indexOf(marker, at + 1)) {
      if (escapeAt(medium, at, to) === undefined) continue;
      done = decodeRun(medium, [Math.max(done, at - MAX_LITERAL_BYTES), to], runs);
      at = done - 1;
    }
  }
}

/** Reads on as long as the next escape is near; returns where it stopped. */
function decodeRun(medium: Uint8Array, [start, to]: readonly [number, number], runs: DecodedRuns): number {
  let literal = 0;
  let escaped = false;
  let at = start;
  while (at < to) {
    const found = markers[medium[at] ?? 0] === 1 ? escapeAt(medium, at, to) : undefined;
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
  const next = medium[at + 1] ?? 0;
  const end = Math.min(to, at + MAX_ESCAPE_BYTES);
  switch (medium[at]) {
    case PERCENT:
    case EQUALS:
      return digits[next] === NO_DIGIT
        ? undefined
        : numbered(medium, { at, skip: 1, base: 16, count: 2, end });
    case AMPERSAND:
      return next === HASH ? entityAt(medium, at, end) : undefined;
    case BACKSLASH:
      return afterBackslash(medium, at, end);
    default:
      return undefined;
  }
}

function afterBackslash(medium: Uint8Array, at: number, end: number): Escape | undefined {
  const next = medium[at + 1] ?? 0;
  if (next === LOWER_X) return numbered(medium, { at, skip: 2, base: 16, count: 2, end });
  if (next === LOWER_U) {
    if (medium[at + 2] === OPEN_BRACE) return closed(medium, { at, skip: 3, base: 16, end }, CLOSE_BRACE);
    return numbered(medium, { at, skip: 2, base: 16, count: 4, end });
  }
  const octal = numbered(medium, { at, skip: 1, base: 8, count: 3, end });
  if (octal && octal.code <= 0xff) return octal;
  const code = at + 2 <= end ? (short[next] ?? NONE) : NONE;
  return code === NONE ? undefined : { code, length: 2 };
}

function entityAt(medium: Uint8Array, at: number, end: number): Escape | undefined {
  const isHex = medium[at + 2] === LOWER_X || medium[at + 2] === UPPER_X;
  return closed(medium, { at, skip: isHex ? 3 : 2, base: isHex ? 16 : 10, end }, SEMICOLON);
}

interface Digits {
  readonly at: number;
  /** How much of the escape stands before its number. */
  readonly skip: number;
  readonly base: number;
  readonly end: number;
}

/** A number of just so many digits. */
function numbered(medium: Uint8Array, of: Digits & { readonly count: number }): Escape | undefined {
  const length = of.skip + of.count;
  if (of.at + length > of.end) return undefined;
  let code = 0;
  for (let at = of.at + of.skip; at < of.at + length; at += 1) {
    const digit = digits[medium[at] ?? 0] ?? NO_DIGIT;
    if (digit >= of.base) return undefined;
    code = code * of.base + digit;
  }
  return { code, length };
}

/** A number of any digits up to a closing character. */
function closed(medium: Uint8Array, of: Digits, closing: number): Escape | undefined {
  const first = of.at + of.skip;
  for (let at = first; at < of.end; at += 1) {
    if (medium[at] === closing) {
      const inside = at > first ? numbered(medium, { ...of, count: at - first }) : undefined;
      return inside && { code: inside.code, length: inside.length + 1 };
    }
    if ((digits[medium[at] ?? 0] ?? NO_DIGIT) >= of.base) return undefined;
  }
  return undefined;
}

/** A code below 256 stands for a byte: so it does in every text that was made from bytes. */
function putCode(code: number, runs: DecodedRuns): void {
  if (code <= 0xff) {
    runs.put(code);
    return;
  }
  for (const byte of Buffer.from(String.fromCodePoint(Math.min(code, 0x10ffff)), 'utf8')) runs.put(byte);
}
