/** What an agent puts before the visitor opens by the visitor's press alone, and where it says that it does. */

import type { DocumentOffered } from '@alongside/protocol';
import { signal } from '@preact/signals';
import { beforeEach, expect, it } from 'vitest';
import type { EngagementSession } from '../session/engagement-session.js';
import type { Answer } from '../session/visitor-http.js';
import { DeliveryShelf } from './delivery-shelf.js';

let happened: string[];
let answer: Answer<DocumentOffered>;
let shelf: DeliveryShelf;

beforeEach(() => {
  happened = [];
  answer = { ok: true, value: { title: 'Returns', text: 'Within 30 days.' } };
  const session = {
    entry: { engagementId: 'e', secret: 's' },
    command: async (name: string, body: { readonly opened: boolean }) => {
      happened.push(`${name} ${body.opened}`);
      return { ok: true, value: {} };
    },
  };
  shelf = new DeliveryShelf({
    session: signal(session as unknown as EngagementSession),
    document: async (_entry, documentId) => {
      happened.push(`read ${documentId}`);
      return answer;
    },
    go: (path) => happened.push(`go ${path}`),
    openElsewhere: (url) => happened.push(`open ${url}`),
  });
});

const page = { deliveryId: '1', content: { kind: 'page', path: '/basket' } } as const;
const link = { deliveryId: '2', content: { kind: 'link', url: 'https://elsewhere.example/' } } as const;
const document = { deliveryId: '3', content: { kind: 'document', documentId: 'd' } } as const;

it('opens nothing by itself', () => {
  for (const each of [page, link, document, page]) shelf.offered(each);
  expect(shelf.waiting.value).toEqual([link, document, page]);
  expect(happened).toEqual([]);
});

it('opens each in its own way, and tells the agent that it was opened', async () => {
  shelf.offered(link);
  await shelf.open(link);
  await shelf.open(document);
  await shelf.open(page);
  expect(happened).toEqual([
    'open https://elsewhere.example/',
    'delivery:answer true',
    'read d',
    'delivery:answer true',
    'delivery:answer true',
    'go /basket',
  ]);
  expect(shelf.waiting.value).toEqual([]);
  expect(shelf.document.value).toMatchObject({ state: 'shown', document: { title: 'Returns' } });
  shelf.closeDocument();
  expect(shelf.document.value).toBeUndefined();
});

it('puts away what the visitor does not want, and tells that as well', () => {
  shelf.offered(link);
  shelf.putAway(link);
  expect(shelf.waiting.value).toEqual([]);
  expect(happened).toEqual(['delivery:answer false']);
});

it('says that a document could not be fetched', async () => {
  answer = { ok: false, failure: 'notFound' };
  await shelf.open(document);
  expect(shelf.document.value).toEqual({ state: 'failed', documentId: 'd' });
});

it('keeps no more than a few', () => {
  for (const deliveryId of ['a', 'b', 'c', 'd']) shelf.offered({ ...page, deliveryId });
  expect(shelf.waiting.value.map((each) => each.deliveryId)).toEqual(['b', 'c', 'd']);
});
