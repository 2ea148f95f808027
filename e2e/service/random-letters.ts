/** A text that nobody else can have written, of letters alone: thirteen digits in a row may be those of a card. */

import { randomBytes } from 'node:crypto';

export function randomLetters(byteLength: number): string {
  const hex = randomBytes(byteLength).toString('hex');
  return hex.replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));
}
