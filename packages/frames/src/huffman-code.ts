/** Huffman codes as deflate has them: lengths that follow from counts, and codes that follow from lengths. */

export interface HuffmanCode {
  readonly lengths: readonly number[];
  /** With the bits in the order in which they are written. */
  readonly codes: readonly number[];
}

/** The best code for symbols that come so many times, none of it longer than `limit` bits. */
export function codeFor(counts: readonly number[], limit: number): HuffmanCode {
  const wanted = [...counts];
  // Not everybody reads a code that has one symbol only: there are two at least.
  for (let symbol = 0; wanted.filter((count) => count > 0).length < 2; symbol += 1) wanted[symbol] ||= 1;
  const lengths = lengthsFor(wanted);
  if (Math.max(...lengths) <= limit) return codeOf(lengths);
  // What is rare makes codes long: the closer the counts, the shorter the longest.
  return codeFor(
    wanted.map((count) => Math.ceil(count / 2)),
    limit,
  );
}

function lengthsFor(counts: readonly number[]): number[] {
  const lengths = counts.map(() => 0);
  const trees = counts
    .map((count, symbol) => ({ count, symbols: [symbol] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  for (let rare = trees.pop(); rare !== undefined; rare = trees.pop()) {
    const other = trees.pop();
    if (other === undefined) break;
    const count = rare.count + other.count;
    const symbols = [...rare.symbols, ...other.symbols];
    for (const symbol of symbols) lengths[symbol] = (lengths[symbol] ?? 0) + 1;
    // Of equals the one that is joined already comes last, which keeps codes short.
    const place = trees.findIndex((each) => each.count <= count);
    trees.splice(place < 0 ? trees.length : place, 0, { count, symbols });
  }
  return lengths;
}

/** The code that has these lengths: deflate says no more of one than them. */
export function codeOf(lengths: readonly number[]): HuffmanCode {
  // The first code of each length follows the last of the one before, with a bit more.
  const next = Array<number>(16).fill(0);
  for (const length of lengths)
    for (let longer = length + 1; length > 0 && longer < 16; longer += 1)
      next[longer] = (next[longer] ?? 0) + (1 << (longer - length));
  const codes = lengths.map((length) => {
    const code = next[length] ?? 0;
    next[length] = code + 1;
    return reversed(code, length);
  });
  return { lengths, codes };
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit += 1) result = result * 2 + ((code >> bit) & 1);
  return result;
}
