/** What an agent puts before the visitor opens by the visitor's press alone, and where it says that it does. */

import type { AgentId, DeliveryContent, DocumentOffered } from '@alongside/protocol';
import { signal } from '@preact/signals';
import { beforeEach, expect, it } from 'vitest';
import type { EngagementSession } from '../session/engagement-session.js';
import type { Answer } from '../session/visitor-http.js';
import { type Delivery, DeliveryShelf } from './delivery-shelf.js';

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
    agentName: (agentId) => `Agent ${agentId}`,
    document: async (_entry, documentId) => {
      happened.push(`read ${documentId}`);
      return answer;
    },
    go: (path) => happened.push(`go ${path}`),
    openElsewhere: (url) => happened.push(`open ${url}`),
  });
});

const contents = {
  page: { kind: 'page', path: '/basket' },
  link: { kind: 'link', url: 'https://elsewhere.example/' },
  document: { kind: 'document', documentId: 'd' },
} as const satisfies Record<string, DeliveryContent>;
const offerOf = (deliveryId: string, content: DeliveryContent = contents.page, by = 'aki') => ({
  ...{ deliveryId, content, agentId: by as AgentId },
});
/** As it comes to wait there. */
const waits = (...offer: Parameters<typeof offerOf>): Delivery => {
  shelf.offered(offerOf(...offer));
  const delivery = shelf.waiting.value.at(-1);
  if (delivery === undefined) throw new Error('Nothing waits.');
  return delivery;
};

it('opens nothing by itself', () => {
  const put = [waits('1'), waits('2', contents.link), waits('3', contents.document)];
  expect(shelf.waiting.value).toEqual(put);
  expect(happened).toEqual([]);
});

it('opens each in its own way, and tells the agent that it was opened', async () => {
  await shelf.open(waits('2', contents.link));
  await shelf.open(waits('3', contents.document));
  await shelf.open(waits('1'));
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
  shelf.putAway(waits('2', contents.link));
  expect(shelf.waiting.value).toEqual([]);
  expect(happened).toEqual(['delivery:answer false']);
});

it('says that a document could not be fetched, which was not opened with that and can be tried again', async () => {
  const document = waits('3', contents.document);
  answer = { ok: false, failure: 'unreachable' };
  await shelf.open(document);
  expect(shelf.document.value).toEqual({ state: 'failed', documentId: 'd' });
  expect([shelf.waiting.value, happened]).toEqual([[document], ['read d']]);
  answer = { ok: true, value: { title: 'Returns', text: 'Within 30 days.' } };
  await shelf.open(document);
  expect([shelf.waiting.value, happened.at(-1)]).toEqual([[], 'delivery:answer true']);
});

it('leaves a document there that was closed before it came', async () => {
  const document = waits('3', contents.document);
  const opening = shelf.open(document);
  shelf.closeDocument();
  await opening;
  expect([shelf.waiting.value, happened]).toEqual([[document], ['read d']]);
});

it('names each after who has put it there', () => {
  expect([waits('1').agent, waits('2', contents.link, 'bo').agent]).toEqual(['Agent aki', 'Agent bo']);
});

it('[DE3] takes what it is told again for no news, and says again what became of it', () => {
  waits('1');
  expect(shelf.offered(offerOf('1'))).toBeUndefined();
  expect(shelf.waiting.value).toHaveLength(1);
  shelf.putAway(waits('2', contents.link));
  expect(shelf.offered(offerOf('2', contents.link))).toBeUndefined();
  expect([shelf.waiting.value.length, happened]).toEqual([
    1,
    ['delivery:answer false', 'delivery:answer false'],
  ]);
});

it('[DE4] lets go of what was answered in another tab, and with a conversation of all that was its', () => {
  waits('1');
  waits('2');
  shelf.answered('1');
  expect(shelf.waiting.value.map((each) => each.deliveryId)).toEqual(['2']);
  shelf.clear();
  expect([shelf.waiting.value, happened]).toEqual([[], []]);
});

it('keeps no more than a few', () => {
  for (const deliveryId of ['a', 'b', 'c', 'd']) shelf.offered(offerOf(deliveryId));
  expect(shelf.waiting.value.map((each) => each.deliveryId)).toEqual(['b', 'c', 'd']);
});
