/** STUN in bytes: what is asked, and what is read of answers, broken and foreign ones included. */

import { describe, expect, it } from 'vitest';
import { readStunAnswer, stunLength, stunRequest } from './stun-message.js';

const transaction = Buffer.from('b7e7a701bc34d686fa87dfae', 'hex');
const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

/** The response of RFC 5769, 2.2: SOFTWARE "test vector", an address, integrity and fingerprint. */
const vector = hex(`0101003c2112a442b7e7a701bc34d686fa87dfae
  8022000b7465737420766563746f7220
  002000080001a147e112a643
  000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7
  80280004c07d4c96`);

const answer = (attributes: string, kind = '0101') => {
  const body = hex(attributes);
  const length = body.length.toString(16).padStart(4, '0');
  return Buffer.concat([hex(`${kind}${length}2112a442`), transaction, body]);
};

describe('A question', () => {
  it('is a header, and for an allocation the transport that is wanted', () => {
    expect(stunRequest('binding', transaction).toString('hex')).toBe(
      '000100002112a442b7e7a701bc34d686fa87dfae',
    );
    expect(stunRequest('allocate', transaction).toString('hex')).toBe(
      '000300082112a442b7e7a701bc34d686fa87dfae0019000411000000',
    );
  });
});

describe('An answer', () => {
  it('is read as the standard has it', () => {
    expect(readStunAnswer(vector, transaction)).toEqual({ software: 'test vector' });
  });

  it('may be a refusal, and need not say what the server is', () => {
    expect(readStunAnswer(answer('80220004 54555211', '0113'), transaction)).toEqual({
      software: 'TUR\u0011',
    });
    expect(readStunAnswer(answer(''), transaction)).toEqual({ software: undefined });
    expect(readStunAnswer(answer('80220000'), transaction)).toEqual({ software: undefined });
  });

  it('to another question, of another kind or cut short is none', () => {
    const other = Buffer.from(transaction).reverse();
    expect(readStunAnswer(vector, other)).toBeUndefined();
    expect(readStunAnswer(answer('', '0001'), transaction)).toBeUndefined();
    expect(readStunAnswer(answer('', '4101'), transaction)).toBeUndefined();
    for (let length = 0; length < vector.length; length += 1) {
      expect(readStunAnswer(vector.subarray(0, length), transaction)).toBeUndefined();
    }
    const noCookie = Buffer.from(vector);
    noCookie[4] = 0;
    expect(readStunAnswer(noCookie, transaction)).toBeUndefined();
  });

  it('whose attribute reaches past its end is none', () => {
    expect(readStunAnswer(answer('80220040 74657374'), transaction)).toBeUndefined();
  });

  it('tells its length once its header is there', () => {
    expect(stunLength(vector.subarray(0, 19))).toBeUndefined();
    expect(stunLength(vector.subarray(0, 20))).toBe(vector.length);
  });
});
