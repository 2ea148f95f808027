/** Cards go, however they are written; what only looks like one stays as it was. */

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { withoutCards } from './card-numbers.js';
import { ChatSend } from './chat.js';
import { SurveyAnswers } from './survey.js';

/** Numbers that issuers publish for tests. */
const cards = [
  '4111111111111111',
  '4012888888881881',
  '4222222222222',
  '5555555555554444',
  '5105105105105100',
  '2223003122003222',
  '378282246310005',
  '371449635398431',
  '30569309025904',
  '38520000023237',
  '6011111111111117',
  '6011000990139424',
  '3530111333300000',
  '3566002020360505',
  '6200000000000005',
  '6759649826438453',
];
const groups = (number: string, gap: string) => number.replace(/(.{4})(?=.)/g, `$1${gap}`);
const inScript = (number: string, zero: number) =>
  number.replace(/\d/g, (value) => String.fromCodePoint(zero + Number(value)));

describe.each(cards)('%s', (card) => {
  it.each([
    ['as it is', card],
    ['in groups', groups(card, ' ')],
    ['with dashes', groups(card, ' - ')],
    ['with dots', groups(card, '.')],
    ['over lines', groups(card, '\n')],
    ['with several blanks', groups(card, '    ')],
    ['with an x', groups(card, 'x')],
    ['with its code behind it', `${groups(card, ' ')} 123`],
    ['with its code in brackets', `${card} (1234)`],
    ['with its date and code', `${card} 12/27 123`],
    ['with its long date and code', `${card} 12/2027, 123`],
    ['with no-break spaces', groups(card, '\u00a0')],
    ['with what cannot be seen', groups(card, '\u200b')],
    ['full width', inScript(card, 0xff10)],
    ['Arabic-Indic', inScript(card, 0x0660)],
    ['mathematical', inScript(card, 0x1d7d8)],
  ])('goes %s', (_, written) => {
    const said = withoutCards(`My card is ${written}, please.`);
    expect(said).toMatch(/^My card is /);
    expect(said).not.toMatch(/\p{Nd}/u);
  });
});

it('takes the card and leaves what stands beside it', () => {
  expect(withoutCards('Order 1207: 4111 1111 1111 1111 until 12/27')).toBe(
    'Order 1207: •••• •••• •••• •••• until 12/27',
  );
});

it.each(['4111111111111111123', '4111 1111 1111 1111123', '3782822463100051234'])(
  'takes the card and the code that is joined to it: %s',
  (written) => expect(withoutCards(`It is ${written}.`)).not.toMatch(/\d/),
);

it('leaves what follows a card and is no code', () => {
  const behind = ' 12/27, 2 x 15 or 901820';
  expect(withoutCards(`4111111111111111${behind}`)).toBe(`${'•'.repeat(16)}${behind}`);
});

it.each(['CVV 123', 'cvc: 4321', 'The security code is 123.', 'Kartenprüfnummer lautet 123'])(
  'takes the code of %s',
  (text) => expect(withoutCards(text)).not.toMatch(/\d/),
);

it.each([
  'Call +49 30 901820 or 0800 1234567 89',
  'IBAN DE89 3704 0044 0532 0130 00',
  'Order 4111111111111112',
  'Screens 1920x1080, 2560x1440, 3840x2160',
  'Order 4111111111111112123',
  'Parcel 00340434161094042557',
  'It is 2026-11-22 10:15:30, number 20261122101530',
  'Room 123, code 4567',
  '4111 1111 1111',
])('leaves %s', (text) => expect(withoutCards(text)).toBe(text));

it('is part of reading a line and an answer, and reading twice changes nothing', () => {
  const lineId = '3b241101-e2bb-4255-8caf-4136c566a962';
  const read = v.parse(ChatSend, { lineId, text: 'It is 4111 1111 1111 1111' });
  expect(read.text).toBe('It is •••• •••• •••• ••••');
  expect(v.parse(ChatSend, read)).toEqual(read);
  const answers = [{ questionId: 'more', kind: 'text', value: '5555555555554444' }];
  expect(v.parse(SurveyAnswers, { version: 1, answers }).answers[0]?.value).toBe('•'.repeat(16));
});

it('is quick on the longest line of digits', () => {
  const began = performance.now();
  withoutCards('4 1 '.repeat(1000));
  expect(performance.now() - began).toBeLessThan(500);
});
