/** Account numbers of the international form, told by their country's length and their check digits. */

import type { TextSpan } from '@alongside/protocol';
import { GAP, matchesOf, passesMod97, signRun, spanIn } from '@alongside/protocol';

/** Lengths from the IBAN registry, each before the countries that have it. */
const lengths =
  readLengths(`15 NO 16 BE 18 DK FI FO GL NL SD FK 19 MK SI 20 AT BA EE KZ LT LU XK MN 21 CH CR HR LI LV
  22 BG BH DE GB GE IE ME RS VA 23 AE GI IL IQ OM SO TL 24 AD CZ ES MD PK RO SA SE SK TN VG 25 LY PT ST
  26 IS TR 27 BI DJ FR GR IT MC MR SM 28 AL AZ BY CY DO GT HU LB NI PL SV 29 BR EG PS QA UA 30 JO KW MU YE
  31 MT SC 32 LC 33 RU`);
const run = new RegExp(`(?<![a-z])[a-z]${GAP}[a-z]${GAP}\\d${GAP}\\d(?:${GAP}[a-z\\d]){11,30}`, 'gi');

export function findIbans(text: string): readonly TextSpan[] {
  const found: TextSpan[] = [];
  for (const match of matchesOf(text, run)) {
    const account = signRun(text, match);
    const signs = account.signs.toUpperCase();
    const length = lengths.get(signs.slice(0, 2));
    if (length === undefined || signs.length < length || !passesMod97(signs.slice(0, length))) continue;
    found.push(spanIn(account, 0, length));
  }
  return found;
}

function readLengths(list: string): ReadonlyMap<string, number> {
  const read = new Map<string, number>();
  let length = 0;
  for (const word of list.split(/\s+/)) {
    if (/^\d/.test(word)) length = Number(word);
    else read.set(word, length);
  }
  return read;
}
