/** Only names that are ours are answered, in whatever way they are written. */

import { expect, it } from 'vitest';
import { judgeHost } from './host-check.js';

it.each([
  ['live.localhost:3001', 'ours'],
  ['LIVE.localhost', 'ours'],
  ['localhost:3001', 'loopback'],
  ['127.0.0.1', 'loopback'],
  ['[::1]:3001', 'loopback'],
  ['evil.example', 'foreign'],
  ['live.localhost.evil.example', 'foreign'],
  ['evil.example#live.localhost', 'foreign'],
  ['user@live.localhost', 'foreign'],
  ['live.localhost:3001:80', 'foreign'],
  ['', 'foreign'],
  [undefined, 'foreign'],
] as const)('%s is %s', (host, verdict) => {
  expect(judgeHost(host, ['live.localhost'])).toBe(verdict);
});
