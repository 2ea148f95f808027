/** Recognises the two struck-down frameworks by name, however they are written. */

import { refusalSentences } from './refusal-sentences.js';
import type { Refused } from './transfer-outcome.js';

/** Letters of other scripts and digits that look like the Latin letters of the two names. */
const lookAlikes: Readonly<Record<string, string>> = {
  а: 'a',
  α: 'a',
  '4': 'a',
  '@': 'a',
  в: 'b',
  β: 'b',
  с: 'c',
  ϲ: 'c',
  ԁ: 'd',
  е: 'e',
  ε: 'e',
  '3': 'e',
  ƒ: 'f',
  һ: 'h',
  н: 'h',
  і: 'i',
  ι: 'i',
  ı: 'i',
  '1': 'i',
  '!': 'i',
  '|': 'l',
  ӏ: 'l',
  ո: 'n',
  о: 'o',
  ο: 'o',
  '0': 'o',
  р: 'p',
  ρ: 'p',
  г: 'r',
  ѕ: 's',
  '5': 's',
  $: 's',
  ѵ: 'v',
  ν: 'v',
  у: 'y',
  γ: 'y',
};

function skeleton(name: string): string {
  const plain = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  const latin = Array.from(plain, (letter) => lookAlikes[letter] ?? letter).join('');
  return latin.replace(/[^a-z]/g, '').replace(/l/g, 'i');
}

const privacyShield: Refused = {
  outcome: 'REFUSE',
  code: 'INVALIDATED_C311_18',
  sentence: refusalSentences.INVALIDATED_C311_18.en,
};

const safeHarbor: Refused = {
  outcome: 'REFUSE',
  code: 'INVALIDATED_C362_14',
  sentence: refusalSentences.INVALIDATED_C362_14.en,
};

/** The refusal of a basis that is asked for by name, or undefined where the name is neither. */
export function refuseInvalidated(name: string): Refused | undefined {
  const read = skeleton(name);
  if (read.includes('privacyshieid')) return privacyShield;
  if (read.includes('safeharbor') || read.includes('safeharbour')) return safeHarbor;
  const numbers = name.normalize('NFKD').replace(/\s/g, '');
  if (numbers.includes('2016/1250')) return privacyShield;
  if (numbers.includes('2000/520')) return safeHarbor;
  return undefined;
}
