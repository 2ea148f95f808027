import type { TextNet } from '@alongside/protocol';
import { letterValue, passesMod97, remainder, textNets, weightedSum } from '@alongside/protocol';
import { describe, expect, it } from 'vitest';
import { plainText } from './plain-text.js';
import { TextNets } from './text-nets.js';

/** Numbers that anybody may publish: issuers' test cards, and examples of the offices that give them out. */
const examples: Readonly<Record<TextNet, readonly string[]>> = {
  card: ['4111111111111111', '5500005555555559', '378282246310005', '6011000990139424', '3566002020360505'],
  iban: [
    'DE89370400440532013000',
    'AT611904300234573201',
    'CH9300762011623852957',
    'NL91ABNA0417164300',
    'GB29NWBK60161331926819',
    'FR1420041010050500013M02606',
    'MT84MALT011000012345MTLCAST001S',
  ],
  email: ['mira.muster@bank.example', 'a+b@x-y.example', 'jörg@müller.example', '名@例え.jp'],
  phone: [
    '+49 30 1234567',
    '0041 44 668 18 00',
    '+1 (555) 234-5678',
    '(030) 1234567',
    '01 23 45 67 89',
    '020 7946 0958',
    '06-12345678',
    '089/12345678',
    '555-234-5678',
    '+49 (0)151 23456789',
    '07700 900123',
  ],
  nationalId: [
    '86095742719',
    '15070649C103',
    'T220001293',
    '1237010180',
    '756.9217.0769.85',
    '2 55 08 14 168 025 38',
    'AB 12 34 56 C',
    '943 476 5919',
    '111222333',
    '219-09-9999',
    'SSN: 219099999',
  ],
};
const harmless = [
  '',
  'Hello Mira',
  'Order 4711',
  'EUR 1.234.567,89',
  '12.03.2026 10:15',
  '2026-11-22T10:15:00',
  '01.02.2026',
  '3 of 10',
  'Version 10.2.30',
  'ISO 27001:2022',
  '1, 2, 3, 4, 5, 6, 7',
  'AB12',
  '@home',
  '0.123456789',
  'from 9:00 to 17:30',
  '100 000 000',
  '§ 312 BGB, 2024',
];

/** The same numbers in every run, so that what fails once fails again. */
function source(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const times = <T>(count: number, make: () => T): readonly T[] => Array.from({ length: count }, make);

/** A digit at the end, such that the whole is right. */
function checked(head: string, isRight: (whole: string) => boolean): string | undefined {
  return '0123456789'
    .split('')
    .map((digit) => head + digit)
    .find(isRight);
}

function luhn(whole: string): boolean {
  const values = [...whole].reverse().map((digit, index) => Number(digit) * (index % 2 === 0 ? 1 : 2));
  return values.reduce((sum, value) => sum + Math.floor(value / 10) + (value % 10), 0) % 10 === 0;
}

/** Parts a number as people do, or as no one does. */
function parted(number: string, next: (below: number) => number): string {
  const gaps = ['', '', ' ', '-', '.', '\u00a0', '\u2011', '\u200b', ' - '];
  return [...number]
    .map((sign, index) => (index === 0 ? sign : (gaps[next(gaps.length)] ?? '') + sign))
    .join('');
}

describe('examples', () => {
  const all = new TextNets();
  for (const net of textNets) {
    it.each(examples[net])(`${net}: %s`, (example) => {
      expect(new TextNets([net]).catches(example), 'by its own net').toBe(true);
      expect(new TextNets([net]).catches(`Please note ${example}, thank you`)).toBe(true);
      expect(all.catches(`(${example})`)).toBe(true);
      expect(new TextNets([]).catches(example), 'not when all are off').toBe(false);
    });
  }

  it.each(harmless)('shows %j', (text) => {
    expect(all.catches(text)).toBe(false);
  });
});

describe('properties', () => {
  const next = source(20_261_122);

  it('finds every card number however it is parted, and none with another check digit', () => {
    const nets = new TextNets(['card']);
    for (const length of [13, 14, 15, 16, 17, 18, 19]) {
      for (const head of times(60, () => `${2 + next(5)}${times(length - 2, () => next(10)).join('')}`)) {
        const whole = checked(head, luhn) ?? '';
        expect(nets.catches(parted(whole, next)), whole).toBe(true);
        expect(nets.findIn(whole)).toContainEqual(expect.objectContaining({ start: 0 }));
        const wrong = head + ((Number(whole.at(-1)) + 1 + next(9)) % 10);
        const inside = length > 13 && nets.catches(wrong);
        if (!inside) expect(nets.catches(wrong), wrong).toBe(false);
      }
    }
  });

  it('finds every account number of a known form, and none with another check digit', () => {
    const nets = new TextNets(['iban']);
    for (const [country, length] of [
      ['DE', 22],
      ['AT', 20],
      ['CH', 21],
      ['FR', 27],
      ['GB', 22],
      ['NL', 18],
      ['NO', 15],
    ] as const) {
      for (const body of times(40, () => times(length - 4, () => next(10)).join(''))) {
        const rest = remainder(`${body}${[...country].map(letterValue).join('')}00`, 97);
        const account = `${country}${String(98 - rest).padStart(2, '0')}${body}`;
        expect(passesMod97(account)).toBe(true);
        expect(nets.catches(parted(account, next)), account).toBe(true);
        expect(nets.catches(parted(account.toLowerCase(), next))).toBe(true);
        const wrong = `${account.slice(0, -1)}${(Number(account.at(-1)) + 1 + next(9)) % 10}`;
        expect(nets.catches(wrong), wrong).toBe(false);
      }
    }
  });

  it('finds every citizen service, AHV, insurance and tax number, and hardly any wrong one', () => {
    const nets = new TextNets(['nationalId']);
    const bsn = (text: string) => weightedSum(text, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
    const ahv = (text: string) =>
      weightedSum(
        text,
        times(13, () => 0).map((_, at) => (at % 2 === 0 ? 1 : 3)),
      ) %
        10 ===
      0;
    for (const head of times(300, () => `${1 + next(9)}${times(7, () => next(10)).join('')}`)) {
      const whole = checked(head, bsn);
      if (whole === undefined) continue;
      expect(nets.catches(parted(whole, next)), whole).toBe(true);
      expect(nets.catches(head + ((Number(whole.at(-1)) + 1) % 10))).toBe(false);
    }
    for (const head of times(100, () => `756${times(9, () => next(10)).join('')}`)) {
      expect(nets.catches(parted(checked(head, ahv) ?? '', next))).toBe(true);
    }
  });

  it('reads the digits of every script', () => {
    const nets = new TextNets(['card']);
    for (const zero of [0x0660, 0x06f0, 0x0966, 0x0e50, 0xff10, 0x1d7ce, 0x1d7f6]) {
      const text = [...'4111111111111111']
        .map((digit) => String.fromCodePoint(zero + Number(digit)))
        .join('');
      expect(plainText(text)).toBe('4111111111111111');
      expect(nets.catches(text)).toBe(true);
    }
  });

  it('says where in the text it found something, and is never long about it', () => {
    const nets = new TextNets();
    const plain = 'Pay 4111 1111 1111 1111 to Mira';
    expect(nets.findIn(plain)).toContainEqual({ start: 4, end: 23 });
    const began = performance.now();
    for (const text of [
      '1 '.repeat(30_000),
      'a@'.repeat(30_000),
      'DE12'.repeat(15_000),
      '+1('.repeat(20_000),
    ]) {
      nets.catches(text);
    }
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('what somebody types', () => {
  it.each(['4111 1111', '4111 1111 1111 111', 'DE89 3704', 'mira@', '0151 2345 6', '86095742'])(
    'hides %j before it is whole',
    (text) => {
      expect(new TextNets().catchesValue(text)).toBe(true);
    },
  );
  it.each(['', '1200', '2026-11-22', '2026-11-22T10:15', 'Mira', '10115 Berlin', '12.50'])(
    'shows %j',
    (text) => {
      expect(new TextNets().catchesValue(text)).toBe(false);
    },
  );
  it('hides nothing when all nets are off', () => {
    expect(new TextNets([]).catchesValue('4111 1111 1111 1111')).toBe(false);
  });
});
