/** The fields of a connection carry what they are for and nothing else. */

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Software, TruncatedAddress } from './connection-facts.js';

const frame = Buffer.from('a frame that would like to be kept').toString('base64');

describe('Software', () => {
  it.each(['other', 'Firefox 140', 'Samsung Internet 27', 'Safari 9'])('takes %s', (given) => {
    expect(v.is(Software, given)).toBe(true);
  });

  it.each([
    frame,
    'Firefox',
    'Firefox 12345',
    'firefox 140',
    'Firefox 140.1',
    'Netscape 4',
    '',
    'other\n',
    'Firefox ١',
  ])('refuses %j', (given) => expect(v.is(Software, given)).toBe(false));
});

describe('TruncatedAddress', () => {
  it.each(['', '203.0.113.0/24', '0.0.0.0/24', '2001:db8:0::/48', '0:0:0::/48'])('takes %j', (given) => {
    expect(v.is(TruncatedAddress, given)).toBe(true);
  });

  it.each([
    '203.0.113.7/24',
    '203.0.113.0/32',
    '203.0.113.0',
    '256.0.113.0/24',
    '01.0.113.0/24',
    '2001:db8:0:1::/48',
    '2001:db8::/48',
    '2001:DB8:0::/48',
    '2001:db8:0::/64',
    '0123456789abcdef0123456789abcdef',
    frame,
  ])('refuses %j', (given) => expect(v.is(TruncatedAddress, given)).toBe(false));
});
