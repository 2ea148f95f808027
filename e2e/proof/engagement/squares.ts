/** A canary as a picture: one square for each of its bits, dark or light, and the canary again from what was seen. */

export const SQUARES = { across: 16, down: 12 } as const;
const BITS = 8;
const DARK_BELOW = 128;

/** Line by line; true is dark. */
export function squaresOf(token: string): readonly boolean[] {
  const bytes = Buffer.from(token, 'latin1');
  return Array.from({ length: SQUARES.across * SQUARES.down }, (_, square) => {
    const byte = bytes[Math.floor(square / BITS)] ?? 0;
    return ((byte >> (square % BITS)) & 1) === 1;
  });
}

/** From the brightness of each square, 0 to 255. */
export function seenIn(brightness: readonly number[]): string {
  const bytes = Buffer.alloc(Math.floor(brightness.length / BITS));
  for (const [square, bright] of brightness.entries()) {
    const at = Math.floor(square / BITS);
    if (bright < DARK_BELOW) bytes[at] = (bytes[at] ?? 0) | (1 << (square % BITS));
  }
  return bytes.toString('latin1');
}
