/** Writes the letters and repetitions of a block as deflate has them, under whichever codes make it shorter. */

import type { BitWriter } from './bit-writer.js';
import type { HuffmanCode } from './huffman-code.js';
import { codeFor, codeOf } from './huffman-code.js';
import { DISTANCE_BITS } from './match-finder.js';

/** Symbols are letters, the end of a block, lengths, and, counted on from there, distances. */
const END = 256;
const LENGTHS = 257;
const DISTANCES = 286;
const SYMBOLS = DISTANCES + 30;
const SHORTEST = 3;
const LONGEST = 258;
const LONGEST_CODE = 15;
/** The lengths of codes are told under a code of their own, whose lengths are told in this order. */
const TELLING_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LONGEST_TELLING = 7;
/** Codes of a block's own take more bits than this to tell, and so few tokens never make up for them. */
const LEAST_TELLING = 200;
const FEW_TOKENS = 64;

type Put = readonly [value: number, bits: number];

/** A symbol, and which of the numbers that it stands for is meant. */
interface Said {
  readonly symbol: number;
  readonly which: Put;
}

/** The codes that every reader knows; deflate counts two more lengths than there are. */
const known = together(
  codeOf([...times(144, 8), ...times(112, 9), ...times(24, 7), ...times(8, 8)]),
  codeOf(times(30, 5)),
);

export function writeBlock(out: BitWriter, tokens: Uint32Array): void {
  const own = tokens.length < FEW_TOKENS ? undefined : ownCodes(countsOf(tokens));
  // It is never the last block; then comes whose codes it is written under.
  out.put(own === undefined ? 2 : 4, 3);
  for (const [value, bits] of own?.telling ?? []) out.put(value, bits);
  writeTokens(out, tokens, own?.code ?? known);
}

/** The codes that are best for a block, if they save more than it takes to tell them. */
function ownCodes(counts: readonly number[]) {
  const symbols = codeFor(counts.slice(0, DISTANCES), LONGEST_CODE);
  const distances = codeFor(counts.slice(DISTANCES), LONGEST_CODE);
  const code = together(symbols, distances);
  const saved = costOf(counts, known) - costOf(counts, code);
  if (saved < LEAST_TELLING) return undefined;
  const telling = tellingOf(symbols.lengths, distances.lengths);
  return telling.reduce((sum, [, bits]) => sum + bits, 0) < saved ? { code, telling } : undefined;
}

function writeTokens(out: BitWriter, tokens: Uint32Array, { codes, lengths }: HuffmanCode): void {
  const write = (symbol: number): void => out.put(codes[symbol] ?? 0, lengths[symbol] ?? 0);
  for (const token of tokens) {
    const length = token >>> DISTANCE_BITS;
    if (length === 0) {
      write(token);
      continue;
    }
    for (const { symbol, which } of [saidLength(length), saidDistance(token)]) {
      write(symbol);
      out.put(...which);
    }
  }
  write(END);
}

function countsOf(tokens: Uint32Array): number[] {
  const counts = times(SYMBOLS, 0);
  const count = (symbol: number): void => {
    counts[symbol] = (counts[symbol] ?? 0) + 1;
  };
  for (const token of tokens) {
    const length = token >>> DISTANCE_BITS;
    count(length === 0 ? token : saidLength(length).symbol);
    if (length > 0) count(saidDistance(token).symbol);
  }
  count(END);
  return counts;
}

function saidLength(length: number): Said {
  return length === LONGEST ? { symbol: DISTANCES - 1, which: [0, 0] } : said(LENGTHS, length - SHORTEST, 2);
}

function saidDistance(token: number): Said {
  return said(DISTANCES, token % (1 << DISTANCE_BITS), 1);
}

/** Of small numbers each has a symbol; greater ones share one with those that begin with the same `bits` and a one. */
function said(first: number, value: number, bits: number): Said {
  const rest = Math.max(0, 31 - bits - Math.clz32(value));
  return { symbol: first + (rest << bits) + (value >>> rest), which: [value % (1 << rest), rest] };
}

/** What the symbols come to in bits; what follows a symbol is the same under every code. */
function costOf(counts: readonly number[], { lengths }: HuffmanCode): number {
  return counts.reduce((sum, count, symbol) => sum + count * (lengths[symbol] ?? 0), 0);
}

function together(symbols: HuffmanCode, distances: HuffmanCode): HuffmanCode {
  return {
    lengths: [...symbols.lengths.slice(0, DISTANCES), ...distances.lengths],
    codes: [...symbols.codes.slice(0, DISTANCES), ...distances.codes],
  };
}

/** How a block says which codes it is written under. */
function tellingOf(symbols: readonly number[], distances: readonly number[]): Put[] {
  const told = [trimmed(symbols, LENGTHS), trimmed(distances, 1)] as const;
  const runs = runsOf(told.flat());
  const counts = times(TELLING_ORDER.length, 0);
  for (const { symbol } of runs) counts[symbol] = (counts[symbol] ?? 0) + 1;
  const { codes, lengths } = codeFor(counts, LONGEST_TELLING);
  const order = trimmed(
    TELLING_ORDER.map((symbol) => lengths[symbol] ?? 0),
    4,
  );
  return [
    [told[0].length - LENGTHS, 5],
    [told[1].length - 1, 5],
    [order.length - 4, 4],
    ...order.map((length): Put => [length, 3]),
    ...runs.flatMap(({ symbol, which }): Put[] => [[codes[symbol] ?? 0, lengths[symbol] ?? 0], which]),
  ];
}

/** The lengths of codes, where a run of the same one is told as such. */
function runsOf(lengths: readonly number[]): Said[] {
  const runs: Said[] = [];
  for (let at = 0; at < lengths.length; ) {
    const length = lengths[at] ?? 0;
    let run = 1;
    while (lengths[at + run] === length) run += 1;
    const [least, most, bits] = length === 0 ? (run < 11 ? [3, 10, 3] : [11, 138, 7]) : [3, 6, 2];
    // Of nothing every run is told at once; of a length the first is told, and then that it goes on.
    const isRun = run >= 3 && (length === 0 || lengths[at - 1] === length);
    const count = isRun ? Math.min(run, most) : 1;
    const symbol = length === 0 ? (run < 11 ? 17 : 18) : 16;
    runs.push(isRun ? { symbol, which: [count - least, bits] } : { symbol: length, which: [0, 0] });
    at += count;
  }
  return runs;
}

function times(count: number, value: number): number[] {
  return Array<number>(count).fill(value);
}

function trimmed(lengths: readonly number[], least: number): readonly number[] {
  return lengths.slice(0, Math.max(least, lengths.findLastIndex((length) => length > 0) + 1));
}
