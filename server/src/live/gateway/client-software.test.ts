/** What is kept of an address and a browser is too little to tell one person from another. */

import { Software, TruncatedAddress } from '@alongside/protocol';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { clientAddressBehind } from './client-address.js';
import { clientSoftware, truncatedAddress } from './client-software.js';

describe('clientSoftware', () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.8078.79 Safari/537.36',
      'Chrome 156',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36',
      'Chrome 156',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.1.2',
      'Edge 140',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox 145'],
    [
      'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
      'Safari 18',
    ],
    [
      'Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
      'Safari 18',
    ],
    ['curl/8.0', 'other'],
    [undefined, 'other'],
  ])('keeps the family and the major version of %s', (userAgent, expected) => {
    expect(clientSoftware(userAgent)).toBe(expected);
    expect(v.is(Software, expected)).toBe(true);
  });

  it('keeps nothing that a client makes up', () => {
    expect(clientSoftware(`${'x'.repeat(100_000)} Chrome/99999 mira@example.org`)).toBe('other');
    expect(clientSoftware('Firefox/12 <script>')).toBe('Firefox 12');
  });
});

describe('truncatedAddress', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:db8::7', '2001:db8:0::/48'],
    ['2001:DB8::7', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['somebody', ''],
    [undefined, ''],
  ])('of %s is its network', (address, expected) => {
    expect(truncatedAddress(address)).toBe(expected);
    expect(v.is(TruncatedAddress, expected)).toBe(true);
  });
});

describe('clientAddressBehind', () => {
  const behind = clientAddressBehind(['10.0.0.1', '10.1.0.0/16']);

  it('believes forwarded headers of own proxies only, from the nearest hop outwards', () => {
    expect(behind('10.0.0.1', { 'x-forwarded-for': '203.0.113.9' })).toBe('203.0.113.9');
    expect(behind('::ffff:10.0.0.1', { 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.1.2.3' })).toBe(
      '203.0.113.9',
    );
    expect(behind('198.51.100.4', { 'x-forwarded-for': '203.0.113.9' })).toBe('198.51.100.4');
    expect(behind('10.0.0.1', { 'x-forwarded-for': 'nonsense' })).toBe('10.0.0.1');
    expect(behind('10.0.0.1', {})).toBe('10.0.0.1');
    expect(behind(undefined, {})).toBeUndefined();
  });
});
