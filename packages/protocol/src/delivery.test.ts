/** What may be put before a visitor, and what only looks like it. */

import { expect, it } from 'vitest';
import { parseDeliveryContent } from './delivery.js';

const documentId = '11111111-1111-4111-8111-111111111111';

it.each([
  { kind: 'page', path: '/' },
  { kind: 'page', path: '/returns?from=help#how' },
  { kind: 'link', url: 'https://elsewhere.example' },
  { kind: 'link', url: 'https://elsewhere.example:8443/a?b=c#d' },
  { kind: 'document', documentId },
])('takes %j', (content) => {
  expect(parseDeliveryContent(content)).toEqual(content);
});

it.each([
  { kind: 'page', path: 'returns' },
  { kind: 'page', path: '//elsewhere.example/' },
  { kind: 'page', path: '/\\elsewhere.example/' },
  { kind: 'page', path: '/a b' },
  { kind: 'page', path: `/${'x'.repeat(2000)}` },
  { kind: 'link', url: 'http://elsewhere.example/' },
  { kind: 'link', url: 'javascript:alert(1)' },
  { kind: 'link', url: 'https://bank.example@elsewhere.example/' },
  { kind: 'link', url: 'https://elsewhere.example\\@bank.example/' },
  { kind: 'link', url: 'https:///a' },
  { kind: 'document', documentId: 'a.pdf' },
  { kind: 'document', documentId, title: 'words of the agent' },
  { kind: 'file', bytes: 'AAAA' },
])('takes nothing like %j', (content) => {
  expect(parseDeliveryContent(content)).toBeUndefined();
});
