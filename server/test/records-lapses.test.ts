/** A framework is annulled: gates close, rows go on under clauses or are suspended, and an officer decides of those. */
import { until } from '@alongside/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LapseDrill } from './lapse-drill.js';
import type { Visitor } from './records-customer.js';

const DAY_MS = 86_400_000;
const LINES = 1_200;

let drill: LapseDrill;
let kept: Visitor;
let suspended: Visitor;

beforeAll(async () => {
  drill = await LapseDrill.start();
  kept = await drill.fill(drill.covered, LINES);
  suspended = await drill.fill(drill.bare, LINES);
});
afterAll(() => drill?.world.stop());

describe('before', () => {
  it('[T10] the notice names the basis of the store', async () => {
    const config = await drill.world.ask('GET', `/v1/sites/${drill.covered.siteKey}/config`, {
      headers: { origin: 'https://shop.example' },
    });
    expect(config.body.notice.basis).toMatchObject({
      ...{ basis: 'DPF_EU', fromCountry: 'FI', toCountry: 'US' },
      reference: '(EU) 2023/1795, Host Inc.',
    });
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

  it('a customer without is closed at once, and its rows are read in its own country only', async () => {
    const abroad = await drill.bare.agent('Sven', { country: 'SE', roles: ['officer'], siteIds: [] });
    const path = `/api/engagements/${suspended.engagementId}`;
    expect((await abroad.get(path)).status).toBe(200);
    expect((await drill.annul(drill.bare)).status).toBe(200);
    const refused = await drill.bare.visitor().catch((error: unknown) => String(error));
    expect(refused).toContain('transferRefused');
    await until(async () => (await drill.report(drill.bare)).lapses.length >= 2);
    expect((await suspended.post('/v1/engagements/return')).body).toMatchObject({ phase: 'closed' });
    expect(await drill.lapseOf(drill.bare, 'transcript')).toMatchObject({
      ...{ state: 'SUSPENDED', cause: 'NO_BASIS', rows: LINES + 1, basisBefore: 'DPF_EU' },
    });
    expect((await abroad.get(path)).body.refusal).toEqual({
      code: 'transferRefused',
      detail: 'ROWS_SUSPENDED',
    });
    expect((await abroad.get('/api/engagements')).body).toEqual([]);
    const asked = await suspended.post('/v1/engagements/cases', { kind: 'access' });
    const pack = await abroad.post(`/api/rights/${asked.body.caseId}/pack`);
    expect(pack.body.refusal?.detail).toBe('ROWS_SUSPENDED');
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
  it('come home when count and hash agree, and the source goes', async () => {
    const { lapseId } = await drill.lapseOf(drill.bare, 'transcript');
    const home = await drill.bringHome(drill.bare, lapseId);
    expect(home.rows).toBe(LINES + 1);
    const path = `/api/lapses/${lapseId}/repatriation`;
    const fewer = { ...home, rows: home.rows - 1 };
    expect((await drill.bare.officer.post(path, fewer)).body.refusal).toEqual({
      code: 'conflict',
      detail: 'sha256',
    });
    const other = { ...home, sha256: 'A'.repeat(43) };
    expect((await drill.bare.officer.post(path, other)).body.refusal.code).toBe('conflict');
    expect(await drill.lines(suspended)).toBe(LINES);
    expect((await drill.bare.officer.post(path, home)).status).toBe(200);
    expect(await drill.lines(suspended)).toBe(0);
    expect(await drill.lapseOf(drill.bare, 'transcript')).toMatchObject({
      ...{ state: 'REPATRIATED', actedBy: 'Birch officer' },
    });
    expect((await drill.bare.officer.post(path, home)).body.refusal.code).toBe('wrongState');
  });

  it('are erased when nobody answered in thirty days', async () => {
    const rows = () =>
      drill.world.sql('SELECT 1 FROM engagement WHERE engagement_id = $1', [suspended.engagementId]);
    expect(await rows()).toHaveLength(1);
    drill.world.aheadMs = 29 * DAY_MS;
    await drill.world.records.endLapsed();
    expect(await rows()).toHaveLength(1);
    drill.world.aheadMs = 31 * DAY_MS;
    await drill.world.records.endLapsed();
    drill.world.aheadMs = 0;
    expect(await rows()).toEqual([]);
    await drill.signInAgain(drill.bare.officer);
    const lapse = await drill.lapseOf(drill.bare, 'metadata');
    expect(lapse).toMatchObject({ state: 'ERASED' });
    expect(lapse.actedBy).toBeUndefined();
    // The other customer's rows rest on its clauses and are all there.
    expect(await drill.lines(kept)).toBe(LINES);
  });
});
