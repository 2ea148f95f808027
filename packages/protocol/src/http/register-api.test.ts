/** A register as a file: read whole, or refused by the line that somebody has to mend. */

import { describe, expect, it } from 'vitest';
import type { RegisterDocument } from './register-api.js';
import { readRegister } from './register-api.js';

const looked = { source: 'looked up at the source', verifiedAt: '2026-11-18' };
const register: RegisterDocument = {
  adequacy: [],
  certifications: [],
  scopeFacts: [
    { regime: 'EU', country: 'JP', covers: 'people', ...looked },
    { regime: 'EU', country: 'CA', covers: 'store', ...looked },
  ],
  establishments: [],
  derogations: { consent: false, mostSharesAMonth: 0 },
};
/** As it is downloaded: a line for each field. */
const text = JSON.stringify(register, null, 2);
const lineWith = (words: string) => text.split('\n').findIndex((line) => line.includes(words)) + 1;

describe('a register as a file', () => {
  it('is read as it was taken out', () => {
    expect(readRegister(text)).toEqual({ ok: true, body: register, edition: undefined });
    const edition = '0d8a3c52-6c1d-4b5e-9a07-3f6d0c2b1e44';
    const takenOut = JSON.stringify({ edition, ...register });
    expect(readRegister(takenOut)).toEqual({ ok: true, body: register, edition });
    expect(readRegister(takenOut.replace(edition, 'an earlier one'))).toMatchObject({ place: 'edition' });
  });

  it.each([
    ['a country that is none', '"CA"', '"Canada"', 'scopeFacts › 2 › country'],
    [
      'a number that cannot be',
      '"mostSharesAMonth": 0',
      '"mostSharesAMonth": -1',
      'derogations › mostSharesAMonth',
    ],
    ['a field that it has not', '"consent": false', '"consent": false, "mood": 1', 'derogations › mood'],
    ['a list that is missing', '"scopeFacts"', '"scopes"', 'scopeFacts'],
  ])('with %s names its line and its place', (_, before, after, place) => {
    const line = place === 'scopeFacts' ? 1 : lineWith(before);
    expect(readRegister(text.replace(before, after))).toEqual({ ok: false, line, place });
  });

  it('that is none names the line from which it is none', () => {
    expect(readRegister(text.replace('"EU",', '"EU"'))).toEqual({
      ok: false,
      line: lineWith('"EU"') + 1,
      place: '',
    });
    expect(readRegister('7')).toEqual({ ok: false, line: 1, place: '' });
  });
});
