/** The real `live` with the real `records` and a real Postgres: what is committed, what waits, what is rebuilt. */

import { randomUUID } from 'node:crypto';
import type { EngagementView, LinesAfter, Receipt } from '@alongside/protocol';
import { FactRecorder, until } from '@alongside/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CustomerStoreServer } from './customer-store.js';
import { JOURNAL_SECRET } from './journal-line.js';
import { LiveWithRecords } from './live-with-records.js';
import { type Client, grantView } from './live-world.js';
import type { Customer, Person } from './records-customer.js';
import type { World } from './records-world.js';

let store: CustomerStoreServer;
let both: LiveWithRecords;
let world: World;
let shop: Customer;
let rival: Customer;
let aki: Person;
let rivalAgent: Client;

beforeAll(async () => {
  store = await CustomerStoreServer.start();
  both = await LiveWithRecords.start({ privateStores: [store.place] });
  world = both.world;
  shop = await world.customer('Hazel');
  rival = await world.customer('Rival');
  aki = await shop.agent('Aki');
  rivalAgent = await both.agent(await rival.agent('Riva'));
  const { client } = await both.visitor(rival);
  expect(client.socket.connected).toBe(true);
}, 90_000);

afterAll(async () => {
  await both?.close();
  await store?.stop();
});

describe('live with records', () => {
  it('carries an engagement from its first line to its receipt', async () => {
    const { visitor, client } = await both.visitor(shop);
    const { engagementId } = visitor;
    const agent = await both.agent(aki);
    await agent.must('desk:available', { available: true });
    const view = await agent.must<EngagementView>('engagement:accept', { engagementId });
    expect(view).toMatchObject({ topic: 'Loans', lastChatNumber: 1, agent: { displayName: 'Aki' } });
    const sent = await agent.must<{ number: number }>('chat:send', {
      engagementId,
      lineId: randomUUID(),
      text: 'The yearly cost of a loan.',
    });
    expect(sent.number).toBe(2);
    await client.facts.waitFor('chat:said');
    await grantView(client, agent, engagementId as never);
    await agent.must('control:ask', { engagementId, kinds: ['click'], leaseMs: 30_000 });
    const { control } = await client.changed('control:asked');
    await client.must('control:grant', { askId: control.asked?.askId ?? '' });
    await client.must('control:end');
    await client.must('engagement:end');
    await until(() => !client.socket.connected);
    await agent.must('engagement:close', { engagementId });

    const lines = (await visitor.get('/v1/engagements/lines?after=0')).body as LinesAfter;
    expect(lines.lines.map(({ number, text }) => [number, text])).toEqual([
      [1, 'What is APR?'],
      [2, 'The yearly cost of a loan.'],
    ]);
    const receipt = (await visitor.get('/v1/engagements/receipt')).body as Receipt;
    expect(receipt.consents.filter(({ scope }) => scope === 'view').map(({ act }) => act)).toEqual([
      'granted',
      'withdrawn',
    ]);
    expect(both.live.status().pendingEntries).toBe(0);
  });

  it('gives an engagement to one of two agents, by the lock in the database', async () => {
    const { visitor } = await both.visitor(shop);
    const [one, other] = await Promise.all([both.agent(aki), both.agent(await shop.agent('Noor'))]);
    const body = { engagementId: visitor.engagementId };
    const replies = await Promise.all([
      one.ask('engagement:accept', body),
      other.ask('engagement:accept', body),
    ]);
    expect(replies.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(replies.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'alreadyTaken' } });
    expect(await rivalAgent.ask('engagement:accept', body)).toMatchObject({ refusal: { code: 'notFound' } });
  });

  it('goes on while Postgres is killed, and loses and doubles no line', async () => {
    const { visitor, client } = await both.visitor(shop);
    const { engagementId } = visitor;
    const agent = await both.agent(aki);
    await agent.must('engagement:accept', { engagementId });
    await grantView(client, agent, engagementId as never);
    const said = new FactRecorder(agent.socket);
    process.kill(world.postgres.pid(), 'SIGKILL');
    expect((await agent.ask('frames:pass', { engagementId })).ok).toBe(true);
    const acknowledged = new Map<string, number>();
    for (let index = 0; index < 12; index += 1) {
      const lineId = randomUUID();
      // As a page's outbox does: the same line again until it is acknowledged.
      await until(async () => {
        const reply = await client.ask<{ number: number }>('chat:send', { lineId, text: `line ${index}` });
        if (!reply.ok) {
          expect(['storageUnavailable', 'internal']).toContain(reply.refusal.code);
          await until(() => both.live.status().storage === 'up', 20_000);
          return false;
        }
        acknowledged.set(lineId, reply.value.number);
        return true;
      }, 25_000);
    }
    expect([...acknowledged.values()]).toEqual(Array.from({ length: 12 }, (_, index) => index + 2));
    await until(() => said.named('chat:said').length >= 12);
    const numbers = said.named<{ line: { number: number } }>('chat:said').map(({ line }) => line.number);
    expect(numbers).toEqual([...acknowledged.values()]);
    const lines = (await visitor.get('/v1/engagements/lines?after=1')).body as LinesAfter;
    expect(lines.lines.map(({ number, text }) => `${number} ${text}`)).toEqual(
      Array.from({ length: 12 }, (_, index) => `${index + 2} line ${index}`),
    );
    await client.must('view:stop');
    await agent.changed('view:stopped');
    await until(() => both.live.status().pendingEntries === 0, 20_000);
  }, 60_000);

  it('[DC4] [RB8] learns again from the customer’s store who a visitor is that only the store keeps', async () => {
    const cedar = await world.customer('Cedar');
    const { body } = await world.ask('GET', '/.well-known/alongside-deliveries.json');
    store.jwk = body.keys[0];
    await cedar.deliverTo(store.endpoint);
    const said = { topic: 'Terms of loans', visitor: { name: 'Mira of Cedar' } };
    const { visitor, client } = await both.visitor(cedar, { name: said.visitor.name, topic: said.topic });
    const { engagementId } = visitor;
    const bo = await cedar.agent('Bo');
    const agent = await both.agent(bo);
    expect(await agent.must('engagement:accept', { engagementId })).toMatchObject(said);
    for (const each of [client, agent]) each.drop();
    await both.live.close();
    await both.startLive();
    const back = await both.agent(bo);
    const [opened] = back.facts.named<{ engagements: readonly EngagementView[] }>('session:opened');
    expect(opened?.engagements[0]?.visitor, 'nobody has said it yet').not.toHaveProperty('name');
    await both.returning(visitor);
    expect(await back.changed('participant:returned')).toMatchObject(said);
    const record = await cedar.officer.get(`/api/engagements/${engagementId}`);
    expect(record.body).toMatchObject({ visitorName: 'Mira of Cedar', introduction: { topic: said.topic } });
    const [kept] = await world.sql(
      'SELECT count(*)::int AS rows FROM introduction WHERE engagement_id = $1',
      [engagementId],
    );
    expect(kept).toEqual({ rows: 0 });
  });

  it('is rebuilt from tickets after a restart, the view included, and no consent from a client', async () => {
    const { visitor, client } = await both.visitor(shop);
    const { engagementId } = visitor;
    const agent = await both.agent(aki);
    await agent.must('desk:available', { available: true });
    await agent.must('engagement:accept', { engagementId });
    await grantView(client, agent, engagementId as never);
    const other = await both.visitor(shop);
    await agent.must('engagement:accept', { engagementId: other.visitor.engagementId });
    for (const each of [client, agent, other.client]) each.drop();
    await both.live.close();
    await both.startLive();
    const back = await both.returning(visitor);
    const [opened] = back.facts.named<{ engagement: EngagementView }>('session:opened');
    expect(opened?.engagement).toMatchObject({ phase: 'active', view: { state: 'on', paused: true } });
    const agentBack = await both.agent(aki);
    const [desk] = agentBack.facts.named<{ available: boolean }>('session:opened');
    expect(desk?.available, 'who was there is nowhere but in memory').toBe(false);
    expect((await back.changed('participant:returned')).view).toMatchObject({ state: 'on', paused: false });
    expect((await agentBack.ask('frames:pass', { engagementId })).ok).toBe(true);
    const liar = await both.returning(other.visitor);
    expect(await liar.ask('frames:pass')).toMatchObject({ refusal: { code: 'consentMissing' } });
    expect(await liar.ask('view:grant', { askId: randomUUID() })).toMatchObject({
      refusal: { code: 'askExpired' },
    });
    rivalAgent = await both.agent(await rival.agent('Riva'));
  });

  it('ends what an agent does when an officer disables them', async () => {
    const { visitor, client } = await both.visitor(shop);
    const mallory = await shop.agent('Mallory');
    const agent = await both.agent(mallory);
    await agent.must('engagement:accept', { engagementId: visitor.engagementId });
    await shop.officer.put(`/api/agents/${mallory.agentId}`, {
      ...{ displayName: 'Mallory', roles: ['agent'], country: 'FI', siteIds: [shop.siteId], disabled: true },
    });
    await agent.facts.waitFor('session:ended');
    await client.facts.waitFor('session:ended', (fact: { reason: string }) => fact.reason === 'revoked');
  });

  it('told the other tenant nothing, and wrote no line to a log', () => {
    const names = new Set(rivalAgent.facts.facts.map(({ name }) => name));
    for (const name of names)
      expect(['session:opened', 'session:passed', 'session:statusChanged', 'desk:changed']).toContain(name);
    const text = [...both.logged, ...world.logged].join('\n');
    for (const secret of ['APR', 'yearly', 'Mira of Cedar', 'Terms of', 'line 1', 'Aki', JOURNAL_SECRET])
      expect(text).not.toContain(secret);
  });
});
