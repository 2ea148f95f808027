/**
 * Numbers by which a country knows its people, each with its own check: Germany, Austria, Switzerland, France,
 * Great Britain, the Netherlands, the United States, Finland, Sweden, Norway, Denmark. They are hidden in what is shown
 * of a page, and taken out of what people write.
 */

import { passesLuhn } from '../passes-luhn.js';
import { letterValue, passesMod1110, remainder, weightedSum } from './check-digits.js';
import type { TextSpan } from './number-runs.js';
import { GAP, matchesOf, signRun } from './number-runs.js';

interface NationalNumber {
  /** In a text with fewer digits it is not looked for, which costs far more than to count them. */
  readonly digits: number;
  readonly pattern: RegExp;
  /** Orders and telephones look like it too: in what people write it counts where the text says what it is. */
  readonly looks?: 'common';
  /** Signs in capitals, without what parts them. */
  isRight(signs: string): boolean;
}

const start = '(?<![\\p{L}\\d])';
const end = '(?![\\p{L}\\d])';
const spaced = (...parts: readonly string[]): RegExp => new RegExp(`${start}${parts.join(GAP)}${end}`, 'giu');
const digitsOf = (count: number): string => Array.from({ length: count }, () => '\\d').join(GAP);

const numbers: readonly NationalNumber[] = [
  // Germany: the tax number, in which one digit comes two or three times and none more often.
  {
    digits: 11,
    looks: 'common',
    pattern: spaced('[1-9]', digitsOf(10)),
    isRight: (signs) => passesMod1110(signs) && repeatsOneDigit(signs),
  },
  // Germany: the pension insurance number, with a birth date and the first letter of a name.
  {
    digits: 11,
    pattern: spaced(digitsOf(8), '[a-z]', digitsOf(3)),
    isRight: (signs) => isDay(signs.slice(2, 4), 81) && isMonth(signs.slice(4, 6)) && passesPension(signs),
  },
  // Germany: identity cards and passports, with at least one letter in front and a check digit at the end.
  {
    digits: 2,
    looks: 'common',
    pattern: spaced('[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ\\d]{7}', digitsOf(2)),
    isRight: passesDocument,
  },
  // Austria: the social insurance number, with a birth date.
  {
    digits: 10,
    pattern: spaced('[1-9]', digitsOf(9)),
    isRight: (signs) =>
      isDay(signs.slice(4, 6), 31) &&
      isMonth(signs.slice(6, 8)) &&
      weightedSum(signs, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(signs[3]),
  },
  // Switzerland: the AHV number.
  {
    digits: 13,
    pattern: spaced('7', '5', '6', digitsOf(10)),
    isRight: (signs) => weightedSum(signs, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
  },
  // France: the NIR with its key.
  {
    digits: 13,
    pattern: spaced('[1-478]', digitsOf(4), '(?:\\d\\d|2[AB])', digitsOf(8)),
    isRight: (signs) => isFrenchMonth(signs.slice(3, 5)) && passesFrenchKey(signs),
  },
  // Great Britain: the National Insurance number, which has no check digit but letters that are never used.
  {
    digits: 6,
    pattern: spaced('(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]', digitsOf(6), '[A-D]'),
    isRight: () => true,
  },
  // Great Britain: the NHS number in its groups.
  {
    digits: 10,
    looks: 'common',
    pattern: new RegExp(`${start}\\d{3}[ -]{1,3}\\d{3}[ -]{1,3}\\d{4}${end}`, 'gu'),
    isRight: (signs) =>
      (11 - (weightedSum(signs, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(signs[9]),
  },
  // The Netherlands: the citizen service number.
  {
    digits: 9,
    looks: 'common',
    pattern: spaced(digitsOf(9)),
    isRight: (signs) => !/^0{2}/.test(signs) && weightedSum(signs, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  },
  // The United States: social security and taxpayer numbers in their groups.
  {
    digits: 9,
    pattern: new RegExp(`${start}(?!000|666)\\d{3}[ -]{1,3}(?!00)\\d\\d[ -]{1,3}(?!0000)\\d{4}${end}`, 'gu'),
    isRight: () => true,
  },
  // The United States: the same in one piece, where it says what it is.
  {
    digits: 9,
    pattern: /(?:\bSSN|social security(?: (?:number|no\.?))?|\bITIN)[^\p{L}\d]{0,10}\d{9}(?!\d)/giu,
    isRight: () => true,
  },
  // Finland: the personal identity code, whose last sign checks the others.
  {
    digits: 9,
    pattern: new RegExp(`${start}\\d{6}[-+A-FU-Y]\\d{3}[\\dA-FHJ-NPR-Y]${end}`, 'giu'),
    isRight: (signs) => isDate(signs) && passesFinnish(signs.replace(/^(\d{6})[+A-Y]/, '$1')),
  },
  // Sweden: the personal and the coordination number, whose days count from 61.
  {
    digits: 10,
    pattern: new RegExp(`${start}(?:19|20)?\\d{6}[-+ ]?\\d{4}${end}`, 'gu'),
    isRight: (signs) => passesSwedish(signs.replace('+', '').slice(-10)),
  },
  // Norway: the birth number and the D-number, whose days count from 41.
  {
    digits: 11,
    pattern: spaced(digitsOf(11)),
    isRight: (signs) => isDay(String(Number(signs.slice(0, 2)) % 40), 31) && passesNorwegian(signs),
  },
  // Denmark: the CPR number in its groups; a check digit it has no more.
  {
    digits: 10,
    pattern: new RegExp(`${start}\\d{6}-\\d{4}${end}`, 'gu'),
    isRight: isDate,
  },
];

const namesOne =
  /steuer|\bid-?nr|\btax\b|\bbsn\b|burgerservice|\bnhs\b|ausweis|\bpassport|\bpass(?:nr|nummer)?\b|identity card/iu;

/** What people write is taken apart where it is sure, or where they say what it is. */
export function withoutNationalIds(text: string): string {
  // Asked for where something looks like one: of most lines it took longer than all the rest.
  let isNamed: boolean | undefined;
  const isMeant = ({ looks }: NationalNumber): boolean => {
    if (looks !== 'common') return true;
    isNamed ??= namesOne.test(text);
    return isNamed;
  };
  let left = text;
  for (const { start: from, end: to } of found(text, isMeant))
    left = left.slice(0, from) + left.slice(from, to).replace(/[\p{L}\d]/gu, '•') + left.slice(to);
  return left;
}

export function findNationalIds(text: string): readonly TextSpan[] {
  return found(text, () => true);
}

function found(text: string, isMeant: (number: NationalNumber) => boolean): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  const count = text.replace(/\D/g, '').length;
  for (const number of numbers) {
    const { digits, pattern, isRight } = number;
    if (count < digits) continue;
    for (const match of matchesOf(text, pattern)) {
      if (isRight(signRun(text, match).signs.toUpperCase()) && isMeant(number)) spans.push(match);
    }
  }
  return spans;
}

function isDay(text: string, highest: number): boolean {
  return Number(text) >= 1 && Number(text) <= highest;
}

function isDate(signs: string): boolean {
  return isDay(signs.slice(0, 2), 31) && Number(signs.slice(2, 4)) >= 1 && Number(signs.slice(2, 4)) <= 12;
}

function passesFinnish(signs: string): boolean {
  const place = remainder(signs.slice(0, 9), 31);
  return '0123456789ABCDEFHJKLMNPRSTUVWXY'[place] === signs[9];
}

function passesSwedish(signs: string): boolean {
  const month = Number(signs.slice(2, 4));
  const day = Number(signs.slice(4, 6)) % 60;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && passesLuhn(signs);
}

function passesNorwegian(signs: string): boolean {
  const first = weightedSum(signs, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11;
  const second = weightedSum(signs, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11;
  return first === 0 && second === 0;
}

/** Austria writes a thirteenth month and later ones where a day's numbers ran out. */
function isMonth(text: string): boolean {
  return Number(text) >= 1 && Number(text) <= 15;
}

function isFrenchMonth(text: string): boolean {
  const month = Number(text);
  return (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
}

/** Corsica's departments count as 19 and 18. */
function passesFrenchKey(signs: string): boolean {
  const plain = signs.replace('2A', '19').replace('2B', '18');
  return /^\d{15}$/.test(plain) && 97 - remainder(plain.slice(0, 13), 97) === Number(plain.slice(13));
}

function repeatsOneDigit(signs: string): boolean {
  const counts = new Map<string, number>();
  for (const digit of signs.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3;
}

/** The letter counts as its two-digit place in the alphabet; products count by their digits. */
function passesPension(signs: string): boolean {
  const place = String(signs.charCodeAt(8) - 64).padStart(2, '0');
  const plain = signs.slice(0, 8) + place + signs.slice(9, 11);
  const sum = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1].reduce((total, weight, index) => {
    const product = weight * Number(plain[index]);
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
  return sum % 10 === Number(signs[11]);
}

/** Weights 7, 3, 1 over the signs, as machine-readable documents have it. */
function passesDocument(signs: string): boolean {
  const values = [...signs.slice(0, 9)].map((sign) => Number(sign >= 'A' ? letterValue(sign) : sign));
  const sum = values.reduce((total, value, index) => total + value * ([7, 3, 1][index % 3] ?? 0), 0);
  return sum % 10 === Number(signs[9]);
}
