/** Says of JSON, before it is parsed, whether parsing it would make more than a page is made of. */

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

export interface JsonBudget {
  /** Objects and arrays together. */
  readonly containers: number;
  readonly depth: number;
  readonly commas: number;
}

/** A page of 50,000 nodes has three containers for each, and its tree is two containers deep for each level. */
export const pageJson: JsonBudget = { containers: 1_000_000, depth: 1_024, commas: 4_000_000 };

/** Whether the bytes keep to the budget; they need not be JSON. Memory does not grow with them. */
export function isWithin(bytes: Uint8Array, budget: JsonBudget): boolean {
  let containers = 0;
  let commas = 0;
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfString(bytes, at);
    } else if (byte === COMMA) {
      commas += 1;
      if (commas > budget.commas) return false;
    } else if (OPEN.has(byte)) {
      containers += 1;
      depth += 1;
      if (containers > budget.containers || depth > budget.depth) return false;
    } else if (CLOSE.has(byte)) depth -= 1;
  }
  return true;
}

/** Where the string ends that begins here, or the end of everything. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(QUOTE, start + 1); at !== -1; at = bytes.indexOf(QUOTE, at + 1)) {
    let backslashes = 0;
    while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return bytes.length;
}
