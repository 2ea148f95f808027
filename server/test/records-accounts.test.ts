/** The end of a customer's account, and of one person's: it rests and comes back, waits, and is gone. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataDictionary } from '../src/records/dictionary/data-dictionary.js';
import { endedTalk } from './ended-talk.js';
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

it('[CE3] lets an account rest, with everything stopped, and restores it as it was', async () => {
  const own = await world.customer('Hazel');
  const agent = await own.agent('Aki');
  const visitor = await own.visitor();
  const engagementId = visitor.engagementId as never;
  await line.append(entry({ type: 'accepted', engagementId, agentId: agent.agentId as never }));
  const written = await endedTalk(line, await own.visitor(), agent);
  expect((await own.officer.post('/api/customer/end', { password: 'another sentence' })).status).toBe(422);
  expect((await agent.post('/api/customer/end', { password })).status).toBe(403);
  expect((await own.officer.post('/api/customer/end', { password })).status).toBe(200);
  // Told to the live node before the answer, which closes its sockets for it.
  expect(line.revoked).toContainEqual(
    expect.objectContaining({ type: 'agentChanged', agentId: agent.agentId, disabled: true }),
  );
  for (const over of [engagementId, written.engagementId]) {
    const outOfSight = { type: 'engagementEnded', engagementId: over, reason: 'revoked', outOfSight: true };
    expect(line.revoked, 'nor is what was being written up on a desk').toContainEqual(outOfSight);
  }
  const phases = 'SELECT DISTINCT phase FROM engagement WHERE tenant_id = $1';
  expect(await world.sql(phases, [own.tenantId])).toEqual([{ phase: 'closed' }]);
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

it('[CE1] [CE2] waits at most fourteen days, in which it can be called off, and leaves nothing but that it is gone', async () => {
  const own = await world.customer('Rowan');
  await own.agent('Noor');
  const visitor = await own.visitor({ name: 'Mira' });
  await visitor.post('/v1/engagements/cases', { kind: 'access' });
  const end = (eraseInDays: number) => own.officer.post('/api/customer/end', { password, eraseInDays });
  expect((await end(15)).status).toBe(400);
  const until = new Date(Date.now() + 20 * DAY_MS).toISOString().slice(0, 10);
  const hold = { engagementId: visitor.engagementId, caseReference: 'K 9', law: 'Art. 17(3)(e) GDPR', until };
  const { holdId } = (await own.officer.post('/api/holds', hold)).body;
  const kept = await end(14);
  expect([kept.status, kept.body.refusal.detail]).toEqual([409, 'held']);
  await own.officer.delete(`/api/holds/${holdId}`);
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
  expect((await restore(own)).status, 'not on its day, though nothing has gone yet').toBe(410);
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

it('[PX1] [PX2] [CX17] shuts a person out at once on another officer’s word, and lets nobody ask who has to stay', async () => {
  const own = await world.customer('Linden');
  const agent = await own.agent('Timo');
  const path = `/api/agents/${agent.agentId}/erasure`;
  const ask = (more: object = {}) => own.officer.post(path, { password, eraseInDays: 14, ...more });
  const itself = await own.officer.post(`/api/agents/${own.officer.agentId}/erasure`, {
    password,
    eraseInDays: 0,
  });
  expect([itself.status, itself.body.refusal.detail]).toEqual([409, 'self']);
  const operator = (await world.sql<{ id: string }>(operators, [own.tenantId]))[0]?.id;
  const operated = await own.officer.post(`/api/agents/${operator}/erasure`, { password, eraseInDays: 0 });
  expect(operated.status).toBe(404);
  expect((await agent.post(path, { password, eraseInDays: 0 })).status).toBe(403);
  other.officer.accessToken = (await signIn(other)).body.accessToken;
  expect((await other.officer.post(path, { password, eraseInDays: 0 })).status).toBe(404);
  expect((await ask({ password: 'another sentence' })).status).toBe(422);
  expect((await ask({ eraseInDays: 15 })).status).toBe(400);
  expect((await ask()).status).toBe(200);
  // Told to the live node before the answer, which closes their sockets for it.
  expect(line.revoked).toContainEqual(
    expect.objectContaining({ type: 'agentChanged', agentId: agent.agentId, disabled: true }),
  );
  expect((await agent.get('/api/sites')).status).toBe(401);
  expect((await ask()).status).toBe(409);
  const [shown] = (await own.officer.get('/api/agents')).body.filter(
    (each: { agentId: string }) => each.agentId === agent.agentId,
  );
  expect(shown).toMatchObject({ state: 'disabled', eraseAfter: expect.any(Number) });
  const edit = {
    displayName: 'Timo',
    roles: ['agent'],
    country: 'FI',
    siteIds: [own.siteId],
    disabled: false,
  };
  const enable = () => own.officer.put(`/api/agents/${agent.agentId}`, edit);
  expect((await enable()).status).toBe(409);
  expect((await own.officer.delete(path)).status).toBe(200);
  expect((await own.officer.delete(path)).status).toBe(409);
  const body = { email: agent.email, password };
  expect((await world.ask('POST', '/api/session', { body })).status).toBe(401);
  expect((await enable()).status).toBe(200);
  expect((await world.ask('POST', '/api/session', { body })).status).toBe(200);
});

it('[PX3] [CX17] leaves an id of a person that records and the audit name, and nothing else anywhere', async () => {
  const own = await world.customer('Aspen');
  const agent = await own.agent('Yrsa');
  const visitor = await own.visitor();
  const engagementId = visitor.engagementId as never;
  const agentId = agent.agentId as never;
  await line.append(entry({ type: 'accepted', engagementId, agentId }));
  const lineId = randomUUID();
  await line.append(
    entry({ type: 'chatLine', engagementId, lineId, from: 'agent', agentId, text: 'Hello' } as never),
  );
  const end = { password, eraseInDays: 14 };
  expect((await own.officer.post(`/api/agents/${agent.agentId}/erasure`, end)).status).toBe(200);
  const held = async () => {
    const tables = Object.keys(dataDictionary);
    const each = tables.map(
      (name) => `SELECT '${name}' AS name FROM ${name} t WHERE to_jsonb(t)::text ~* $1`,
    );
    const found = await world.sql<{ name: string }>(each.join(' UNION '), [`yrsa|${agent.email}`]);
    return found.map(({ name }) => name);
  };
  world.aheadMs = 13 * DAY_MS;
  await world.records.purge();
  expect(await held()).toEqual(['person']);
  world.aheadMs = 14 * DAY_MS + 60_000;
  await world.records.purge();
  world.aheadMs = 0;
  expect(await held()).toEqual([]);
  const rows = `SELECT (SELECT count(*) FROM refresh_token WHERE person_id = $1)
    + (SELECT count(*) FROM person_site WHERE person_id = $1) + (SELECT count(*) FROM enrolment WHERE person_id = $1) AS rows`;
  expect(await world.sql(rows, [agent.agentId])).toEqual([{ rows: '0' }]);
  await expect(
    world.sql("UPDATE person SET email = 'yrsa@example.org' WHERE person_id = $1", [agent.agentId]),
  ).rejects.toThrow(/person_erased/);
  const cookie = { cookie: agent.cookie };
  expect((await world.ask('POST', '/api/session/refresh', { headers: cookie })).status).toBe(401);
  expect((await agent.get('/api/sites')).status).toBe(401);
  const again = { email: agent.email, password };
  expect((await world.ask('POST', '/api/session', { body: again })).status).toBe(401);
  own.officer.accessToken = (await signIn(own)).body.accessToken;
  const people = (await own.officer.get('/api/agents')).body;
  expect(people.map((each: { agentId: string }) => each.agentId)).not.toContain(agent.agentId);
  const number = `#${agent.agentId.slice(0, 8)}`;
  const { transcript } = (await own.officer.get(`/api/engagements/${engagementId}`)).body;
  expect(transcript).toContainEqual(expect.objectContaining({ text: 'Hello', agentName: number }));
  const audit = (await own.officer.get('/api/audit')).body;
  expect(audit).toContainEqual(expect.objectContaining({ actor: number, action: 'person.enrolled' }));
  expect(audit).toContainEqual(expect.objectContaining({ action: 'person.erased', subject: agent.agentId }));
  expect((await own.officer.get('/api/audit/check')).body.holds).toBe(true);
  // Whoever comes back with the address is somebody new.
  const invite = { email: agent.email, roles: ['agent'], country: 'FI', siteIds: [] };
  const invited = await own.officer.post('/api/agents', invite);
  expect(invited.body.agent.agentId).not.toBe(agent.agentId);
});

const operators = 'SELECT operator_id AS id FROM processing_agreement WHERE tenant_id = $1';
