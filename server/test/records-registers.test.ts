/** Registers as officers keep them: two people, versions, age, and names that are refused wherever they are written. */
import type { RegisterDocument, RegisterShown, TransferReport } from '@alongside/protocol';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JournalLine } from './journal-line.js';
import { agreementBody, type Customer, contractBody, type Person } from './records-customer.js';
import { World } from './records-world.js';

const DAY_MS = 86_400_000;
const looked = { source: 'looked up at the source', verifiedAt: '2026-11-18' } as const;

let world: World;
let line: JournalLine;
let own: Customer;
let other: Customer;
let second: Person;

beforeAll(async () => {
  world = await World.start();
  line = await world.line();
  own = await world.customer('Hazel');
  other = await world.customer('Birch');
  second = await own.secondOfficer();
});
afterAll(() => world?.stop());

async function shown(person: Person = own.officer): Promise<RegisterShown> {
  return (await person.get('/api/register')).body;
}

async function proposed(edit: (body: RegisterDocument) => RegisterDocument, note = 'Japan was looked up') {
  const { body } = await shown();
  return own.officer.post('/api/register/editions', { body: edit(body), note });
}

const withJapan = (body: RegisterDocument): RegisterDocument => ({
  ...body,
  scopeFacts: [...body.scopeFacts, { regime: 'EU', country: 'JP', covers: 'people', ...looked }],
});

describe('the register', () => {
  it('begins with the shipped edition, confirmed when the installation was set up', async () => {
    const first = await shown();
    expect(first).toMatchObject({
      fresh: true,
      inForce: { number: 1, version: '2026-08-05', state: 'inForce' },
    });
    expect(first.inForce.proposedBy).toBeUndefined();
    expect(first.body.adequacy.length).toBeGreaterThan(100);
    // A customer that came later confirmed nothing: its age counts from the same moment.
    const later = (await other.officer.get('/api/register')).body as RegisterShown;
    expect(later.inForce.confirmedAt).toBe(first.inForce.confirmedAt);
    expect(first.freshUntil).toBe((first.inForce.confirmedAt ?? 0) + 30 * DAY_MS);
  });

  it('is changed by two people, with what changes in words, a history and the audit', async () => {
    const jin = await own.agent('Jin', { country: 'JP' });
    const readable = async () => ticketClaims((await jin.post('/api/ticket')).body.ticket).readableSiteIds;
    expect(await readable()).toEqual([]);
    const before = await shown();
    const both = await Promise.all([proposed(withJapan), proposed(withJapan)]);
    const [{ proposed: asked }, tooLate] = both
      .toSorted((one, another) => one.status - another.status)
      .map(({ body }) => body);
    expect(tooLate.refusal.code, 'of two at once').toBe('conflict');
    const { editionId } = asked;
    expect(asked).toMatchObject({
      own: true,
      changes: [
        { what: 'added', list: 'scopeFacts', row: 'EU JP people', after: expect.stringContaining('source') },
      ],
    });
    expect((await shown(second)).proposed).toMatchObject({ own: false, proposedBy: 'Hazel officer' });
    // One at a time, and nothing changes before somebody else has said yes.
    expect((await proposed(withJapan)).body.refusal).toEqual({ code: 'conflict', detail: 'proposed' });
    expect(await readable()).toEqual([]);
    const path = `/api/register/editions/${editionId}`;
    expect((await own.officer.post(`${path}/approval`)).body.refusal).toEqual({
      code: 'notPermitted',
      detail: 'fourEyes',
    });
    expect((await jin.post(`${path}/approval`)).status).toBe(403);
    expect((await other.officer.post(`${path}/approval`)).status).toBe(404);
    const approved = await second.post(`${path}/approval`);
    expect(approved.body).toMatchObject({ fresh: true, inForce: { number: 2, decidedBy: 'Second' } });
    expect(approved.body.history).toHaveLength(2);
    expect(approved.body.proposed).toBeUndefined();
    // Their windows show what their last ticket said, and are to come back with another one.
    const told = { type: 'agentChanged', agentId: jin.agentId, disabled: false };
    await expect.poll(() => line.revoked).toContainEqual(expect.objectContaining(told));
    expect(await readable()).toEqual([own.siteId]);
    expect((await second.post(`${path}/approval`)).body.refusal.code).toBe('wrongState');
    // Somebody else had begun from the edition before: what came since would go again.
    const stale = { body: before.body, note: 'begun earlier', basedOn: before.inForce.editionId };
    const late = await second.post('/api/register/editions', stale);
    expect(late.body.refusal).toEqual({ code: 'conflict', detail: 'basedOn' });
    // What was in force before can still be read, by the customer's officers alone.
    const earlier = `/api/register/editions/${before.inForce.editionId}`;
    expect((await second.get(earlier)).body).toEqual(before.body);
    expect((await second.get(path)).body).toEqual(approved.body.body);
    expect([(await jin.get(earlier)).status, (await other.officer.get(earlier)).status]).toEqual([403, 404]);
    const audit = (await own.officer.get('/api/audit')).body as { action: string; subject: string }[];
    const about = audit.filter(({ subject }) => subject === editionId).map(({ action }) => action);
    expect(about).toEqual(['register.approved', 'register.proposed']);
  });

  it('can be rejected, and what was rejected changes nothing', async () => {
    const before = (await shown()).inForce;
    const asked = await proposed((body) => ({ ...body, adequacy: [] }), 'a slip');
    const path = `/api/register/editions/${asked.body.proposed.editionId}`;
    const rejected = await second.post(`${path}/rejection`);
    expect(rejected.body.inForce).toEqual(before);
    expect(rejected.body.history[0]).toMatchObject({
      state: 'rejected',
      note: 'a slip',
      decidedBy: 'Second',
    });
    expect((await second.post(`${path}/approval`)).body.refusal.code).toBe('wrongState');
  });
});

describe('findings that were shipped later', () => {
  const birch = () => other.register((body) => body);
  const newer = async () => (await shown(other.officer)).newer;

  it('are offered until somebody has taken them over, whatever else is confirmed meanwhile', async () => {
    await birch();
    expect(await newer()).toBeUndefined();
    const before = `UPDATE register_edition SET version = '2025-01-01' WHERE tenant_id = $1 AND state = 'inForce'`;
    await world.sql(before, [other.tenantId]);
    const { version } = (await shown()).inForce;
    expect(await newer()).toMatchObject({ version });
    // Confirming what is in force is no word on what came since.
    expect((await birch()).body.inForce.version).toBe('2025-01-01');
    expect(await newer()).toMatchObject({ version });
    const propose = async (takesOver: string) => {
      const { body } = await shown(other.officer);
      return other.officer.post('/api/register/editions', { body, note: 'Taken over', takesOver });
    };
    expect((await propose('2025-06-01')).body.refusal).toEqual({ code: 'conflict', detail: 'takesOver' });
    const { editionId } = (await propose(version)).body.proposed;
    const approver = await other.secondOfficer();
    expect((await approver.post(`/api/register/editions/${editionId}/approval`)).status).toBe(200);
    expect(await newer()).toBeUndefined();
  });
});

describe('what was signed', () => {
  it('counts once another officer has approved it', async () => {
    const dev = await own.agent('Dev', { country: 'IN', employer: 'Dev Ltd' });
    const readable = async () => ticketClaims((await dev.post('/api/ticket')).body.ticket).readableSiteIds;
    const { contractId, own: isOwn } = (await own.officer.post('/api/contracts', contractBody())).body;
    expect(isOwn).toBe(true);
    expect(await readable()).toEqual([]);
    const path = `/api/contracts/${contractId}/approval`;
    expect((await own.officer.post(path)).body.refusal.detail).toBe('fourEyes');
    expect((await other.officer.post(path)).status).toBe(404);
    expect((await second.post(path)).body).toMatchObject({ approvedAt: expect.any(Number) });
    expect(await readable()).toEqual([own.siteId]);
    expect((await second.post(path)).body.refusal.code).toBe('wrongState');
  });

  it('[B4] covers whom it was signed with, and nobody else in that country', async () => {
    const readable = async (person: Person) =>
      ticketClaims((await person.post('/api/ticket')).body.ticket).readableSiteIds;
    const unnamed = await own.agent('Uma', { country: 'IN' });
    const elsewhere = await own.agent('Eli', { country: 'IN', employer: 'Other Ltd' });
    expect([await readable(unnamed), await readable(elsewhere)]).toEqual([[], []]);
    const flows = ((await own.officer.get('/api/transfers')).body as TransferReport).flows;
    const refused = flows.filter((each) => each.toCountry === 'IN' && each.basis === undefined);
    expect(refused.map(({ reason }) => reason)).toContain('OTHER_IMPORTER');
    const edit = {
      displayName: 'Eli',
      roles: ['agent'],
      country: 'IN',
      siteIds: [own.siteId],
      disabled: false,
    };
    const path = `/api/agents/${elsewhere.agentId}`;
    const stated = await own.officer.put(path, { ...edit, employer: 'dev  ltd' });
    expect(stated.body).toMatchObject({ employer: 'dev  ltd', employerWaits: 'otherOfficer' });
    // One officer's word widens nothing.
    expect(await readable(elsewhere)).toEqual([]);
    const confirm = (by: Person) => by.post(`${path}/employer-approval`);
    expect((await confirm(own.officer)).body.refusal.detail).toBe('fourEyes');
    expect((await confirm(other.officer)).status).toBe(404);
    expect((await confirm(second)).status).toBe(200);
    expect((await confirm(second)).body.refusal.code).toBe('wrongState');
    expect(await readable(elsewhere)).toEqual([own.siteId]);
  });

  it('[G2] says where it is and when somebody looked, and is taken over without a moment between', async () => {
    const first = await own.contract({ importerCountry: 'KE' });
    const kim = await own.agent('Kim', { country: 'KE', employer: 'Dev Ltd' });
    const readable = async () => ticketClaims((await kim.post('/api/ticket')).body.ticket).readableSiteIds;
    expect(await readable()).toEqual([own.siteId]);
    const next = { ...contractBody(), importerCountry: 'KE', reference: 'DPA 8', replaces: first };
    const add = async (more: object, by = own.officer) =>
      (await by.post('/api/contracts', { ...next, ...more })).body;
    const refused = { refusal: { code: 'invalid', detail: 'replaces' } };
    expect(await add({ importerName: 'Other Ltd' })).toEqual(refused);
    expect(await add({ signedOn: '2098-01-01' })).toEqual(refused);
    expect(await add({}, other.officer)).toEqual(refused);
    const { contractId } = await add({});
    expect(await add({ replaces: contractId })).toEqual(refused);
    const of = async (id: string) =>
      (await own.officer.get('/api/contracts')).body.find(
        (each: { contractId: string }) => each.contractId === id,
      );
    expect((await of(first)).endedAt).toBeUndefined();
    expect((await second.post(`/api/contracts/${contractId}/approval`)).status).toBe(200);
    expect([await of(first), await of(contractId)]).toMatchObject([
      { endedAt: expect.any(Number) },
      { replaces: first, source: 'Contracts/2025/7' },
    ]);
    expect(await readable()).toEqual([own.siteId]);
    const verify = (id: string, source: string) =>
      own.officer.post(`/api/contracts/${id}/verification`, { source });
    expect((await verify(first, 'Contracts/9')).status).toBe(404);
    expect((await verify(contractId, 'Privacy Shield list')).body.refusal.detail).toBe('INVALIDATED_C311_18');
    await world.sql("UPDATE contract SET verified_at = '2020-01-01' WHERE contract_id = $1", [contractId]);
    const alarms = async () => (await own.officer.get('/api/customer')).body.missing;
    expect(await alarms()).toContain('contractUnseen');
    const today = new Date().toISOString().slice(0, 10);
    expect((await verify(contractId, 'Contracts/9')).body).toMatchObject({
      source: 'Contracts/9',
      verifiedAt: today,
    });
    expect(await alarms()).not.toContain('contractUnseen');
  });

  it('without an assessment of the law there carries nothing', async () => {
    // Before she is there, since her account may be decided on in the moment between, and before it is confirmed for whom she works.
    await own.contract({ importerCountry: 'PH', assessment: undefined });
    const pia = await own.agent('Pia', { country: 'PH', employer: 'Dev Ltd' });
    expect(ticketClaims((await pia.post('/api/ticket')).body.ticket).readableSiteIds).toEqual([]);
    const flows = ((await own.officer.get('/api/transfers')).body as TransferReport).flows;
    const there = flows.filter(({ toCountry }) => toCountry === 'PH');
    expect(there).toContainEqual(expect.objectContaining({ reason: 'TIA_MISSING', access: 'read' }));
    expect(there.filter(({ basis }) => basis !== undefined)).toEqual([]);
  });
});

describe('a framework that was struck down', () => {
  const certification = { framework: 'DPF_EU', covers: 'store', scope: 'nonHr', status: 'active' } as const;
  const places: [string, (name: string) => (body: RegisterDocument) => object][] = [
    ['the act of a finding', (name) => (body) => ({ ...body, adequacy: [finding(name)] })],
    [
      'the holder of a certification',
      (holder) => (body) => ({
        ...body,
        certifications: [{ ...certification, holder, validFrom: '2024-01-01', ...looked }],
      }),
    ],
    ['a waiver', (fallbackWaiver) => (body) => ({ ...body, fallbackWaiver })],
    ['a source', (source) => (body) => ({ ...body, establishments: [{ country: 'US', ...looked, source }] })],
  ];
  it.each(places)('[T1] is refused by name in %s', async (_, place) => {
    for (const [name, code] of [
      ['EU-US Privacy Shield', 'INVALIDATED_C311_18'],
      ['Рrіvасу Ѕһіеӏԁ', 'INVALIDATED_C311_18'],
      ['Decision 2000/520/EC (safe harbour)', 'INVALIDATED_C362_14'],
    ] as const) {
      const refused = await proposed(place(name) as (body: RegisterDocument) => RegisterDocument);
      expect(refused.body.refusal).toEqual({ code: 'transferRefused', detail: code });
    }
  });
  it('[T1] is refused by name in an agreement and as an employer', async () => {
    const shield = 'Privacy-Shield Inc';
    const refusal = { code: 'transferRefused', detail: 'INVALIDATED_C311_18' };
    for (const field of ['version', 'controller', 'processor']) {
      const recorded = await own.officer.post('/api/agreements', { ...agreementBody(), [field]: shield });
      expect(recorded.body.refusal, field).toEqual(refusal);
    }
    const works = { roles: ['agent'], country: 'US', siteIds: [own.siteId], employer: shield };
    const invited = await own.officer.post('/api/agents', { ...works, email: 'ann@example.org' });
    expect(invited.body.refusal).toEqual(refusal);
    const edit = { ...works, displayName: 'Ann', disabled: false };
    expect((await own.officer.put(`/api/agents/${second.agentId}`, edit)).body.refusal).toEqual(refusal);
  });

  it('[T1] is none of the frameworks that a certification can be of', async () => {
    const wrong = {
      ...certification,
      framework: 'PRIVACY_SHIELD',
      holder: 'Host',
      validFrom: '2024-01-01',
      ...looked,
    };
    const asked = await proposed((body) => ({ ...body, certifications: [wrong as never] }));
    expect(asked.body.refusal).toEqual({ code: 'malformed', detail: 'body.certifications.0.framework' });
  });
  it.each([
    ['country', { ...finding('2099/1/EU'), country: 'XX' }],
    ['verifiedAt', { ...finding('2099/1/EU'), verifiedAt: '2999-01-01' }],
    ['validTo', { ...finding('2099/1/EU'), validTo: '2000-01-01' }],
  ])('and what cannot be is refused by its %s', async (field, row) => {
    const asked = await proposed((body) => ({ ...body, adequacy: [row as never] }));
    expect(asked.body.refusal).toEqual({ code: 'invalid', detail: `adequacy.0.${field}` });
  });
});

function finding(instrument: string): RegisterDocument['adequacy'][number] {
  const rest = {
    regime: 'EU',
    country: 'US',
    scope: 'full',
    status: 'inForce',
    validFrom: '2016-08-01',
  } as const;
  return { ...rest, instrument, ...looked };
}

describe('by plain SQL', () => {
  let app: Client;
  beforeEach(async () => {
    app = new Client({ connectionString: world.postgres.url('app') });
    await app.connect();
    await app.query('BEGIN');
    await app.query("SELECT set_config('app.tenant', $1, true)", [own.tenantId]);
  });
  afterEach(async () => {
    await app.query('ROLLBACK');
    await app.end();
  });
  const codeOf = async (text: string, values: unknown[] = []) => {
    const failed = await app.query(text, values).catch((error: unknown) => error);
    return failed instanceof Error ? String(Reflect.get(failed, 'code')) : 'none';
  };
  const propose = () =>
    app.query(
      `INSERT INTO register_edition (edition_id, tenant_id, number, version, body, note, state, proposed_by, proposed_at)
        VALUES (gen_random_uuid(), $1, 99, 'x', '{}', '', 'proposed', $2, now())`,
      [own.tenantId, own.officer.agentId],
    );

  it('nobody approves their own edition or contract', async () => {
    await propose();
    const approve = `UPDATE register_edition SET state = 'inForce', decided_by = proposed_by, confirmed_at = now()
      WHERE number = 99`;
    expect(await codeOf(approve)).toBe('23514');
    await app.query('ROLLBACK; BEGIN');
    await app.query("SELECT set_config('app.tenant', $1, true)", [own.tenantId]);
    expect(await codeOf('UPDATE contract SET approved_by = proposed_by, approved_at = now()')).toBe('23514');
  });

  it.each([
    ['rewrites an edition', "UPDATE register_edition SET body = '{}'"],
    ['dates it back', 'UPDATE register_edition SET proposed_at = now()'],
    ['removes one', 'DELETE FROM register_edition'],
    ['removes a lapse', 'DELETE FROM lapse'],
    ['changes what a lapse is of', 'UPDATE lapse SET row_count = 0'],
    ['rewrites a contract', "UPDATE contract SET assessment = 'ok'"],
    ['unties a decision from the one before', 'UPDATE transfer_decision SET previous_id = NULL'],
  ])('nobody %s', async (_, statement) => {
    expect(await codeOf(statement)).toBe('42501');
  });

  it.each([
    ['register_edition', 'number = 1'],
    ['lapse', 'true'],
  ])('nobody sees a %s of another customer', async (table, where) => {
    const { rows } = await app.query(`SELECT DISTINCT tenant_id FROM ${table} WHERE ${where}`);
    for (const row of rows) expect(row.tenant_id).toBe(own.tenantId);
  });
});

describe('an edited or missing decision', () => {
  it('[T8] shows in the report', async () => {
    const intact = async () =>
      ((await own.officer.get('/api/transfers')).body as TransferReport).decisionsIntact;
    expect(await intact()).toBe(true);
    const [row] = await world.sql<{ decision_id: string; reference: string | null }>(
      "SELECT decision_id, reference FROM transfer_decision WHERE tenant_id = $1 AND outcome = 'ALLOW' LIMIT 1",
      [own.tenantId],
    );
    const set = 'UPDATE transfer_decision SET reference = $2 WHERE decision_id = $1';
    await world.sql(set, [row?.decision_id, 'another act']);
    expect(await intact()).toBe(false);
    await world.sql(set, [row?.decision_id, row?.reference]);
    expect(await intact()).toBe(true);
  });

  it('[T8] shows without its hash, and where it was the newest', async () => {
    const intact = async () =>
      ((await own.officer.get('/api/transfers')).body as TransferReport).decisionsIntact;
    const far = await own.agent('Far', { roles: ['officer'], country: 'RU', siteIds: [] });
    await own.visitor();
    expect((await far.get('/api/engagements')).status).toBe(403);
    expect(await intact()).toBe(true);
    const newest = `SELECT decision_id FROM transfer_decision WHERE tenant_id = $1
      ORDER BY decided_at DESC, decision_id DESC LIMIT 1`;
    const [gone] = await world.sql<{ row: object }>(
      `DELETE FROM transfer_decision d WHERE decision_id = (${newest}) RETURNING to_jsonb(d) AS row`,
      [own.tenantId],
    );
    expect(gone?.row).toMatchObject({ to_country: 'RU', outcome: 'REFUSE' });
    expect(await intact()).toBe(false);
    const back =
      'INSERT INTO transfer_decision SELECT * FROM jsonb_populate_record(NULL::transfer_decision, $1)';
    await world.sql(back, [JSON.stringify(gone?.row)]);
    expect(await intact()).toBe(true);
    const bare = `UPDATE transfer_decision SET hash = NULL, previous_id = NULL WHERE decision_id = (${newest})`;
    await world.sql(bare, [own.tenantId]);
    expect(await intact()).toBe(false);
    await world.sql(`DELETE FROM transfer_decision WHERE decision_id = (${newest})`, [own.tenantId]);
    await world.sql(back, [JSON.stringify(gone?.row)]);
    expect(await intact()).toBe(true);
  });
});

describe('with the clock 400 days ahead', () => {
  it('[T4] the service starts and goes on with what needs no list, and says that the register is old', async () => {
    const kim = await own.agent('Kim', { country: 'KR' });
    const noa = await own.agent('Noa', { country: 'NZ' });
    await own.register((body) => ({
      ...body,
      scopeFacts: [{ regime: 'EU', country: 'KR', covers: 'people', ...looked }],
    }));
    expect(ticketClaims((await kim.post('/api/ticket')).body.ticket).readableSiteIds).toEqual([own.siteId]);

    await world.records.close();
    world.aheadMs = 400 * DAY_MS;
    await world.openRecords();
    await world.line('node-later');
    try {
      const again = async (person: Person) => {
        const body = { email: person.email, password: 'a long enough sentence' };
        const { accessToken } = (await world.ask('POST', '/api/session', { body })).body;
        person.accessToken = accessToken;
        return person;
      };
      const officer = await again(own.officer);
      const old = await shown(officer);
      expect(old).toMatchObject({ fresh: false });
      const alarmed = (await officer.get('/api/customer')).body.missing;
      expect(alarmed).toContain('register');
      await world.records.endLapsed();
      expect(world.logged.join('\n')).toContain('transfer.registerStale');
      // Domestic, and a finding for a whole country, are as before; what rests on a recorded fact is not.
      await own.visitor();
      const readableOf = async (person: Person) =>
        ticketClaims((await (await again(person)).post('/api/ticket')).body.ticket).readableSiteIds;
      expect(await readableOf(noa)).toEqual([own.siteId]);
      expect(await readableOf(kim)).toEqual([]);
      // Two people confirm what is in force, and it counts again.
      const confirmed = await officer.post('/api/register/editions', {
        body: old.body,
        note: 'all as it was',
      });
      expect(confirmed.body.proposed.changes).toEqual([]);
      const path = `/api/register/editions/${confirmed.body.proposed.editionId}/approval`;
      expect((await (await again(second)).post(path)).body).toMatchObject({ fresh: true });
      expect(await readableOf(kim)).toEqual([own.siteId]);
      expect((await officer.get('/api/customer')).body.missing).not.toContain('register');
    } finally {
      world.aheadMs = 0;
    }
  });
});

function ticketClaims(ticket: string): { readonly readableSiteIds: readonly string[] } {
  return JSON.parse(Buffer.from(ticket.split('.')[1] ?? '', 'base64url').toString());
}
