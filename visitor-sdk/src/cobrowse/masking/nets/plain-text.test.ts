import { describe, expect, it } from 'vitest';
import { plainText } from './plain-text.js';

const ascii = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code));

describe('the one spelling of a text', () => {
  it('is the same with something beyond ASCII in it as without', () => {
    for (const sign of ascii) {
      for (const text of [sign, `4${sign}1`, `${sign}${sign}`, `a ${sign} \n b`, `${sign}\t`]) {
        expect(plainText(`${text}é`)).toBe(`${plainText(`${text}!`).slice(0, -1)}é`);
      }
    }
  });

  it('has one space for all the white space between two words', () => {
    expect(plainText('\n      ')).toBe(' ');
    expect(plainText('4111\t1111\r\n  1111 1111')).toBe('4111 1111 1111 1111');
    expect(plainText('4111\u2003\u200b1111')).toBe('4111 1111');
  });
});
