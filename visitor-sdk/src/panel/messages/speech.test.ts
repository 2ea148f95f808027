/** Sentences, in both languages. */

import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.js';
import { de } from './de.js';
import { en } from './en.js';
import { clockFace, Speech } from './speech.js';
import { spokenDuration } from './spoken-duration.js';

const fills = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('the catalogues', () => {
  it.each(Object.keys(en) as (keyof typeof en)[])('%s is filled in alike in both languages', (key) => {
    expect(fills(de[key])).toEqual(fills(en[key]));
    expect(de[key].trim()).not.toBe('');
  });
});

describe('Speech', () => {
  const speech = new Speech('en', en);

  it('fills in once, so that what people wrote cannot ask for more', () => {
    expect(speech.say('chat.input', { agent: '{site} $& {agent}' })).toBe('Message to {site} $& {agent}');
  });

  it('says how long a lease is', () => {
    expect(spokenDuration(speech, 60_000)).toBe('1 minute');
    expect(spokenDuration(speech, 120_000)).toBe('2 minutes');
    expect(spokenDuration(speech, 90_000)).toBe('1 minute and 30 seconds');
    expect(spokenDuration(new Speech('de', de), 45_000)).toBe('45 Sekunden');
  });

  it('lists', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((items) => speech.list(items))).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });

  it('tells a basis with its countries and what it rests on', () => {
    const told = speech.basis({
      basis: 'SCC_M2',
      fromCountry: 'FI',
      toCountry: 'IN',
      reference: 'Contract 7',
      decisionId: 'x',
      decidedAt: 1,
    });
    expect(told).toBe('from Finland to India under standard contractual clauses (module 2) (Contract 7)');
  });

  it('has a sentence for every refusal', () => {
    expect(speech.failure('storageUnavailable')).toBe(en['failure.storageUnavailable']);
    expect(speech.failure('serverTooOld')).toBe(en['failure.other']);
  });
});

describe('clockFace', () => {
  it.each([
    [0, '0:00'],
    [-5, '0:00'],
    [1, '0:01'],
    [61_000, '1:01'],
    [3_661_000, '1:01:01'],
  ])('%d ms is %s', (ms, text) => expect(clockFace(ms)).toBe(text));
});

describe('cleanText', () => {
  it('takes out what may not be sent and keeps what people mean', () => {
    expect(cleanText('  a\u0000b\r\nc\td\u007f \ud800 😀 ')).toBe('ab\nc\td \ufffd 😀');
  });
});
