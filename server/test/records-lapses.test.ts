/** A framework is annulled: gates close, rows go on under clauses or are suspended, and an officer decides of those. */
import type { RecipientNamed } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LapseDrill } from './lapse-drill.js';
import { recipientBody, siteEdit, type Visitor } from './records-customer.js';

const DAY_MS = 86_400_000;
const LINES = 1_200;

let drill: LapseDrill;
let kept: Visitor;
let suspended: Visitor;
let held: Visitor;

beforeAll(async () => {
  drill = await LapseDrill.start();
  kept = await drill.fill(drill.covered, LINES);
  suspended = await drill.fill(drill.bare, LINES);
  held = await drill.bare.visitor();
});
afterAll(() => drill?.stop());

describe('before', () => {
  const noticed = async () => {
    const headers = { origin: 'https://shop.example' };
    return (await drill.world.ask('GET', `/v1/sites/${drill.covered.siteKey}/config`, { headers })).body
      .notice;
  };

  it('[T10] the notice names the basis of the store', async () => {
    expect((await noticed()).basis).toMatchObject({
      ...{ basis: 'DPF_EU', fromCountry: 'FI', toCountry: 'US' },
      reference: '(EU) 2023/1795, Host Inc.',
    });
  });

  it('[T10] [RC7] the notice names where agents read and watch, and on what, and nobody who may not', async () => {
    const { covered } = drill;
    const { officer, siteId } = covered;
    const people = async () =>
      (await noticed()).recipients.filter(({ role }: RecipientNamed) => role === 'people');
    const invite = async (email: string, more: object) => {
      const edit = { email, roles: ['agent'], siteIds: [siteId], ...more };
      return (await officer.post('/api/agents', edit)).body.agent;
    };
    const home = { name: 'Hazel', country: 'FI', basis: { basis: 'NONE_DOMESTIC', toCountry: 'FI' } };
    const { agentId } = await covered.agent('Dev', { country: 'IN', employer: 'Dev Ltd' });
    await invite('of-no-site@example.org', { country: 'SE', siteIds: [] });
    await invite('of-no-country@example.org', {});
    expect(await people()).toMatchObject([home]);
    const contractId = await covered.contract();
    const basis = { basis: 'SCC_M2', fromCountry: 'FI', toCountry: 'IN', reference: 'DPA 7' };
    const abroad = { name: 'Dev Ltd', country: 'IN', basis };
    expect(await people()).toMatchObject([home, abroad]);
    // Experts come from whoever is known, where the site has them in calls.
    const path = `/api/sites/${siteId}`;
    await officer.put(path, siteEdit(covered.name, { experts: true }));
    expect(await people()).toMatchObject([home, abroad, { name: 'Host Inc.', country: 'US' }]);
    await officer.put(path, siteEdit(covered.name));
    const works = { displayName: 'Dev', roles: ['agent'], country: 'IN', employer: 'Dev Ltd' };
    await officer.put(`/api/agents/${agentId}`, { ...works, siteIds: [siteId], disabled: true });
    expect(await people()).toMatchObject([home]);
    await officer.delete(`/api/contracts/${contractId}`);
    const reads = await invite('officer@example.org', { country: 'NO', roles: ['officer'], siteIds: [] });
    expect(await people()).toMatchObject([home, { name: 'Hazel', country: 'NO' }]);
    await officer.put(`/api/agents/${reads.agentId}`, {
      ...{ displayName: 'Reads', roles: ['officer'], country: 'NO', siteIds: [], disabled: true },
    });
  });
});

describe('the host of the store', () => {
  it('[RC5] [F5] stands among the recipients, for officers, visitors and the record of processing', async () => {
    const { covered, world } = drill;
    const host = { name: 'Host Inc.', country: 'US', role: 'host' };
    // Nobody said who runs `live`, which is elsewhere.
    const relay = { name: 'Alongside', country: 'FI', role: 'relay' };
    expect((await covered.officer.get('/api/recipients')).body).toMatchObject([
      { ...host, active: true },
      { ...relay, active: true },
    ]);
    const headers = { origin: 'https://shop.example' };
    const { body } = await world.ask('GET', `/v1/sites/${covered.siteKey}/config`, { headers });
    expect(body.notice.recipients).toMatchObject([host, relay, { role: 'people', country: 'FI' }]);
    const record = (await covered.officer.get('/api/processing-record')).body;
    expect(record.recipients).toMatchObject([host, relay]);
    expect((await covered.officer.delete('/api/recipients/host')).status).toBe(400);
  });
});

describe('[T5] the day a framework is annulled', () => {
  it('a customer with clauses goes on under them, from now and not before', async () => {
    const began = performance.now();
    expect((await drill.annul(drill.covered)).status).toBe(200);
    expect((await kept.post('/v1/engagements/return')).body).toMatchObject({ phase: 'waiting' });
    await until(async () => (await drill.report(drill.covered)).lapses.length >= 2);
    expect(performance.now() - began).toBeLessThan(60_000);
    const lapse = await drill.lapseOf(drill.covered, 'transcript');
    expect(lapse).toMatchObject({
      ...{ state: 'REBASED', basisBefore: 'DPF_EU', basisNow: 'SCC_M2', referenceNow: 'DPA with Host' },
      rows: LINES + 1,
    });
    expect(lapse.coveredFrom ?? 0).toBeGreaterThanOrEqual(lapse.beganAt);
    // The row still says what it was stored under; what covers it since stands beside it.
    const record = await drill.covered.officer.get(`/api/engagements/${kept.engagementId}`);
    expect(record.body.transcript[0].basis.basis).toBe('DPF_EU');
    const config = await drill.world.ask('GET', `/v1/sites/${drill.covered.siteKey}/config`, {
      headers: { origin: 'https://shop.example' },
    });
    expect(config.body.notice.basis).toMatchObject({ basis: 'SCC_M2', reference: 'DPA with Host' });
  });

  it('[LP5] [B8] a customer without is closed at once, and its rows are read in its own country only', async () => {
    const abroad = await drill.bare.agent('Sven', { country: 'SE', roles: ['officer'], siteIds: [] });
    const path = `/api/engagements/${suspended.engagementId}`;
    expect((await abroad.get(path)).status).toBe(200);
    const asked = await suspended.post('/v1/engagements/cases', { kind: 'access' });
    const asking = `/api/rights/${asked.body.caseId}`;
    const act = (path: string, given: object) => drill.bare.officer.post(`${path}/acts`, given);
    const answer = { act: 'answer', outcome: 'granted', text: 'Your data are here.' };
    for (const each of [{ act: 'take' }, answer]) expect((await act(asking, each)).status).toBe(200);
    expect((await drill.annul(drill.bare)).status).toBe(200);
    const refused = await drill.bare.visitor().catch((error: unknown) => String(error));
    expect(refused).toContain('transferRefused');
    await until(async () => (await drill.report(drill.bare)).lapses.length >= 2);
    expect((await suspended.post('/v1/engagements/return')).body).toMatchObject({ phase: 'closed' });
    expect(await drill.lapseOf(drill.bare, 'transcript')).toMatchObject({
      ...{ state: 'SUSPENDED', cause: 'NO_BASIS', rows: LINES + 2, basisBefore: 'DPF_EU' },
    });
    expect((await abroad.get(path)).body.refusal).toEqual({
      code: 'transferRefused',
      detail: 'ROWS_SUSPENDED',
    });
    expect((await abroad.get('/api/engagements')).body).toEqual([]);
    const pack = await abroad.post(`${asking}/pack`);
    expect(pack.body.refusal?.detail).toBe('ROWS_SUSPENDED');
    // What was answered is carried out. Whoever asks may still do so, and it is taken; no word of an officer is added.
    for (const each of ['execute', 'close']) expect((await act(asking, { act: each })).status).toBe(200);
    const later = await suspended.post('/v1/engagements/cases', { kind: 'access' });
    const askingLater = `/api/rights/${later.body.caseId}`;
    expect((await act(askingLater, { act: 'take' })).status).toBe(200);
    const answered = await act(askingLater, answer);
    expect(answered.body.refusal).toEqual({ code: 'transferRefused', detail: 'NO_BASIS' });
    expect((await drill.bare.officer.get(askingLater)).body.history).toHaveLength(2);
    const { lapseId } = await drill.lapseOf(drill.bare, 'transcript');
    expect((await abroad.get(`/api/lapses/${lapseId}/package`)).body.refusal.detail).toBe('ROWS_SUSPENDED');
    expect((await drill.bare.officer.get(path)).status).toBe(200);
    expect(await drill.lines(suspended)).toBe(LINES);
  });

  it('what rested on it goes on where it comes back, and lapses again when it goes again', async () => {
    expect((await drill.restore(drill.bare)).status).toBe(200);
    await until(async () => (await drill.lapseOf(drill.bare, 'transcript')).state === 'REBASED');
    await drill.annul(drill.bare);
    await until(async () => (await drill.lapseOf(drill.bare, 'transcript')).state === 'SUSPENDED');
    const { lapses } = await drill.report(drill.bare);
    // The times before are told still.
    expect(lapses.filter(({ dataClass }) => dataClass === 'transcript').map(({ state }) => state)).toEqual([
      ...['SUSPENDED', 'REBASED', 'SUSPENDED'],
    ]);
  });
});

describe('suspended rows', () => {
  const count = async (table: string, { engagementId }: Visitor): Promise<number> =>
    (await drill.world.sql(`SELECT 1 FROM ${table} WHERE engagement_id = $1`, [engagementId])).length;
  const bringHome = async (dataClass: 'transcript' | 'metadata') => {
    const { lapseId } = await drill.lapseOf(drill.bare, dataClass);
    const home = await drill.bringHome(drill.bare, lapseId);
    return {
      home,
      send: (sent: object) => drill.bare.officer.post(`/api/lapses/${lapseId}/repatriation`, sent),
    };
  };

  it('[LP1] that come home take nothing along that was not in the package', async () => {
    const { home, send } = await bringHome('metadata');
    expect((await send(home)).status).toBe(200);
    expect([await drill.lines(suspended), await count('journal_entry', suspended)]).toEqual([LINES, 0]);
    // The conversation hangs on it, and nobody has decided of that yet.
    expect(await count('engagement', suspended)).toBe(1);
    const decided = await drill.lapseOf(drill.bare, 'metadata');
    expect(decided).toMatchObject({ state: 'SUSPENDED', actedBy: 'Birch officer' });
    expect((await send(home)).body.refusal.code).toBe('wrongState');
  });

  it('[LP2] come home when count and hash agree, and the source goes but for what is held', async () => {
    const until = new Date(Date.now() + 60 * DAY_MS).toISOString().slice(0, 10);
    const hold = { engagementId: held.engagementId, caseReference: 'K-17', law: 'Art. 17(3)(e) GDPR', until };
    const { holdId } = (await drill.bare.officer.post('/api/holds', hold)).body;
    const { home, send } = await bringHome('transcript');
    expect(home.rows).toBe(LINES + 2);
    const fewer = { ...home, rows: home.rows - 1 };
    expect((await send(fewer)).body.refusal).toEqual({ code: 'conflict', detail: 'sha256' });
    expect((await send({ ...home, sha256: 'A'.repeat(43) })).body.refusal.code).toBe('conflict');
    expect(await drill.lines(suspended)).toBe(LINES);
    const before = await drill.noted();
    expect((await send(home)).status).toBe(200);
    expect(await drill.noted()).toBe(before + 1);
    expect([await drill.lines(suspended), await drill.lines(held)]).toEqual([0, 1]);
    await drill.world.records.endLapsed();
    expect([await count('engagement', suspended), await count('engagement', held)]).toEqual([0, 1]);
    expect(await drill.lapseOf(drill.bare, 'transcript')).toMatchObject({ state: 'SUSPENDED' });
    await drill.bare.officer.delete(`/api/holds/${holdId}`);
    // One look for the words, and one for the engagement on which they hung.
    for (const _ of [1, 2]) await drill.world.records.endLapsed();
    expect([await drill.lines(held), await count('engagement', held)]).toEqual([0, 0]);
    for (const dataClass of ['transcript', 'metadata'] as const)
      expect(await drill.lapseOf(drill.bare, dataClass)).toMatchObject({ state: 'REPATRIATED' });
    // Nobody asked for it to be erased, so that nobody is told so; and the other customer's rows are all there.
    expect(await count('erasure', suspended)).toBe(0);
    expect(await drill.lines(kept)).toBe(LINES);
  });

  it('[LP3] [DC5] are erased when nobody answered in thirty days, in the customer’s own store as well', async () => {
    const { covered, world } = drill;
    const { recipientId } = (await covered.officer.post('/api/recipients', recipientBody())).body;
    await world.sql(
      'UPDATE engagement SET delivered_to = $2, onward_decision_id = decision_id WHERE engagement_id = $1',
      [...[kept.engagementId, recipientId]],
    );
    const [contract] = (await covered.officer.get('/api/contracts')).body;
    await covered.officer.delete(`/api/contracts/${contract.contractId}`);
    await until(async () => (await drill.lapseOf(covered, 'transcript')).state === 'SUSPENDED');
    world.aheadMs = 29 * DAY_MS;
    await world.records.endLapsed();
    expect(await count('engagement', kept)).toBe(1);
    world.aheadMs = 31 * DAY_MS;
    for (const _ of [1, 2]) await world.records.endLapsed();
    world.aheadMs = 0;
    expect(await count('engagement', kept)).toBe(0);
    await drill.signInAgain(covered.officer);
    const lapse = await drill.lapseOf(covered, 'metadata');
    expect(lapse).toMatchObject({ state: 'ERASED' });
    expect(lapse.actedBy).toBeUndefined();
    const receipts = 'SELECT recipient_id, transcript_rows FROM erasure WHERE engagement_id = $1';
    expect(await world.sql(receipts, [kept.engagementId])).toEqual([
      { recipient_id: recipientId, transcript_rows: LINES + 1 },
    ]);
  });
});
