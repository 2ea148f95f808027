/** The catalogue of documents and what is kept of a delivery, over real HTTP and the real journal. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entry, type JournalLine } from './journal-line.js';
import type { Customer, Person, Visitor } from './records-customer.js';
import { World } from './records-world.js';

let world: World;
let line: JournalLine;
let mira: Customer;
let other: Customer;
let aki: Person;
let visitor: Visitor;

beforeAll(async () => {
  world = await World.start();
  line = await world.line();
  mira = await world.customer('Hazel');
  other = await world.customer('Birch');
  aki = await mira.agent('Aki');
  visitor = await mira.visitor({ name: 'Mira' });
  const accepted = { type: 'accepted', engagementId: visitor.engagementId, agentId: aki.agentId } as never;
  expect(await line.append(entry(accepted))).toMatchObject({ ok: true });
});
afterAll(() => world?.stop());

const edit = { title: 'Returns', text: 'Within 30 days.\nUnworn.' };
const deliver = (kind: 'page' | 'link' | 'document', documentId?: string) => {
  const deliveryId = crypto.randomUUID();
  const { engagementId } = visitor;
  const more = documentId === undefined ? {} : { documentId };
  const draft = { type: 'delivered', engagementId, deliveryId, agentId: aki.agentId, kind, ...more };
  return { deliveryId, appended: line.append(entry(draft as never)) };
};

it('is kept by officers, seen by agents, and of nobody else', async () => {
  const added = await mira.officer.post('/api/documents', edit);
  expect([added.status, added.body]).toMatchObject([200, edit]);
  expect((await aki.post('/api/documents', edit)).status).toBe(403);
  expect((await aki.get('/api/documents')).body).toMatchObject([edit]);
  expect((await other.officer.get('/api/documents')).body).toEqual([]);
  const path = `/api/documents/${added.body.documentId}`;
  expect((await other.officer.put(path, edit)).status).toBe(404);
  const changed = { ...edit, title: 'Returning things' };
  expect((await mira.officer.put(path, changed)).body).toMatchObject(changed);
  expect((await mira.officer.post('/api/documents', { ...edit, text: 'x'.repeat(20_001) })).status).toBe(400);
  expect((await mira.officer.delete(path)).status).toBe(200);
  expect((await aki.get('/api/documents')).body).toEqual([]);
  expect((await mira.officer.delete(path)).status).toBe(404);
});

it('[DE2] is read by a visitor once it was offered to them, and not before', async () => {
  const { body } = await mira.officer.post('/api/documents', edit);
  const path = `/v1/engagements/documents/${body.documentId}`;
  expect((await visitor.get(path)).status).toBe(404);
  expect(await deliver('document', body.documentId).appended).toMatchObject({ ok: true });
  expect((await visitor.get(path)).body).toEqual(edit);
  const stranger = await other.visitor({ name: 'Stranger' });
  expect((await stranger.get(path)).status).toBe(404);
});

it('[metadata] [DE1] keeps of a delivery its kind and its number in the catalogue, and nothing else', async () => {
  const { deliveryId, appended } = deliver('link');
  expect(await appended).toMatchObject({ ok: true });
  const { engagementId } = visitor;
  const answered = { type: 'deliveryAnswered', engagementId, deliveryId, opened: true };
  expect(await line.append(entry(answered as never))).toMatchObject({ ok: true });
  const withAddress = {
    ...answered,
    type: 'delivered',
    agentId: aki.agentId,
    kind: 'link',
    url: 'https://a.example/',
  };
  expect(await line.append(entry(withAddress as never))).toMatchObject({ ok: false });
  const [row] = await world.sql(`SELECT * FROM delivery WHERE delivery_id = '${deliveryId}'`);
  expect(row).toMatchObject({
    kind: 'link',
    document_id: null,
    opened_at: expect.any(Date),
    dismissed_at: null,
  });
  expect(JSON.stringify(row)).not.toContain('http');
  const { metadata } = (await visitor.get('/v1/engagements/export')).body;
  const delivered = metadata.filter((each: { kind: string }) => each.kind === 'delivered');
  expect(delivered.at(-1).fields).toMatchObject({ kind: 'link', agentId: aki.agentId });
});
