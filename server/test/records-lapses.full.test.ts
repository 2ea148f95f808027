/**
 * The drill with 100,000 rows a customer: gates and live views within a minute, every row re-based or suspended, the
 * suspended ones brought home and compared, and a report that tells all of it.
 */
import { until } from '@alongside/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LapseDrill } from './lapse-drill.js';

const LINES = 100_000;
const GATES_MS = 60_000;

let drill: LapseDrill;
beforeAll(async () => {
  drill = await LapseDrill.start();
}, 120_000);
afterAll(() => drill?.stop());

it('re-bases or suspends 100,000 rows, and brings them home', { timeout: 300_000 }, async () => {
  const kept = await drill.fill(drill.covered, LINES);
  const suspended = await drill.fill(drill.bare, LINES);
  const isCut = (engagementId: string) =>
    drill.line.revoked.some(
      (each) => each.type === 'transferLapsed' && String(each.engagementId) === engagementId,
    );
  const began = performance.now();
  await drill.annul(drill.covered);
  await drill.annul(drill.bare);
  const refused = await drill.bare.visitor().catch((error: unknown) => String(error));
  expect(refused).toContain('transferRefused');
  await until(async () => (await drill.report(drill.covered)).lapses.length >= 2, GATES_MS);
  await until(async () => (await drill.report(drill.bare)).lapses.length >= 2, GATES_MS);
  await until(() => isCut(suspended.engagementId), GATES_MS);
  expect(performance.now() - began).toBeLessThan(GATES_MS);
  expect(isCut(kept.engagementId)).toBe(false);
  expect((await kept.post('/v1/engagements/return')).body).toMatchObject({ phase: 'waiting' });
  expect((await suspended.post('/v1/engagements/return')).body).toMatchObject({ phase: 'closed' });
  expect(await drill.lapseOf(drill.covered, 'transcript')).toMatchObject({
    ...{ state: 'REBASED', basisBefore: 'DPF_EU', basisNow: 'SCC_M2', rows: LINES + 1 },
  });
  const { lapseId, state, rows } = await drill.lapseOf(drill.bare, 'transcript');
  expect([state, rows]).toEqual(['SUSPENDED', LINES + 1]);
  const home = await drill.bringHome(drill.bare, lapseId);
  expect(home.rows).toBe(LINES + 1);
  expect((await drill.bare.officer.post(`/api/lapses/${lapseId}/repatriation`, home)).status).toBe(200);
  expect(await drill.lines(suspended)).toBe(0);
  expect(await drill.lines(kept)).toBe(LINES);
  expect(await drill.lapseOf(drill.bare, 'transcript')).toMatchObject({
    ...{ state: 'REPATRIATED', actedBy: 'Birch officer', rows: LINES + 1, cause: 'NO_BASIS' },
  });
  const { decisionsIntact } = await drill.report(drill.bare);
  expect(decisionsIntact).toBe(true);
});
