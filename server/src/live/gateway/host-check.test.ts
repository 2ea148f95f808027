/** Only names and ports that are ours are answered, in whatever way they are written. */

import { expect, it } from 'vitest';
import { judgeHost } from './host-check.js';

it.each([
  ['live.localhost:3001', 'ours'],
  ['LIVE.localhost:3001', 'ours'],
  ['live.localhost', 'foreign'],
  ['live.localhost:3002', 'foreign'],
  ['live.localhost:80', 'foreign'],
  ['localhost:3001', 'loopback'],
  ['127.0.0.1', 'loopback'],
  ['[::1]:3001', 'loopback'],
  ['evil.example:3001', 'foreign'],
  ['live.localhost.evil.example:3001', 'foreign'],
  ['evil.example#live.localhost:3001', 'foreign'],
  ['user@live.localhost:3001', 'foreign'],
  ['live.localhost:3001:80', 'foreign'],
  ['', 'foreign'],
  [undefined, 'foreign'],
] as const)('%s is %s', (host, verdict) => {
  expect(judgeHost(host, { names: ['live.localhost'], url: 'http://live.localhost:3001' })).toBe(verdict);
});

it.each([
  ['http://live.example', '80', '443'],
  ['https://live.example', '443', '80'],
])('the usual port of %s may be written or left out', (url, usual, other) => {
  const own = { names: ['live.example'], url };
  expect(judgeHost('live.example', own)).toBe('ours');
  expect(judgeHost(`live.example:${usual}`, own)).toBe('ours');
  expect(judgeHost(`live.example:${other}`, own)).toBe('foreign');
});
