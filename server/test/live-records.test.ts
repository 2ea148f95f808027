/** The real `live` with the real `records` and a real Postgres: what is committed, what waits, what is rebuilt. */

import { randomUUID } from 'node:crypto';
import { systemClock } from '@alongside/engagement';
import type { EngagementView, LinesAfter, Receipt } from '@alongside/protocol';
import { FactRecorder, until } from '@alongside/testkit';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachFrames } from '../src/live/frames/attach-frames.js';
import { createLive, type Live } from '../src/live/index.js';
import { CallRoomsDouble } from './call-rooms-double.js';
import { JOURNAL_SECRET } from './journal-line.js';
import { Client, grantView } from './live-world.js';
import { type Customer, type Person, SHOP, type Visitor } from './records-customer.js';
import { World } from './records-world.js';

const LIVE_HOST = 'live.test';

let world: World;
let live: Live;
let port = 0;
let shop: Customer;
let rival: Customer;
let aki: Person;
let rivalAgent: Client;
const clients: Client[] = [];
const logged: string[] = [];

beforeAll(async () => {
  world = await World.start();
  await startLive();
  shop = await world.customer('Hazel');
  rival = await world.customer('Rival');
  aki = await shop.agent('Aki');
  rivalAgent = await agentClient(await rival.agent('Riva'));
  const { client } = await visitorClient(rival);
  expect(client.socket.connected).toBe(true);
}, 90_000);

afterAll(async () => {
  for (const client of clients) client.close();
  await live?.close();
  await world?.stop();
});

async function startLive(): Promise<void> {
  const log = (event: string, fields?: object) => logged.push(JSON.stringify({ event, ...fields }));
  live = createLive({
    nodeId: 'node-1',
    journal: { url: world.journalUrl, secret: JOURNAL_SECRET },
    publicUrl: `http://${LIVE_HOST}:0`,
    listen: { host: '127.0.0.1', port: 0 },
    allowedHosts: [LIVE_HOST],
    clock: systemClock,
    logger: { info: log, warn: log, error: log },
    calls: new CallRoomsDouble(),
    frames: attachFrames,
    limitsInForce: () => [],
  });
  port = await live.listen();
  await until(() => live.status().storage === 'up');
}

async function connect(role: 'visitor' | 'agent', auth: object, origin: string): Promise<Client> {
  const socket = io(`http://127.0.0.1:${port}/${role}`, {
    auth: { protocol: 1, ...auth },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { Host: `${LIVE_HOST}:${port}`, Origin: origin },
  });
  const client = new Client(socket);
  clients.push(client);
  const failed = new Promise<never>((_resolve, reject) => {
    socket.once('connect_error', (error) =>
      reject(new Error(`not admitted: ${JSON.stringify((error as { data?: unknown }).data)}`)),
    );
  });
  client.pass = (await Promise.race([client.facts.waitFor<{ pass: string }>('session:opened'), failed])).pass;
  return client;
}

async function agentClient(person: Person): Promise<Client> {
  const issued = await person.post('/api/ticket');
  return connect('agent', { ticket: issued.body.ticket }, world.consoleOrigin);
}

async function visitorClient(customer: Customer): Promise<{ visitor: Visitor; client: Client }> {
  const visitor = await customer.visitor({ text: 'What is APR?', topic: 'Loans' });
  return { visitor, client: await connect('visitor', { ticket: visitor.ticket }, SHOP) };
}

async function returning(visitor: Visitor): Promise<Client> {
  const answer = await visitor.post('/v1/engagements/return');
  return connect('visitor', { ticket: answer.body.ticket }, SHOP);
}

describe('live with records', () => {
  it('carries an engagement from its first line to its receipt', async () => {
    const { visitor, client } = await visitorClient(shop);
    const { engagementId } = visitor;
    const agent = await agentClient(aki);
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
    await client.must('control:grant', { askId: control.state === 'asked' ? control.askId : '' });
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
    expect(live.status().pendingEntries).toBe(0);
  });

  it('gives an engagement to one of two agents, by the lock in the database', async () => {
    const { visitor } = await visitorClient(shop);
    const [one, other] = await Promise.all([agentClient(aki), agentClient(await shop.agent('Noor'))]);
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
    const { visitor, client } = await visitorClient(shop);
    const { engagementId } = visitor;
    const agent = await agentClient(aki);
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
          await until(() => live.status().storage === 'up', 20_000);
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
    await until(() => live.status().pendingEntries === 0, 20_000);
  }, 60_000);

  it('is rebuilt from tickets after a restart, the view included, and no consent from a client', async () => {
    const { visitor, client } = await visitorClient(shop);
    const { engagementId } = visitor;
    const agent = await agentClient(aki);
    await agent.must('engagement:accept', { engagementId });
    await grantView(client, agent, engagementId as never);
    const other = await visitorClient(shop);
    await agent.must('engagement:accept', { engagementId: other.visitor.engagementId });
    for (const each of [client, agent, other.client]) each.drop();
    await live.close();
    await startLive();
    const back = await returning(visitor);
    const [opened] = back.facts.named<{ engagement: EngagementView }>('session:opened');
    expect(opened?.engagement).toMatchObject({ phase: 'active', view: { state: 'on', paused: true } });
    const agentBack = await agentClient(aki);
    expect((await back.changed('participant:returned')).view).toMatchObject({ state: 'on', paused: false });
    expect((await agentBack.ask('frames:pass', { engagementId })).ok).toBe(true);
    const liar = await returning(other.visitor);
    expect(await liar.ask('frames:pass')).toMatchObject({ refusal: { code: 'consentMissing' } });
    expect(await liar.ask('view:grant', { askId: randomUUID() })).toMatchObject({
      refusal: { code: 'askExpired' },
    });
    rivalAgent = await agentClient(await rival.agent('Riva'));
  });

  it('ends what an agent does when an officer disables them', async () => {
    const { visitor, client } = await visitorClient(shop);
    const mallory = await shop.agent('Mallory');
    const agent = await agentClient(mallory);
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
    const text = [...logged, ...world.logged].join('\n');
    for (const secret of ['APR', 'yearly', 'line 1', 'Aki', JOURNAL_SECRET])
      expect(text).not.toContain(secret);
  });
});
