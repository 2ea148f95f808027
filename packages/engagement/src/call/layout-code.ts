/**
 * A number in black and white cells that the page shows at its edge while it is shown in a call. A picture that holds
 * it is of this page, says of which moment, and how the page lies in it; one that does not is of something else.
 */

/** Cells whose colours are known, by which the others are read. */
const reference = [true, false, true, false] as const;
const NUMBER_BITS = 12;
const CHECK_BITS = 14;

export const layoutCode = {
  cells: reference.length + NUMBER_BITS + CHECK_BITS,
  /** Numbers begin anew after this many. */
  numbers: 2 ** NUMBER_BITS,
} as const;

/** White cells are true. `secret` is of this showing alone, so that no other page's code reads as one. */
export function cellsOf(number: number, secret: number): readonly boolean[] {
  return [...reference, ...bitsOf(number, NUMBER_BITS), ...bitsOf(checkOf(number, secret), CHECK_BITS)];
}

/** From how bright each cell is, 0 to 255; undefined where it is not a code, or not clearly one. */
export function numberIn(brightness: readonly number[], secret: number): number | undefined {
  if (brightness.length !== layoutCode.cells) return undefined;
  const known = brightness.slice(0, reference.length);
  const white = Math.min(...known.filter((_, index) => reference[index]));
  const black = Math.max(...known.filter((_, index) => !reference[index]));
  if (!(white - black >= LEAST_CONTRAST && isEven(known))) return undefined;
  const bits: boolean[] = [];
  for (const value of brightness.slice(reference.length)) {
    const share = (value - black) / (white - black);
    if (!(share < DARKEST_DOUBT || share > BRIGHTEST_DOUBT)) return undefined;
    bits.push(share > BRIGHTEST_DOUBT);
  }
  const number = valueIn(bits.slice(0, NUMBER_BITS));
  return valueIn(bits.slice(NUMBER_BITS)) === checkOf(number, secret) ? number : undefined;
}

const LEAST_CONTRAST = 80;
const MOST_UNEVEN = 50;
const DARKEST_DOUBT = 0.35;
const BRIGHTEST_DOUBT = 0.65;

/** Whether the cells that are meant to be alike are. */
function isEven(known: readonly number[]): boolean {
  return known.every((value, index) => Math.abs(value - (known[index % 2] ?? 0)) <= MOST_UNEVEN);
}

/** A few rounds of a multiplicative hash: against chance, not against malice. */
function checkOf(number: number, secret: number): number {
  let mixed = (number ^ secret) >>> 0;
  for (const factor of [0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f]) {
    mixed = Math.imul(mixed ^ (mixed >>> 15), factor) >>> 0;
  }
  return (mixed >>> 9) % 2 ** CHECK_BITS;
}

function bitsOf(value: number, count: number): boolean[] {
  return Array.from({ length: count }, (_, index) => ((value >>> (count - 1 - index)) & 1) === 1);
}

function valueIn(bits: readonly boolean[]): number {
  return bits.reduce((value, bit) => value * 2 + (bit ? 1 : 0), 0);
}
