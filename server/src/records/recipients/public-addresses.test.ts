import { expect, it } from 'vitest';
import { isPublicAddress } from './public-addresses.js';

it.each([
  ...['127.0.0.1', '10.1.2.3', '172.31.255.255', '192.168.0.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
  ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.0.170', '203.0.113.7'],
  ...['::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', 'ff02::1'],
  ...['2001:db8::1', '2002:7f00:1::', '2001:0:1::', 'localhost', '127.1', ''],
])('[RC3] speaks to nobody at %s', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each(['8.8.8.8', '172.32.0.1', '193.166.3.2', '2a00:1450:4001:80b::200e', '2606:4700::1111'])(
  '[RC3] takes %s for an address of anybody',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);
