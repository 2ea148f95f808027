/** Tells whether bytes can begin a deflated block with the fixed code, which nothing in a block's header shows. */

/** So much is read of it: random bytes ask for a repetition of what was never there long before. */
const TRIED_SYMBOLS = 24;
const MIN_OUTPUT_BYTES = 12;
const END_OF_BLOCK = 256;
const HEADER_BITS = 3;

const lengthBases = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const lengthExtras = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBases = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];

class Bits {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at * 8;
  }

  /** As lengths and the like are written: the lowest bit first. */
  take(count: number): number {
    let value = 0;
    for (let bit = 0; bit < count; bit += 1) value |= this.#bit() << bit;
    return value;
  }

  /** As codes are written: the highest bit first. */
  code(count: number): number {
    let value = 0;
    for (let bit = 0; bit < count; bit += 1) value = (value << 1) | this.#bit();
    return value;
  }

  #bit(): number {
    const bit = ((this.#bytes[this.#at >>> 3] ?? 0) >>> (this.#at & 7)) & 1;
    this.#at += 1;
    return bit;
  }
}

export function mayBeFixedBlock(medium: Uint8Array, at: number): boolean {
  const bits = new Bits(medium, at);
  const isLast = (bits.take(HEADER_BITS) & 1) === 1;
  let output = 0;
  for (let tried = 0; tried < TRIED_SYMBOLS; tried += 1) {
    const symbol = takeSymbol(bits);
    if (symbol < END_OF_BLOCK) {
      output += 1;
      continue;
    }
    if (symbol === END_OF_BLOCK) return !isLast || output >= MIN_OUTPUT_BYTES;
    const length = lengthBases[symbol - END_OF_BLOCK - 1];
    if (length === undefined) return false;
    output += length;
    bits.take(lengthExtras[symbol - END_OF_BLOCK - 1] ?? 0);
    if (!isDistanceWithin(bits, output - length)) return false;
  }
  return true;
}

/** The fixed code has seven, eight or nine bits. */
function takeSymbol(bits: Bits): number {
  const seven = bits.code(7);
  if (seven < 0x18) return END_OF_BLOCK + seven;
  const eight = (seven << 1) | bits.code(1);
  if (eight < 0xc0) return eight - 0x30;
  if (eight < 0xc8) return 280 + eight - 0xc0;
  return 144 + ((eight << 1) | bits.code(1)) - 0x190;
}

function isDistanceWithin(bits: Bits, output: number): boolean {
  const symbol = bits.code(5);
  const base = distanceBases[symbol];
  if (base === undefined) return false;
  return base + bits.take(symbol < 2 ? 0 : (symbol >>> 1) - 1) <= output;
}
