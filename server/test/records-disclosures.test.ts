/** What authorities demand: two officers, a ground that counts, a chain that shows what was changed, and a report. */

import { request } from 'node:http';
import type { DisclosurePackage, ProcessingActivity, VisitorExport } from '@alongside/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engagementEntity } from '../src/records/entities/engagement-entity.js';
import type { Customer, Person, Visitor } from './records-customer.js';
import { openEmergency } from './records-emergency.js';
import { World } from './records-world.js';
import { repeatLine } from './repeat-line.js';

let world: World;
let own: Customer;
let other: Customer;
let second: Person;
let visitor: Visitor;

beforeAll(async () => {
  world = await World.start();
  await world.line();
  own = await world.customer('Hazel');
  other = await world.customer('Birch');
  second = await own.secondOfficer();
  visitor = await own.visitor({ text: 'What was said.' });
});
afterAll(() => world?.stop());

const demand = (more: object = {}) => ({
  ...{ authority: 'District court', country: 'FI', instrument: 'R 25/118', ground: 'ownLaw' },
  ...{ scope: 'One conversation', engagementIds: [visitor.engagementId], receivedOn: '2026-11-20' },
  tellsOn: '2026-12-01',
  ...more,
});
const record = async (more: object = {}): Promise<string> => {
  const { status, body } = await own.officer.post('/api/disclosures', demand(more));
  expect([status, body.state]).toEqual([200, 'received']);
  return `/api/disclosures/${body.disclosureId}`;
};
const confirmed = (path: string, { receipt }: DisclosurePackage) =>
  own.officer.post(`${path}/receipt`, { receipt });

it('[DR1] [CX10] hands out nothing before two officers have approved it, and then once', async () => {
  const path = await record({ tellsOn: new Date().toISOString().slice(0, 10) });
  // Officers write it of a visitor: it goes to the store as everything else of theirs does.
  for (const table of ['disclosure', 'disclosure_history']) {
    const bases = `SELECT DISTINCT d.basis FROM ${table} t JOIN transfer_decision d ON d.decision_id = t.decision_id`;
    expect(await world.sql(bases)).toEqual([{ basis: 'NONE_DOMESTIC' }]);
  }
  expect((await own.officer.post(`${path}/package`)).status).toBe(403);
  expect((await own.officer.post(`${path}/approval`)).body.state).toBe('approvedOnce');
  expect((await own.officer.post(`${path}/approval`)).body.refusal.detail).toBe('fourEyes');
  const once = await own.officer.post(`${path}/package`);
  expect([once.status, once.body.refusal.detail]).toEqual([403, 'twoApprovers']);
  const bypass = `UPDATE disclosure SET state = 'approved', second_approver = first_approver`;
  await expect(world.sql(bypass)).rejects.toThrow(/disclosure_two_approvers/);
  expect((await other.officer.post(`${path}/approval`)).status).toBe(404);
  expect((await second.post(`${path}/approval`)).body).toMatchObject({ state: 'approved', holds: true });
  const handed = await own.officer.post(`${path}/package`);
  expect(handed.body.held).toMatchObject([{ transcript: [{ text: 'What was said.' }] }]);
  expect((await confirmed(path, handed.body)).body).toMatchObject({ state: 'disclosed', holds: true });
  expect((await own.officer.post(`${path}/package`)).status).toBe(409);
  expect((await confirmed(path, handed.body)).status).toBe(409);
  const isUntold = async () => (await second.get('/api/customer')).body.missing.includes('disclosureUntold');
  expect(await isUntold(), '[DR7]').toBe(true);
  expect((await own.officer.post(`${path}/told`)).body).toMatchObject({
    toldAt: expect.any(Number),
    holds: true,
  });
  expect([await isUntold(), (await own.officer.post(`${path}/told`)).status]).toEqual([false, 409]);
});

describe('[DR6] handing out that breaks', () => {
  const LINES = 12_000;
  /** The first bytes are read, and no more of them. */
  const cutMidway = (at: string) =>
    new Promise<void>((resolve, reject) => {
      const headers = { ...own.officer.headers, host: new URL(world.consoleOrigin).host };
      const asked = request({ host: '127.0.0.1', port: world.port, method: 'POST', path: at, headers });
      asked.once('error', reject).once('response', (answer) => {
        answer.once('data', () => asked.destroy()).once('error', () => undefined);
        answer.once('close', () => (answer.complete ? reject(new Error('It came whole.')) : resolve()));
      });
      asked.end();
    });
  let path: string;
  const shown = async () =>
    (await own.officer.get('/api/disclosures')).body.find((each: { disclosureId: string }) =>
      path.endsWith(each.disclosureId),
    );
  const isAlarmed = async (by: Person) =>
    (await by.get('/api/customer')).body.missing.includes('disclosureBegun');
  const counted = async () => {
    const [{ begun, disclosed }] = (await own.officer.get('/api/disclosures/report')).body;
    return { begun, disclosed };
  };
  beforeAll(async () => {
    const long = await own.visitor({ text: 'What was said. '.repeat(100) });
    await repeatLine(world, long, LINES);
    path = await record({ engagementIds: [long.engagementId, visitor.engagementId] });
    for (const by of [own.officer, second]) await by.post(`${path}/approval`);
  });

  it('is made in parts as it is taken, none of which grows with what is held', async () => {
    const { database, exports } = world.records.core;
    const rows = await database.inTenant(own.tenantId, (manager) =>
      manager.getRepository(engagementEntity).find(),
    );
    const sizes: number[] = [];
    for await (const part of exports.listOf('', rows, '')) sizes.push(part.length);
    expect(sizes.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(LINES * 1500);
    // A page is of 2,000 lines.
    expect(Math.max(...sizes)).toBeLessThan(LINES * 300);
  });

  it('is begun and not done, and may be done again by whoever began', async () => {
    const before = await counted();
    expect(await isAlarmed(second)).toBe(false);
    await cutMidway(`${path}/package`);
    expect(await shown()).toMatchObject({
      state: 'approved',
      begun: { again: true, spent: false },
      holds: true,
    });
    expect(await counted()).toEqual({ ...before, begun: before.begun + 1 });
    const guess = await own.officer.post(`${path}/receipt`, { receipt: 'r'.repeat(43) });
    expect([guess.status, guess.body.refusal.detail]).toEqual([422, 'receipt']);
    const others = await second.post(`${path}/package`);
    expect([others.status, others.body.refusal.detail]).toEqual([403, 'begunBefore']);
    expect(await isAlarmed(second)).toBe(true);
    // Whoever began may be reading it now: its receipt counts, whatever others want meanwhile.
    expect((await second.post(`${path}/approval`)).status).toBe(409);
    const whole = (await own.officer.post(`${path}/package`)).body;
    expect(whole.held.map(({ transcript }: VisitorExport) => transcript.length).toSorted()).toEqual([
      1,
      LINES,
    ]);
    expect((await second.post(`${path}/receipt`, { receipt: whole.receipt })).status).toBe(409);
    expect(await counted()).toEqual({ ...before, begun: before.begun + 1 });
    expect((await confirmed(path, whole)).body.state).toBe('disclosed');
    expect(await counted()).toEqual({ ...before, disclosed: before.disclosed + 1 });
    expect(await isAlarmed(second)).toBe(false);
  });

  it('takes two approvals anew a day later', async () => {
    path = await record();
    for (const by of [own.officer, second]) await by.post(`${path}/approval`);
    const { body } = await own.officer.post(`${path}/package`);
    await world.sql(
      `UPDATE disclosure SET begun_at = begun_at - interval '1 day' WHERE begun_at IS NOT NULL`,
    );
    expect(await shown()).toMatchObject({ begun: { again: false, spent: true } });
    expect((await own.officer.post(`${path}/package`)).body.refusal.detail).toBe('begunBefore');
    expect((await second.post(`${path}/approval`)).body).toMatchObject({ state: 'approvedOnce' });
    expect((await own.officer.post(`${path}/package`)).body.refusal.detail).toBe('twoApprovers');
    expect((await confirmed(path, body)).status).toBe(409);
    expect((await own.officer.post(`${path}/approval`)).body.state).toBe('approved');
    const anew = await own.officer.post(`${path}/package`);
    expect((await confirmed(path, anew.body)).body.state).toBe('disclosed');
  });
});

it('[DR2] [CX10] [CV11] takes no order from elsewhere for a ground', async () => {
  const foreign = await own.officer.post('/api/disclosures', demand({ country: 'US' }));
  expect([foreign.status, foreign.body.refusal.detail]).toEqual([422, 'ground']);
  const bare = await record({ country: 'US', ground: 'treaty' });
  expect((await own.officer.post(`${bare}/approval`)).body.refusal.detail).toBe('groundReference');
  const [, , , id] = bare.split('/');
  const bypass = `UPDATE disclosure SET state = 'disclosed', closed_at = now(), first_approver = recorded_by,
    second_approver = '${second.agentId}' WHERE disclosure_id = '${id}'`;
  await expect(world.sql(bypass)).rejects.toThrow(/disclosure_ground_named/);
  const refused = await own.officer.post(`${bare}/refusal`, { outcome: 'No treaty was named.' });
  expect(refused.body).toMatchObject({ state: 'refused', outcome: 'No treaty was named.' });
  const strange = await own.officer.post('/api/disclosures', demand({ engagementIds: [own.tenantId] }));
  expect(strange.body.refusal.detail).toBe('engagementIds');
});

it('[DR1] [F4] hands nothing to an officer where there is no basis for it, and the demand stays open', async () => {
  const path = await record();
  for (const by of [own.officer, second]) await by.post(`${path}/approval`);
  const far = await own.agent('Far', { roles: ['officer'], country: 'IN', siteIds: [] });
  const refused = await far.post(`${path}/package`);
  expect([refused.status, refused.body]).toEqual([
    403,
    { refusal: { code: 'transferRefused', detail: 'NO_BASIS' } },
  ]);
  const handed = await own.officer.post(`${path}/package`);
  expect(handed.body.held).toHaveLength(1);
  await confirmed(path, handed.body);
});

it('[DR3] [CX10] shows what was changed in its history', async () => {
  const path = await record();
  const [, , , id] = path.split('/');
  const holds = async () =>
    (await own.officer.get('/api/disclosures')).body.find(
      (each: { disclosureId: string }) => each.disclosureId === id,
    ).holds;
  expect(await holds()).toBe(true);
  const edit = `UPDATE disclosure_history SET happening = 'approved' WHERE disclosure_id = '${id}'`;
  await expect(world.sql(edit, [], 'app')).rejects.toThrow(/permission denied/);
  await world.sql(edit);
  expect(await holds()).toBe(false);
});

it('[DR4] [CX10] counts by year and country, and names nobody', async () => {
  const { body } = await own.officer.get('/api/disclosures/report');
  expect(body).toEqual([
    { year: 2026, country: 'FI', demanded: 5, begun: 0, disclosed: 4, refused: 0, engagements: 5 },
    { year: 2026, country: 'US', demanded: 1, begun: 0, disclosed: 0, refused: 1, engagements: 0 },
  ]);
  expect((await other.officer.get('/api/disclosures/report')).body).toEqual([]);
});

it('[RP1] [CV8] [CW6] [KV11] makes the record of processing from the registers, with one ground and every column', async () => {
  const { status, body } = await own.officer.get('/api/processing-record');
  expect([status, body.controller.contact]).toEqual([200, 'privacy@hazel.example']);
  expect(body.activities.map((each: ProcessingActivity) => [each.dataClass, each.legalBasis])).toEqual([
    ['transcript', '6(1)(b)'],
    ['survey', '6(1)(f)'],
    ['metadata', '6(1)(f)'],
    ['case', '6(1)(c)'],
  ]);
  const weighed = body.activities.filter((each: ProcessingActivity) => each.interest !== undefined);
  expect(weighed.map((each: ProcessingActivity) => each.dataClass)).toEqual(['survey', 'metadata']);
  const told = await world.ask('GET', '/v1/privacy/bases');
  expect(told.body.map((each: ProcessingActivity) => each.legalBasis)).toEqual(
    body.activities.map((each: ProcessingActivity) => each.legalBasis),
  );
  const listed = body.activities.flatMap((each: ProcessingActivity) =>
    each.categories.map(({ table, column }) => `${table}.${column}`),
  );
  const columns = await world.sql<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
      WHERE table_name IN ('chat_line', 'survey_answers', 'engagement', 'rights_case', 'disclosure')`,
  );
  for (const { name } of columns) expect(listed).toContain(name);
  expect(body.transfers).toContainEqual(expect.objectContaining({ toCountry: 'FI', basis: 'NONE_DOMESTIC' }));
  expect(body.assessment).toMatchObject([{ text: 'masked', contentKept: 'here' }]);
  expect(body.automatedDecisions).toBe(false);
  expect((await (await own.agent('Aki')).get('/api/processing-record')).status).toBe(403);
});

it('[EA1] [CX26] opens records to an operator for an hour at most, tells the officers, and writes each reading down', async () => {
  const path = `/api/emergency/engagements/${visitor.engagementId}`;
  const missing = async () => (await own.officer.get('/api/customer')).body.missing;
  expect(await missing()).not.toContain('emergency');
  await expect(openEmergency(world, own, { minutes: 61 })).rejects.toThrow('minutes');
  await expect(openEmergency(world, own, { reason: ' ' })).rejects.toThrow('reason');
  const headers = { authorization: `Emergency ${await openEmergency(world, own, {})}` };
  const look = (at = path) => world.ask('GET', at, { headers });
  expect((await look()).body.transcript).toMatchObject([{ text: 'What was said.' }]);
  expect((await look('/api/emergency/engagements')).body).toHaveLength(2);
  expect(await missing()).toContain('emergency');
  const audit = (await own.officer.get('/api/audit')).body.filter(
    (each: { actor: string }) => each.actor === 'Olli of the operator',
  );
  expect(audit.map((each: { action: string }) => each.action).toReversed()).toEqual([
    ...['emergency.opened', 'record.read', 'emergency.listed'],
  ]);
  const [{ accessId }] = (await own.officer.get('/api/emergencies')).body;
  await own.officer.post(`/api/emergencies/${accessId}/seen`);
  expect(await missing()).not.toContain('emergency');
  expect((await look()).status).toBe(200);
  const restrict = (at: string) =>
    world.sql(`UPDATE engagement SET restricted_at = ${at} WHERE engagement_id = $1`, [visitor.engagementId]);
  await restrict('now()');
  expect((await look()).status, 'what is restricted is shown to officers alone').toBe(404);
  await restrict('NULL');
  expect((await own.officer.delete(`/api/emergencies/${accessId}`)).body).toMatchObject([{ open: false }]);
  expect((await look()).status).toBe(401);
  const longer = `UPDATE emergency_access SET open_until = opened_at + interval '2 hours', ended_at = NULL`;
  await expect(world.sql(longer)).rejects.toThrow(/emergency_access_short/);
  expect((await own.officer.get('/api/agents')).body).toHaveLength(4);
});

it('[EA2] [CX26] ends by itself, opens no other customer, and shows nothing where there is no basis for it', async () => {
  const headers = { authorization: `Emergency ${await openEmergency(world, other, {})}` };
  const look = (given = headers) =>
    world.ask('GET', `/api/emergency/engagements/${visitor.engagementId}`, { headers: given });
  expect((await look()).status).toBe(404);
  const abroad = { authorization: `Emergency ${await openEmergency(world, own, { country: 'IN' })}` };
  expect((await look(abroad)).body.refusal.code).toBe('transferRefused');
  const asSupport = `SELECT to_country FROM transfer_decision WHERE access = 'support' AND outcome = 'REFUSE'`;
  expect(await world.sql(asSupport)).toEqual([{ to_country: 'IN' }]);
  world.aheadMs = 31 * 60_000;
  expect((await look()).status).toBe(401);
  const body = { email: other.officer.email, password: 'a long enough sentence' };
  const { accessToken } = (await world.ask('POST', '/api/session', { body })).body;
  const asOfficer = { headers: { authorization: `Bearer ${accessToken}` } };
  const [{ accessId, until }] = (await world.ask('GET', '/api/emergencies', asOfficer)).body;
  const [over] = (await world.ask('DELETE', `/api/emergencies/${accessId}`, asOfficer)).body;
  expect([over.open, over.until], 'an end that comes late makes it no longer').toEqual([false, until]);
  world.aheadMs = 0;
});

it('[DR5] goes 36 months after its end', async () => {
  const count = async () => (await world.sql('SELECT 1 FROM disclosure WHERE closed_at IS NOT NULL')).length;
  expect(await count()).toBe(5);
  world.aheadMs = 37 * 31 * 24 * 3_600_000;
  await world.records.purge();
  expect(await count()).toBe(0);
});
