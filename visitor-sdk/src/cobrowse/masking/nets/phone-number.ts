/**
 * Telephone numbers: with a country's code, with a trunk zero, or in the North American groups. Dates, times
 * and amounts are looked past.
 */

import type { TextSpan } from '@alongside/protocol';

const between = '[ ()./-]{0,3}';
const forms: readonly RegExp[] = [
  // +49 30 1234567, 0041 (0)44 668 18 00
  new RegExp(`(?<![\\d+])(?:\\+|00(?=[ (/.-]{0,2}[1-9]))(?:${between}\\d){7,15}`, 'g'),
  // 030 1234567, (089) 12 34 56, 01 23 45 67 89, 020 7946 0958, 06-12345678
  new RegExp(`(?<![\\d.,+])\\(?0[1-9](?:${between}\\d){7,10}(?!\\d)`, 'g'),
  // (555) 234-5678, 1-555-234-5678
  /(?<![\d.])(?:1[ .-]{1,2})?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-]{1,2})[2-9]\d\d[ .-]{1,2}\d{4}(?!\d)/g,
];
/** 01.02.2026, 1/2/26 10:15, 2026-11-22T10:15 */
const dates =
  /(?<!\d)(?:\d{1,2}([./-]) ?\d{1,2}\1 ?(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2})(?![\d./-])(?:[ ,T]{1,2}\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?!\d))?/g;

export function findPhoneNumbers(text: string): readonly TextSpan[] {
  const read = text.replace(dates, blank);
  return forms.flatMap((form) =>
    [...read.matchAll(form)].map(({ index, 0: { length } }) => ({ start: index, end: index + length })),
  );
}

/** Of the same length, so that places stay what they are. */
function blank(date: string): string {
  return '_'.repeat(date.length);
}
