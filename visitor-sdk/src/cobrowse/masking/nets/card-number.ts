/** Card numbers: 13 to 19 digits of an issuer's range, perhaps in groups, with a right check digit. */

import type { TextSpan } from '@alongside/protocol';
import { GAP, passesLuhn, signRun, spanIn } from '@alongside/protocol';

const run = new RegExp(`\\d(?:${GAP}\\d){12,60}`, 'g');

export function findCardNumbers(text: string): readonly TextSpan[] {
  const found: TextSpan[] = [];
  for (const match of text.matchAll(run)) {
    const digits = signRun(text, { start: match.index, end: match.index + match[0].length });
    for (let start = 0; start + 13 <= digits.signs.length; start += 1) {
      const length = cardLengthAt(digits.signs, start);
      if (length > 0) found.push(spanIn(digits, start, length));
    }
  }
  return found;
}

/** The longest card number that begins here, or 0. */
function cardLengthAt(digits: string, start: number): number {
  if (!/[2-6]/.test(digits.charAt(start))) return 0;
  for (let length = Math.min(19, digits.length - start); length >= 13; length -= 1) {
    if (passesLuhn(digits.slice(start, start + length))) return length;
  }
  return 0;
}
