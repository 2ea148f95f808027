/** Finds bytes written as numbers: hex (plain, spaced, escaped, dumped) and arrays of decimal numbers. */

import type { DecodedRuns } from './decoded-runs.js';

/** Twelve bytes written as the shortest decimal numbers with one comma between each two. */
const MIN_CHARACTERS = 23;
const MIN_PLAIN_DIGITS = 24;
const MAX_SEPARATORS = 24;
/** Two bytes, as a little-endian machine dumps them. */
const SWAPPED_DIGITS = 4;
const NOT_A_DIGIT = 0xff;

const hexValues = new Uint8Array(256).fill(NOT_A_DIGIT);
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16);
  hexValues[digit.charCodeAt(0)] = value;
  hexValues[digit.toUpperCase().charCodeAt(0)] = value;
}
const separators = new Uint8Array(256);
for (const character of ' \t\r\n:,-\\xX"') separators[character.charCodeAt(0)] = 1;

const [ZERO, MINUS, QUOTE, COLON, BACKSLASH, LOWER_X, UPPER_X] = [48, 45, 34, 58, 92, 120, 88];

type Range = readonly [from: number, to: number];

export interface NumberRuns {
  readonly hex: DecodedRuns;
  readonly swapped: DecodedRuns;
  readonly decimal: DecodedRuns;
}

/** Looks at every stretch of digits and separators that is long enough. */
export function decodeNumberRuns(medium: Uint8Array, [from, to]: Range, runs: NumberRuns): void {
  let at = from + MIN_CHARACTERS - 1;
  while (at < to) {
    if (!isNumeric(medium, at)) {
      at += MIN_CHARACTERS;
      continue;
    }
    let start = at;
    while (start > from && isNumeric(medium, start - 1)) start -= 1;
    let end = at + 1;
    while (end < to && isNumeric(medium, end)) end += 1;
    if (end - start >= MIN_CHARACTERS) {
      decodeHex(medium, [start, end], runs);
      decodeDecimal(medium, [start, end], runs.decimal);
    }
    at = end + MIN_CHARACTERS;
  }
}

function isNumeric(medium: Uint8Array, at: number): boolean {
  const byte = medium[at] ?? 0;
  return hexValues[byte] !== NOT_A_DIGIT || separators[byte] === 1;
}

/** Groups of an even number of digits make a run; a long group is read by itself, in both alignments. */
function decodeHex(medium: Uint8Array, [start, end]: Range, { hex, swapped }: NumberRuns): void {
  let at = start;
  while (at < end) {
    const group = groupEnd(medium, at, end);
    const digits = group - at;
    if (digits >= MIN_PLAIN_DIGITS) {
      hex.endValue();
      for (const first of [at, at + 1]) {
        putPairs(medium, [first, group], hex);
        hex.endValue();
      }
    } else if (digits % 2 === 0) {
      putPairs(medium, [at, group], hex);
    } else if (!isPrefix(medium, at, digits)) {
      hex.endValue();
    }
    if (digits === SWAPPED_DIGITS) putSwapped(medium, at, swapped);
    else swapped.end();
    at = afterSeparators(medium, group, end);
    if (at - group > MAX_SEPARATORS) hex.endValue();
  }
  hex.endValue();
  swapped.end();
}

/** The nought of `0x61` belongs to no number. */
function isPrefix(medium: Uint8Array, at: number, digits: number): boolean {
  const next = medium[at + 1];
  return digits === 1 && medium[at] === ZERO && (next === LOWER_X || next === UPPER_X);
}

function groupEnd(medium: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && hexValues[medium[at] ?? 0] !== NOT_A_DIGIT) at += 1;
  return at;
}

function afterSeparators(medium: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && separators[medium[at] ?? 0] === 1) at += 1;
  return at;
}

function putPairs(medium: Uint8Array, [start, end]: Range, runs: DecodedRuns): void {
  for (let at = start; at + 1 < end; at += 2) {
    runs.put(((hexValues[medium[at] ?? 0] ?? 0) << 4) | (hexValues[medium[at + 1] ?? 0] ?? 0));
  }
}

function putSwapped(medium: Uint8Array, at: number, swapped: DecodedRuns): void {
  putPairs(medium, [at + 2, at + 4], swapped);
  putPairs(medium, [at, at + 2], swapped);
}

/** `97,98`, `[ 97, -98,` over several lines, and `"0":97,"1":98` as JSON writes a typed array. */
function decodeDecimal(medium: Uint8Array, [start, end]: Range, runs: DecodedRuns): void {
  let at = start;
  while (at < end) {
    const digits = decimalEnd(medium, at, end);
    if (digits > at) {
      const value = digits - at > 3 ? Number.POSITIVE_INFINITY : decimalValue(medium, at, digits);
      if (!isKey(medium, at, digits)) {
        if (value <= 255) runs.put(medium[at - 1] === MINUS ? 256 - value : value);
        else runs.end();
      }
      at = digits;
      continue;
    }
    const byte = medium[at] ?? 0;
    if (separators[byte] !== 1 || byte === BACKSLASH || byte === LOWER_X || byte === UPPER_X) runs.end();
    at += 1;
  }
  runs.endValue();
}

function decimalEnd(medium: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (medium[at] ?? 0) >= ZERO && (medium[at] ?? 0) <= ZERO + 9) at += 1;
  return at;
}

function decimalValue(medium: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) value = value * 10 + (medium[at] ?? 0) - ZERO;
  return value;
}

function isKey(medium: Uint8Array, start: number, end: number): boolean {
  return medium[start - 1] === QUOTE && medium[end] === QUOTE && medium[end + 1] === COLON;
}
