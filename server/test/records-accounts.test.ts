/** The end of a customer's account: it rests and comes back, waits, and is gone with everything that was its own. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entry, type JournalLine } from './journal-line.js';
import { type Customer, cookieOf, SHOP } from './records-customer.js';
import { World } from './records-world.js';

const DAY_MS = 24 * 3_600_000;
const password = 'a long enough sentence';
let world: World;
let line: JournalLine;
let other: Customer;

beforeAll(async () => {
  world = await World.start();
  line = await world.line();
  other = await world.customer('Birch');
  await other.visitor();
});
afterAll(() => world?.stop());

const signIn = ({ officer: { email } }: Customer) =>
  world.ask('POST', '/api/session', { body: { email, password } });
const restore = ({ officer: { email } }: Customer) =>
  world.ask('POST', '/api/customer/restore', { body: { email, password } });
const config = ({ siteKey }: Customer) =>
  world.ask('GET', `/v1/sites/${siteKey}/config`, { headers: { origin: SHOP } });

it('lets an account rest, with everything stopped, and restores it as it was', async () => {
  const own = await world.customer('Hazel');
  const agent = await own.agent('Aki');
  const visitor = await own.visitor();
  const engagementId = visitor.engagementId as never;
  await line.append(entry({ type: 'accepted', engagementId, agentId: agent.agentId as never }));
  expect((await own.officer.post('/api/customer/end', { password: 'another sentence' })).status).toBe(422);
  expect((await agent.post('/api/customer/end', { password })).status).toBe(403);
  expect((await own.officer.post('/api/customer/end', { password })).status).toBe(200);
  // Told to the live node before the answer, which closes its sockets for it.
  expect(line.revoked).toContainEqual(
    expect.objectContaining({ type: 'agentChanged', agentId: agent.agentId, disabled: true }),
  );
  expect(line.revoked).toContainEqual(
    expect.objectContaining({ type: 'engagementEnded', engagementId, reason: 'revoked' }),
  );
  const refused = await signIn(own);
  expect([refused.status, refused.body.refusal.detail]).toEqual([401, 'deactivated']);
  expect((await own.officer.get('/api/customer')).status).toBe(401);
  expect((await agent.post('/api/ticket')).status).toBe(401);
  expect((await config(own)).status).toBe(404);
  expect((await visitor.get('/v1/engagements/receipt')).status).toBe(200);
  const kept = await world.rowCountsOf(own);
  const wrong = { email: own.officer.email, password: 'another sentence' };
  expect((await world.ask('POST', '/api/customer/restore', { body: wrong })).status).toBe(401);
  expect((await restore(own)).status).toBe(200);
  expect((await restore(own)).status).toBe(409);
  expect((await signIn(own)).status).toBe(200);
  expect((await config(own)).status).toBe(200);
  const { chat_line, person, site } = await world.rowCountsOf(own);
  expect({ chat_line, person, site }).toMatchObject({
    chat_line: kept.chat_line,
    person: kept.person,
    site: kept.site,
  });
});

it('waits at most fourteen days, in which it can be called off, and leaves nothing but that it is gone', async () => {
  const own = await world.customer('Rowan');
  await own.agent('Noor');
  const visitor = await own.visitor({ name: 'Mira' });
  await visitor.post('/v1/engagements/cases', { kind: 'access' });
  const end = (eraseInDays: number) => own.officer.post('/api/customer/end', { password, eraseInDays });
  expect((await end(15)).status).toBe(400);
  const session = await signIn(own);
  expect((await end(14)).status).toBe(200);
  expect((await restore(own)).status).toBe(200);
  const body = { password, eraseInDays: 14 };
  const headers = { authorization: `Bearer ${(await signIn(own)).body.accessToken}` };
  expect((await world.ask('POST', '/api/customer/end', { headers, body })).status).toBe(200);
  const others = await world.rowCountsOf(other);
  world.aheadMs = 13 * DAY_MS;
  await world.records.purge();
  expect((await world.rowCountsOf(own)).customer).toBe(1);
  world.aheadMs = 14 * DAY_MS + 60_000;
  await world.records.purge();
  world.aheadMs = 0;
  expect(await world.rowCountsOf(own)).toEqual({ ended_account: 1 });
  expect((await restore(own)).status).toBe(401);
  const cookie = { cookie: cookieOf(session) };
  expect((await world.ask('POST', '/api/session/refresh', { headers: cookie })).status).toBe(401);
  expect((await visitor.get('/v1/engagements/receipt')).status).toBe(401);
  // A month that was over meanwhile is counted, which takes nothing away.
  const { refresh_token: _, audit_entry: __, month_figures: ___, ...rest } = await world.rowCountsOf(other);
  expect(others).toMatchObject(rest);
});

it('erases at once where nobody wants to wait', async () => {
  const own = await world.customer('Alder');
  expect((await own.officer.post('/api/customer/end', { password, eraseInDays: 0 })).status).toBe(200);
  await world.records.purge();
  expect(await world.rowCountsOf(own)).toEqual({ ended_account: 1 });
});
