/**
 * Takes payment cards out of what a person typed: numbers of an issuer's range and length with a right check digit,
 * in any script's digits and parted as people part them, and the security code that is named or stands behind one. It
 * happens where the text is read, so that neither the other side nor the database ever has it.
 */

import { passesLuhn } from './passes-luhn.js';

const HIDDEN = '•';
/** What people put between groups, also what cannot be seen. */
const GAP = '[\\sx×.,;()_/|*:\\-\\u2010-\\u2015\\u00ad\\u200b-\\u200f\\u2060\\ufeff]{0,8}';
const run = new RegExp(`\\p{Nd}(?:${GAP}\\p{Nd}){11,80}`, 'giu');
const securityCode =
  /(\b(?:cvv2?|cvc2?|cid|csc|card verification|security code|kartenprüfnummer|prüfnummer|prüfziffer|sicherheitscode)\b[^\p{L}\p{Nd}]{0,4}(?:(?:code|number|is|ist|lautet)[^\p{L}\p{Nd}]{0,4}){0,2})(\p{Nd}{3,4})(?!\p{Nd})/giu;
const digit = /\p{Nd}/u;

export function withoutCards(text: string): string {
  return text
    .replace(run, (found) => hideCards(found))
    .replace(securityCode, (_, named: string, code: string) => named + HIDDEN.repeat([...code].length));
}

interface Sign {
  readonly sign: string;
  readonly value: number | undefined;
}

function hideCards(found: string): string {
  const signs: Sign[] = [...found].map((sign) => ({ sign, value: digitValue(sign) }));
  const places = signs.flatMap(({ value }, place) => (value === undefined ? [] : [place]));
  const digits = places.map((place) => signs[place]?.value ?? 0).join('');
  const hidden = new Set<number>();
  for (let start = 0; start < digits.length; start += 1) {
    if (!isEdge(places, start)) continue;
    const length = cardLength(digits, start, places);
    if (length === 0) continue;
    for (const place of places.slice(start, codeEnd(places, start + length))) hidden.add(place);
  }
  return signs.map(({ sign }, place) => (hidden.has(place) ? HIDDEN : sign)).join('');
}

/** The longest card that begins here and ends with a group, or 0: part of a longer number is no card. */
function cardLength(digits: string, start: number, places: readonly number[]): number {
  for (let length = Math.min(19, digits.length - start); length >= 12; length -= 1) {
    if (isEdge(places, start + length) && isCard(digits.slice(start, start + length))) return length;
  }
  const isFollowed = [15, 16].some((length) => isCard(digits.slice(start, start + length)));
  return isFollowed && isEdge(places, start + WITH_CODE) ? WITH_CODE : 0;
}

/** Three digits joined to a card of 16, or four to one of 15. */
const WITH_CODE = 19;

const isCard = (number: string) => isIssued(number) && passesLuhn(number);

/** Where the security code ends that follows a card, also behind the month and year until when it is valid. */
function codeEnd(places: readonly number[], cardEnd: number): number {
  let end = cardEnd;
  for (let at = cardEnd, groups = 0; groups < 3 && at < places.length; groups += 1) {
    let next = at + 1;
    while (!isEdge(places, next)) next += 1;
    if (next - at === 3 || next - at === 4) end = next;
    else if (next - at !== 2) return end;
    at = next;
  }
  return end;
}

/** Whether something parts this digit from the one before, or the run begins or ends here. */
function isEdge(places: readonly number[], at: number): boolean {
  if (at === 0 || at === places.length) return true;
  return (places[at] ?? 0) - (places[at - 1] ?? 0) > 1;
}

const issuers: readonly { readonly starts: RegExp; readonly lengths: readonly number[] }[] = [
  { starts: /^4/, lengths: [13, 16, 19] },
  { starts: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { starts: /^3[47]/, lengths: [15] },
  { starts: /^(30[0-5]|36|38|39)/, lengths: [14, 16, 19] },
  { starts: /^(6011|64[4-9]|65|62|60|81|82)/, lengths: [16, 17, 18, 19] },
  { starts: /^35(2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { starts: /^(50|5[6-8]|67)/, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { starts: /^220[0-4]/, lengths: [16, 17, 18, 19] },
];

function isIssued(number: string): boolean {
  return issuers.some(({ starts, lengths }) => starts.test(number) && lengths.includes(number.length));
}

/** Digits of every script stand in runs of ten, from nought to nine. */
function digitValue(sign: string): number | undefined {
  const point = sign.codePointAt(0);
  if (point === undefined || !digit.test(sign)) return undefined;
  let first = point;
  while (digit.test(String.fromCodePoint(first - 1))) first -= 1;
  return (point - first) % 10;
}
