/** What `records` tells `live` to take away: only what is committed, and all of it. */
import { randomUUID } from 'node:crypto';
import type { AgentId, EngagementId, LineId, SiteId, TenantId } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entry, type JournalLine } from './journal-line.js';
import type { Customer, Person, Visitor } from './records-customer.js';
import { World } from './records-world.js';

let world: World;
let line: JournalLine;
let own: Customer;
/** Another customer, in the middle of an engagement while all of this happens. */
let rival: { readonly agent: Person; readonly visitor: Visitor; readonly customer: Customer };
const lines: JournalLine[] = [];

beforeAll(async () => {
  world = await World.start();
  line = await world.line();
  lines.push(line);
  own = await world.customer('Hazel');
  const customer = await world.customer('Birch');
  rival = { customer, agent: await customer.agent('Riva'), visitor: await customer.visitor() };
  const engagementId = rival.visitor.engagementId as EngagementId;
  const agentId = rival.agent.agentId as AgentId;
  expect(await line.append(entry({ type: 'accepted', engagementId, agentId }))).toMatchObject({ ok: true });
});
afterAll(() => world?.stop());

const disabling = (person: Person) =>
  [
    `/api/agents/${person.agentId}`,
    { displayName: 'Aki', roles: ['agent'], country: 'FI', siteIds: [own.siteId], disabled: true },
  ] as const;

/** What was told of them; whatever was sent before the answer has arrived by then. */
async function toldOf(agentId: AgentId): Promise<JournalLine['revoked']> {
  await line.append(entry({ type: 'closed', engagementId: randomUUID() as EngagementId }));
  return line.revoked.filter((each) => each.type === 'agentChanged' && each.agentId === agentId);
}

it('issues tickets that are younger than the change before them', async () => {
  const aki = await own.agent('Aki');
  const [path, edit] = disabling(aki);
  const issuedAt = async () => {
    const { ticket } = (await aki.post('/api/ticket')).body;
    return JSON.parse(Buffer.from(ticket.split('.')[1], 'base64url').toString()).iat as number;
  };
  const before = await issuedAt();
  await own.officer.put(path, { ...edit, disabled: false });
  const [changed] = await toldOf(aki.agentId as AgentId);
  const second = changed?.type === 'agentChanged' ? Math.floor(changed.at / 1000) : 0;
  expect(before).toBeLessThanOrEqual(second);
  expect(await issuedAt()).toBeGreaterThan(second);
});

it('tells a node that comes back what it has missed, and nothing else', async () => {
  const tenantId = own.tenantId as TenantId;
  const siteIds = [own.siteId as SiteId];
  const [same, gone, moved, away] = await Promise.all(['A', 'B', 'C', 'D'].map((name) => own.agent(name)));
  const [erased, open, withdrawn] = [await own.visitor(), await own.visitor(), await own.visitor()];
  const serving = (person: Person | undefined) => ({
    tenantId,
    siteIds,
    agentId: person?.agentId as AgentId,
  });
  const serves = (visitor: Visitor) => ({ tenantId, engagementId: visitor.engagementId as EngagementId });
  const agrees = { type: 'consent', engagementId: withdrawn.engagementId as EngagementId } as const;
  const agentId = same?.agentId as AgentId;
  await line.append(entry({ type: 'accepted', engagementId: agrees.engagementId, agentId }));
  await line.append(entry({ ...agrees, scope: 'view', act: 'granted', agentId }));
  await line.append(entry({ ...agrees, scope: 'voice', act: 'granted' }));
  await line.append(entry({ ...agrees, scope: 'voice', act: 'withdrawn' }));
  line.close();
  if (gone === undefined || moved === undefined || away === undefined) throw new Error('nobody');
  await own.officer.put(...disabling(gone));
  const [path, edit] = disabling(moved);
  await own.officer.put(path, { ...edit, disabled: false, siteIds: [] });
  await world.ask('DELETE', '/api/session', { headers: { cookie: away.cookie } });
  await erased.post('/v1/engagements/erase');
  const { caseId } = (await withdrawn.post('/v1/engagements/cases', { kind: 'consentWithdrawal' })).body;
  const yes = { act: 'answer', outcome: 'granted', text: 'It has ended.' };
  for (const act of [{ act: 'take' }, yes, { act: 'execute' }])
    expect((await own.officer.post(`/api/rights/${caseId}/acts`, act)).status).toBe(200);
  const backAt = Date.now();
  line = await world.line();
  expect(line.hello.at, 'tickets of before are void').toBeGreaterThanOrEqual(backAt);
  lines.push(line);
  const theirs = { tenantId: rival.customer.tenantId as TenantId };
  line.catchUp({
    agents: [
      ...[same, gone, moved, away].map(serving),
      { ...theirs, siteIds: [rival.customer.siteId as SiteId], agentId: rival.agent.agentId as AgentId },
    ],
    engagements: [
      ...[erased, open, withdrawn].map(serves),
      { ...theirs, engagementId: rival.visitor.engagementId as EngagementId },
    ],
  });
  await until(() => line.revoked.length >= 8);
  await line.append(entry({ type: 'closed', engagementId: randomUUID() as EngagementId }));
  expect(line.revoked).toMatchObject([
    { type: 'agentChanged', agentId: gone.agentId, disabled: true },
    { type: 'agentChanged', agentId: moved.agentId, disabled: false },
    { type: 'agentChanged', agentId: away.agentId, disabled: false },
    { type: 'engagementEnded', engagementId: erased.engagementId, reason: 'erased', outOfSight: true },
    { type: 'consentWithdrawn', engagementId: withdrawn.engagementId, scope: 'view' },
    { type: 'consentWithdrawn', engagementId: withdrawn.engagementId, scope: 'voice' },
    // Whether the rules of their pages are still those of before is for the pages to find out.
    { type: 'rulesChanged', siteId: own.siteId },
    { type: 'rulesChanged', siteId: rival.customer.siteId },
  ]);
  const { ticket } = (await withdrawn.post('/v1/engagements/return')).body;
  const facts = JSON.parse(Buffer.from(ticket.split('.')[1], 'base64url').toString());
  expect(facts.engagement.consents, '[RT7] no ticket brings it back').toEqual([]);
  const { consents } = (await withdrawn.get('/v1/engagements/receipt')).body;
  expect(consents.map(({ scope, act }: { scope: string; act: string }) => `${scope} ${act}`)).toEqual([
    ...['view granted', 'voice granted', 'voice withdrawn', 'view withdrawn'],
  ]);
});

it.each(['', '?everywhere=true'])(
  'ends the live sessions of who signs out with a token just used%s',
  async (query) => {
    const aki = await own.agent('Aki');
    const refreshed = await world.ask('POST', '/api/session/refresh', { headers: { cookie: aki.cookie } });
    expect(refreshed.status).toBe(200);
    await world.ask('DELETE', `/api/session${query}`, { headers: { cookie: aki.cookie } });
    const agentId = aki.agentId as AgentId;
    expect(await toldOf(agentId)).toMatchObject([{ type: 'agentChanged', agentId, disabled: false }]);
    expect((await aki.post('/api/ticket')).status).toBe(401);
  },
);

it('ends the live sessions of whose token comes back after it was used', async () => {
  const aki = await own.agent('Aki');
  const refresh = () => world.ask('POST', '/api/session/refresh', { headers: { cookie: aki.cookie } });
  await refresh();
  world.aheadMs += 11_000;
  expect((await refresh()).status).toBe(401);
  world.aheadMs = 0;
  const agentId = aki.agentId as AgentId;
  expect(await toldOf(agentId)).toMatchObject([{ type: 'agentChanged', agentId, disabled: false }]);
});

it('leaves engagements of a site that was taken from an agent out of their ticket', async () => {
  const aki = await own.agent('Aki');
  const [visitor, agentId] = [await own.visitor(), aki.agentId as AgentId];
  const engagementId = visitor.engagementId as EngagementId;
  expect(await line.append(entry({ type: 'accepted', engagementId, agentId }))).toMatchObject({ ok: true });
  const inTicket = async () => {
    const { ticket } = (await aki.post('/api/ticket')).body;
    return JSON.parse(Buffer.from(ticket.split('.')[1], 'base64url').toString()).engagements.length as number;
  };
  const lines = () => aki.get(`/api/engagements/${engagementId}/lines`);
  expect([await inTicket(), (await lines()).status]).toEqual([1, 200]);
  const [path, edit] = disabling(aki);
  await own.officer.put(path, { ...edit, disabled: false, siteIds: [] });
  expect([await inTicket(), (await lines()).status]).toEqual([0, 404]);
  // Told to the node as well, which ends their sockets: they come back with a ticket of this kind.
  expect(line.revoked).toContainEqual(
    expect.objectContaining({ type: 'agentChanged', agentId, disabled: false }),
  );
});

it('tells of nothing that is rolled back when it should be committed', async () => {
  const aki = await own.agent('Aki');
  const agentId = aki.agentId as AgentId;
  await world.sql(`CREATE FUNCTION fail_late() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN RAISE EXCEPTION $$late$$; END'`);
  await world.sql(`CREATE CONSTRAINT TRIGGER fail_late AFTER UPDATE ON person DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION fail_late()`);
  expect((await own.officer.put(...disabling(aki))).status).toBe(500);
  await world.sql('DROP TRIGGER fail_late ON person');
  expect(await toldOf(agentId)).toEqual([]);
  expect((await own.officer.put(...disabling(aki))).status).toBe(200);
  expect(await toldOf(agentId)).toMatchObject([{ type: 'agentChanged', agentId, disabled: true }]);
});

it('takes nothing from another customer, and shows them nothing of it', async () => {
  const told = JSON.stringify(lines.flatMap(({ revoked }) => revoked));
  for (const id of [rival.agent.agentId, rival.visitor.engagementId]) expect(told).not.toContain(id);
  expect((await rival.visitor.post('/v1/engagements/return')).body.phase).toBe('active');
  const seen = await rival.agent.get('/api/engagements');
  const ids = JSON.stringify(seen.body).match(/"engagementId":"[^"]+"/g);
  expect(ids).toEqual([`"engagementId":"${rival.visitor.engagementId}"`]);
  expect((await rival.agent.post('/api/ticket')).status).toBe(200);
});

// The last one: a day later nobody is signed in any more.
it('ends what a crash left open once its visitor cannot come back, and nothing that still goes on', async () => {
  const aki = await own.agent('Aki');
  const [lost, talking] = [await own.visitor(), await own.visitor()];
  const agentId = aki.agentId as AgentId;
  for (const { engagementId } of [lost, talking]) {
    await line.append(entry({ type: 'accepted', engagementId: engagementId as EngagementId, agentId }));
  }
  const engagementId = lost.engagementId as EngagementId;
  const lease = { engagementId, agentId, lease: 1, kinds: ['click' as const], leaseMs: 120_000 };
  expect(await line.append(entry({ type: 'leaseGranted', ...lease }))).toMatchObject({ ok: true });
  world.aheadMs = 23 * 3_600_000;
  await world.records.purge();
  expect((await lost.post('/v1/engagements/return')).body.phase).toBe('active');
  const said = { lineId: randomUUID() as LineId, from: 'visitor', text: 'still here' } as const;
  const going = { engagementId: talking.engagementId as EngagementId, at: Date.now() + world.aheadMs };
  expect(await line.append(entry({ type: 'chatLine', ...going, ...said }))).toMatchObject({ ok: true });
  world.aheadMs = 25 * 3_600_000;
  await world.records.purge();
  world.aheadMs = 0;
  const open = `SELECT phase, end_reason, ended_by FROM engagement WHERE engagement_id = $1`;
  const closed = { phase: 'closed', end_reason: 'abandoned', ended_by: 'system' };
  expect(await world.sql(open, [engagementId])).toEqual([closed]);
  expect(await world.sql(open, [talking.engagementId])).toMatchObject([{ phase: 'active' }]);
  const leases = await world.sql('SELECT end_reason FROM lease WHERE engagement_id = $1', [engagementId]);
  expect(leases).toEqual([{ end_reason: 'connectionLost' }]);
});
