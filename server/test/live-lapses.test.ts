/** A transfer whose basis ends while it goes on: the page is shown no further, and both sides are told. */
import { randomUUID } from 'node:crypto';
import type { EngagementView, LinesAfter } from '@alongside/protocol';
import { PROTOCOL_VERSION } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { CustomerStoreServer } from './customer-store.js';
import { LiveWithRecords } from './live-with-records.js';
import { type Client, grantView } from './live-world.js';
import { type Customer, type Person, SHOP, type Visitor } from './records-customer.js';

let both: LiveWithRecords;
let store: CustomerStoreServer;
let shop: Customer;
let rival: Customer;
let rivalVisitor: Client;
let rivalAgent: Client;

beforeAll(async () => {
  store = await CustomerStoreServer.start();
  both = await LiveWithRecords.start({ privateStores: [store.place] });
  shop = await both.world.customer('Hazel');
  rival = await both.world.customer('Rival');
  ({ visitor: rivalVisitor, agent: rivalAgent } = await viewed(rival, await rival.agent('Riva')));
}, 60_000);

afterAll(async () => {
  // Whatever lapsed above, the other customer's view goes on.
  expect([rivalVisitor, rivalAgent].map(({ socket }) => socket.connected)).toEqual([true, true]);
  expect(rivalVisitor.heard.join('\n')).not.toContain('view:stopped');
  await both.close();
  await store.stop();
});

const dispute = { kind: 'rectification', details: 'My name is Mira.' };

interface Viewed {
  readonly page: Visitor;
  readonly visitor: Client;
  readonly agent: Client;
  /** The frames of the agent's window. */
  readonly frames: WebSocket;
}

async function viewed(customer: Customer, person: Person): Promise<Viewed> {
  const { visitor: page, client: visitor } = await both.visitor(customer);
  const agent = await both.agent(person);
  const { engagementId } = page;
  await agent.must('engagement:accept', { engagementId });
  await grantView(visitor, agent, engagementId as never);
  const { pass } = await agent.must<{ pass: string }>('frames:pass', { engagementId });
  const frames = new WebSocket(`ws://127.0.0.1:${both.port}/frames`, {
    headers: { Host: both.host, Origin: both.world.consoleOrigin },
  });
  frames.on('open', () => frames.send(JSON.stringify({ protocol: PROTOCOL_VERSION, pass })));
  await new Promise((resolve) => frames.once('message', resolve));
  return { page, visitor, agent, frames };
}

function signed(customer: Customer, more: object = {}): Promise<string> {
  return customer.contract(more);
}

/** The last day in force, and how far ahead of now it is over; less than a return secret lasts. */
function endOfToday(): { readonly last: string; readonly aheadMs: number } {
  const now = Date.now();
  const midnight = Math.ceil(now / 86_400_000) * 86_400_000;
  return { last: new Date(now).toISOString().slice(0, 10), aheadMs: midnight + 1000 - now };
}

/** What both sides see of an engagement whose basis has just gone. */
async function expectEnd({ page, visitor, agent, frames }: Viewed): Promise<void> {
  await until(() => frames.readyState === WebSocket.CLOSED);
  const toldVisitor = await visitor.changed('engagement:ended');
  const toldAgent = await agent.changed('engagement:ended');
  for (const view of [toldVisitor, toldAgent]) {
    expect(view).toMatchObject({
      view: { state: 'off' },
      ended: { by: 'system', reason: 'transferLapsed' },
    } satisfies Partial<Record<keyof EngagementView, unknown>>);
  }
  // The lines that were committed are still the visitor's to read, and nothing can be added.
  const lines = (await page.get('/v1/engagements/lines')).body as LinesAfter;
  expect(lines.lines.map(({ text }) => text)).toEqual(['What is APR?']);
  const back = await page.post('/v1/engagements/return');
  expect(back.body).toMatchObject({ phase: 'wrapUp', surveyOpen: true });
  expect(back.body.ticket).toBeUndefined();
}

describe('other rules of masking', () => {
  it('are told to the pages of the site at once, and to nobody else', async () => {
    const maple = await both.world.customer('Masked');
    const { visitor } = await viewed(maple, await maple.agent('Mo'));
    const config = async () =>
      (await both.world.ask('GET', `/v1/sites/${maple.siteKey}/config`, { headers: { origin: SHOP } })).body;
    const before = await config();
    const { body: site } = await maple.officer.get(`/api/sites/${maple.siteId}`);
    const {
      siteId: _id,
      siteKey: _key,
      edition: _edition,
      snippet: _line,
      noticeVersion: _n,
      surveyVersion: _s,
      ...edit
    } = site;
    await maple.officer.put(`/api/sites/${maple.siteId}`, { ...edit, name: 'Another name' });
    const masking = { ...edit.masking, nets: ['card'], maskPages: ['/account/**'] };
    const began = performance.now();
    const saved = await maple.officer.put(`/api/sites/${maple.siteId}`, { ...edit, masking });
    expect(saved.body.masking).toEqual(masking);
    await until(() => visitor.heard.join('\n').includes('site:rulesChanged'));
    expect(performance.now() - began).toBeLessThan(5000);
    const told = visitor.heard.filter((fact) => fact.includes('site:rulesChanged'));
    expect(told, 'another name is no other rule').toHaveLength(1);
    expect(rivalVisitor.heard.join('\n')).not.toContain('site:rulesChanged');
    const after = await config();
    expect(after.masking).toEqual(masking);
    expect(after.maskingChangedAt).toBeGreaterThan(before.maskingChangedAt);
    const wrong = { ...edit, masking: { ...masking, blockPages: ['account'] } };
    expect((await maple.officer.put(`/api/sites/${maple.siteId}`, wrong)).status).toBe(400);
  });
});

describe('a view whose basis ends', () => {
  it('[T6] with the end of signed clauses stops within two seconds, and leaves others alone', async () => {
    const contractId = await signed(shop);
    const dev = await shop.agent('Dev', { country: 'IN', employer: 'Dev Ltd' });
    const far = await viewed(shop, dev);
    const { visitor: wrong } = await both.visitor(shop);
    await far.agent.must('engagement:accept', { engagementId: wrong.engagementId });
    expect((await wrong.post('/v1/engagements/cases', dispute)).status).toBe(200);
    const near = await viewed(shop, await shop.agent('Noor'));
    const began = performance.now();
    expect((await shop.officer.delete(`/api/contracts/${contractId}`)).status).toBe(200);
    await until(() => far.frames.readyState === WebSocket.CLOSED);
    expect(performance.now() - began).toBeLessThan(2000);
    await expectEnd(far);
    expect(
      await far.agent.changed('engagement:closed'),
      '[RT9] what is disputed is not written up',
    ).toMatchObject({
      engagementId: wrong.engagementId,
      ended: { by: 'system', reason: 'transferLapsed' },
    });
    expect((await wrong.post('/v1/engagements/return')).body.phase).toBe('closed');
    const { engagementId } = near.page;
    expect(near.frames.readyState).toBe(WebSocket.OPEN);
    await near.visitor.must('chat:send', { lineId: randomUUID(), text: 'still here' });
    expect((await near.agent.ask('frames:pass', { engagementId })).ok).toBe(true);
  });

  it('with the agent’s move to another country stops, before they are let in again', async () => {
    const person = await shop.agent('Moving');
    const seen = await viewed(shop, person);
    const move = { displayName: 'Moving', roles: ['agent'], country: 'IN', siteIds: [shop.siteId] };
    await shop.officer.put(`/api/agents/${person.agentId}`, { ...move, disabled: false });
    await until(() => seen.frames.readyState === WebSocket.CLOSED);
    const { ended } = await seen.visitor.changed('engagement:ended');
    expect(ended).toMatchObject({ by: 'system', reason: 'transferLapsed' });
    const back = await both.agent(person);
    const [opened] = back.facts.named<{ engagements: EngagementView[]; desk: { queue: unknown[] } }>(
      'session:opened',
    );
    expect(opened).toMatchObject({ engagements: [], desk: { queue: [] } });
  });

  it('with the correction of where the visitors are stops', async () => {
    const third = await both.world.customer('Maple');
    const contractId = await signed(third);
    expect(contractId).toBeDefined();
    const seen = await viewed(third, await third.agent('Dev', { country: 'IN', employer: 'Dev Ltd' }));
    const { body: site } = await third.officer.get(`/api/sites/${third.siteId}`);
    const {
      siteId: _id,
      siteKey: _key,
      edition: _edition,
      snippet: _snippet,
      noticeVersion: _n,
      surveyVersion: _s,
      ...edit
    } = site;
    // Several countries say that it is not known: then the clauses of one law do not suffice.
    const edited = await third.officer.put(`/api/sites/${third.siteId}`, {
      ...edit,
      visitorCountries: ['FI', 'GB'],
    });
    expect(edited.status).toBe(200);
    await expectEnd(seen);
  });

  it('with its last day stops when somebody looks, and meanwhile for who comes back', async () => {
    const { last, aheadMs } = endOfToday();
    const fourth = await both.world.customer('Birch');
    await signed(fourth, { validUntil: last });
    const person = await fourth.agent('Dev', { country: 'IN', employer: 'Dev Ltd' });
    const [seen, returning] = [await viewed(fourth, person), await both.visitor(fourth)];
    const wrong = await both.visitor(fourth);
    await seen.agent.must('engagement:accept', { engagementId: wrong.visitor.engagementId });
    expect((await wrong.visitor.post('/v1/engagements/cases', dispute)).status).toBe(200);
    expect(await both.world.records.endLapsed()).toBe(0);
    both.world.aheadMs = aheadMs;
    try {
      expect((await returning.visitor.post('/v1/engagements/return')).body.ticket).toBeDefined();
      expect((await seen.page.post('/v1/engagements/return')).body).toMatchObject({ phase: 'wrapUp' });
      expect((await wrong.visitor.post('/v1/engagements/return')).body, '[RT9]').toMatchObject({
        phase: 'closed',
      });
      await until(() => seen.frames.readyState === WebSocket.CLOSED);
      expect(await both.world.records.endLapsed()).toBe(0);
    } finally {
      both.world.aheadMs = 0;
    }
  });

  it('with its last day stops by itself at the next look', async () => {
    const { last, aheadMs } = endOfToday();
    const fifth = await both.world.customer('Rowan');
    await signed(fifth, { validUntil: last });
    const seen = await viewed(fifth, await fifth.agent('Dev', { country: 'IN', employer: 'Dev Ltd' }));
    both.world.aheadMs = aheadMs;
    const ended = await both.world.records.endLapsed();
    both.world.aheadMs = 0;
    expect(ended).toBe(1);
    await expectEnd(seen);
  });
});

describe('a conversation that the customer keeps', () => {
  it('[DC6] ends with the basis of its store, for both sides and for whoever waits', async () => {
    const seventh = await both.world.customer('Alder');
    const { body } = await both.world.ask('GET', '/.well-known/alongside-deliveries.json');
    store.jwk = body.keys[0];
    await seventh.deliverTo(store.endpoint, { country: 'CH' });
    const [{ visitor: page, client: visitor }, { client: other }] = [
      await both.visitor(seventh),
      await both.visitor(seventh),
    ];
    const agent = await both.agent(await seventh.agent('Alma'));
    await agent.must('engagement:accept', { engagementId: page.engagementId });
    await seventh.register((register) => ({
      ...register,
      adequacy: register.adequacy.filter(({ country }) => country !== 'CH'),
    }));
    for (const each of [visitor, agent, other]) {
      const { ended } = await each.changed('engagement:ended');
      expect(ended).toMatchObject({ by: 'system', reason: 'transferLapsed' });
    }
  });
});

describe('the end of signed clauses', () => {
  it('says before what it ends, is kept with who did it, and can be done once', async () => {
    const sixth = await both.world.customer('Cedar');
    const contractId = await signed(sixth);
    const seen = await viewed(sixth, await sixth.agent('Dev', { country: 'IN', employer: 'Dev Ltd' }));
    const path = `/api/contracts/${contractId}`;
    const site = { siteId: sixth.siteId, name: 'Cedar shop', agents: 1, closes: false };
    const effect = { sites: [site], engagements: 1, views: 1 };
    // The watch is reported a moment after the window is let in.
    await until(async () => {
      expect((await sixth.officer.get(`${path}/effect`)).body).toEqual(effect);
      return true;
    });
    const ended = await sixth.officer.delete(path);
    expect(ended.body).toMatchObject({ contractId, reference: 'DPA 7', endedAt: expect.any(Number) });
    await expectEnd(seen);
    expect((await sixth.officer.delete(path)).body).toEqual(ended.body);
    expect((await sixth.officer.get('/api/contracts')).body).toEqual([ended.body]);
    expect((await sixth.officer.get(`${path}/effect`)).status).toBe(404);
    const audit = (await sixth.officer.get('/api/audit')).body as { action: string; subject: string }[];
    const ends = audit.filter(({ action }) => action === 'contract.ended');
    expect(ends).toMatchObject([{ subject: contractId, actor: 'Cedar officer' }]);
  });

  it('is of its own customer’s officers alone', async () => {
    const contractId = await signed(shop);
    const agent = await shop.agent('Curious');
    expect((await agent.delete(`/api/contracts/${contractId}`)).status).toBe(403);
    expect((await rival.officer.delete(`/api/contracts/${contractId}`)).status).toBe(404);
    expect((await rival.officer.get(`/api/contracts/${contractId}/effect`)).status).toBe(404);
  });
});

describe('an account that is erased', () => {
  it('[CX17] takes every socket of it along within five seconds, takes no token again, and leaves no row', async () => {
    const gone = await both.world.customer('Aspen');
    const person = await gone.agent('Asta');
    const { page, visitor, agent, frames } = await viewed(gone, person);
    const { client: waiting } = await both.visitor(gone);
    const erase = { password: 'a long enough sentence', eraseInDays: 0 };
    const began = performance.now();
    expect((await gone.officer.post('/api/customer/end', erase)).status).toBe(200);
    await until(() => [visitor, agent, waiting].every(({ socket }) => !socket.connected));
    await until(() => frames.readyState === WebSocket.CLOSED);
    expect(performance.now() - began).toBeLessThan(5000);
    await both.world.records.purge();
    const again = [
      ...[person.post('/api/ticket'), gone.officer.get('/api/customer')],
      both.world.ask('POST', '/api/session/refresh', { headers: { cookie: person.cookie } }),
      ...[page.get('/v1/engagements/receipt'), page.post('/v1/engagements/return')],
    ];
    expect((await Promise.all(again)).map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect(await both.world.rowCountsOf(gone)).toEqual({ ended_account: 1 });
  });
});

describe('a view by the visitor’s explicit consent', () => {
  it('[E1] begins once it is given in the words of the register, and ends when it is taken back', async () => {
    const own = await both.world.customer('Sorrel');
    await own.register((body) => ({ ...body, derogations: { consent: true, mostSharesAMonth: 1 } }));
    const { visitor: page, client: visitor } = await both.visitor(own);
    const agent = await both.agent(await own.agent('Far', { country: 'IN' }));
    const { engagementId } = page;
    const accepting = await agent.ask('engagement:accept', { engagementId });
    expect(accepting).toMatchObject({ refusal: { code: 'consentMissing', detail: 'transfer' } });
    const { transfer } = await visitor.changed('transfer:asked');
    const words = (await page.get(`/v1/engagements/transfer-words/${transfer?.country}?language=en`)).body;
    const granted = { askId: transfer?.askId, version: words.version, language: 'en' };
    await visitor.must('transfer:grant', granted);
    expect(await agent.facts.waitFor('transfer:answered')).toEqual({ engagementId, granted: true });
    const { agents } = await agent.must<EngagementView>('engagement:accept', { engagementId });
    expect(agents).toMatchObject([{ displayName: 'Far', byConsent: true }]);
    await grantView(visitor, agent, engagementId as never);
    const told = { engagementId, lineId: randomUUID(), text: 'From afar' };
    await agent.must('chat:send', told);
    await visitor.must('transfer:withdraw');
    const { ended, view } = await agent.changed('engagement:ended');
    expect([ended?.reason, view.state]).toEqual(['transferLapsed', 'off']);
    await until(async () => {
      const { consents } = (await own.officer.get('/api/transfer-consents')).body;
      return consents[0]?.withdrawnAt !== undefined;
    });
    const { attendance } = (await page.get('/v1/engagements/receipt')).body;
    expect(attendance[0]).toMatchObject({ displayName: 'Far', country: 'IN', basis: { basis: 'ART49_A' } });
  });
});
