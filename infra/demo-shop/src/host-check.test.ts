/** Which names the shop answers to. */
import { expect, test } from 'vitest';
import { judgeHost } from './host-check.js';

test.each([
  'shop.localhost',
  'shop.localhost:3003',
  'SHOP.localhost:3003',
  'pay.shop.localhost',
  'a.b.shop.localhost:1',
])('%s is its own', (host) => {
  expect(judgeHost(host, 'shop.localhost').kind).toBe('own');
});

test.each(['localhost:3003', '127.0.0.1:3003', '[::1]:3003'])('%s is the loopback', (host) => {
  expect(judgeHost(host, 'shop.localhost')).toEqual({ kind: 'loopback', portSuffix: ':3003' });
});

test.each([
  undefined,
  '',
  'console.localhost:3000',
  'evilshop.localhost',
  'shop.localhost.evil.example',
  'shop.localhost@evil.example',
  '.shop.localhost',
  '-.shop.localhost',
  'a..shop.localhost',
  'shop.localhost:99999999',
  'shop.localhost/x',
  '10.0.0.1:3003',
])('%s is foreign', (host) => {
  expect(judgeHost(host, 'shop.localhost').kind).toBe('foreign');
});
