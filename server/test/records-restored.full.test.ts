/** A database that is restored from a backup, which takes half a dozen starts of Postgres: for the full run. */
import { createHash, randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngagementId } from '@alongside/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRecords } from '../src/http/index.js';
import { entry } from './journal-line.js';
import type { Customer, Person, Visitor } from './records-customer.js';
import { World } from './records-world.js';

const password = 'a long enough sentence';
let world: World;

beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.stop());

const ledger = () => join(world.folder, 'ledger', 'erasures');
const backup = () => join(world.folder, 'backup');
const data = () => join(world.folder, 'postgres');
const linesOf = async ({ engagementId }: { engagementId: string }) =>
  (await world.sql('SELECT 1 FROM chat_line WHERE engagement_id = $1', [engagementId])).length;
const isRestricted = async ({ engagementId }: { engagementId: string }) => {
  const known = 'SELECT 1 FROM engagement WHERE engagement_id = $1 AND restricted_at IS NOT NULL';
  return (await world.sql(known, [engagementId])).length === 1;
};
const isThere = async ({ tenantId }: Customer) =>
  (await world.sql('SELECT 1 FROM customer WHERE tenant_id = $1', [tenantId])).length === 1;
const isKnown = async ({ email }: Person) =>
  (await world.sql('SELECT 1 FROM person WHERE email = $1', [email])).length === 1;
const hasEnded = async ({ tenantId }: Customer) =>
  (await world.sql('SELECT 1 FROM ended_account WHERE tenant_id = $1', [tenantId])).length === 1;

async function stopped<T>(work: () => Promise<T>): Promise<T> {
  await world.records.close();
  await world.postgres.stop();
  try {
    return await work();
  } finally {
    await world.restartPostgres();
  }
}

it('brings nothing back that was erased since, and does not start without the ledger', async () => {
  await stopped(() => mkdir(join(world.folder, 'ledger')));
  Object.assign(world.options, { erasureLedger: ledger() });
  await world.openRecords();
  await world.line();
  const own = await world.customer('Cedar');
  const leaving = await world.customer('Maple');
  const kept = await own.visitor({ name: 'Kim' });
  const gone = await own.visitor({ name: 'Mira' });
  const agent = await own.agent('Noor');
  const [disputed, settled, held] = [await own.visitor(), await own.visitor(), await own.visitor()];
  const [heldSince, freed] = [await own.visitor(), await own.visitor()];
  const until = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  const hold = async ({ engagementId }: Visitor) => {
    const body = { engagementId, caseReference: 'K 9', law: 'Art. 17(3)(e)', until };
    const placed = await own.officer.post('/api/holds', body);
    expect(placed.status).toBe(200);
    return placed.body.holdId as string;
  };
  await hold(held);
  const lifted = await hold(freed);
  await stopped(() => cp(data(), backup(), { recursive: true }));
  await world.openRecords();
  await world.line();
  expect((await gone.post('/v1/engagements/erase')).status).toBe(200);
  const holdId = await hold(heldSince);
  expect((await own.officer.delete(`/api/holds/${lifted}`)).status).toBe(200);
  for (const each of [held, heldSince])
    expect((await each.post('/v1/engagements/erase')).body.erasureId).toBeUndefined();
  expect((await freed.post('/v1/engagements/erase')).body.erasureId).toBeDefined();
  expect((await disputed.post('/v1/engagements/cases', { kind: 'restriction' })).status).toBe(200);
  const wrong = { kind: 'rectification', details: 'Another name.' };
  const { caseId } = (await settled.post('/v1/engagements/cases', wrong)).body;
  const no = { act: 'answer', outcome: 'refused', ground: 'wouldFalsify', text: 'It is right.' };
  for (const act of [{ act: 'take' }, no, { act: 'close' }])
    expect((await own.officer.post(`/api/rights/${caseId}/acts`, act)).status).toBe(200);
  await leaving.officer.post('/api/customer/end', { password, eraseInDays: 0 });
  await own.officer.post(`/api/agents/${agent.agentId}/erasure`, { password, eraseInDays: 0 });
  await world.records.purge();
  await stopped(async () => {
    await rm(data(), { recursive: true });
    await cp(backup(), data(), { recursive: true });
  });
  expect([await linesOf(gone), await isThere(leaving), await isKnown(agent)]).toEqual([1, true, true]);
  const elsewhere = { ...world.options, storageCountry: 'XX' };
  await expect(createRecords(elsewhere), 'nothing goes that a hold keeps').rejects.toThrow('STORAGE_COUNTRY');
  expect([await linesOf(heldSince), await linesOf(gone)]).toEqual([1, 1]);
  // Two processes that start at once put it right once.
  const [, beside] = await Promise.all([world.openRecords(), createRecords(world.options)]);
  await beside.close();
  expect([await linesOf(gone), await linesOf(kept)]).toEqual([0, 1]);
  const all = [disputed, held, settled, kept];
  expect(await Promise.all(all.map(isRestricted)), '[RT6]').toEqual([true, true, false, false]);
  const state = 'SELECT phase, ended_by, end_reason FROM engagement WHERE engagement_id = $1';
  const over = { phase: 'closed', ended_by: 'system', end_reason: 'restricted' };
  expect(await world.sql(state, [disputed.engagementId]), 'and goes on no more').toEqual([over]);
  expect(await linesOf(held), 'a hold keeps it, for officers alone').toBe(1);
  expect([await linesOf(heldSince), await linesOf(freed)], 'as the holds were that came and went').toEqual([
    1, 0,
  ]);
  const holds = (await own.officer.get('/api/holds')).body as { holdId: string; isRestored: boolean }[];
  expect(holds.filter((each) => each.isRestored).map((each) => each.holdId)).toEqual([holdId]);
  expect((await own.officer.delete(`/api/holds/${holdId}`)).status).toBe(200);
  await world.records.purge();
  expect(await linesOf(heldSince)).toBe(0);
  expect([await isThere(leaving), await hasEnded(leaving)]).toEqual([false, true]);
  expect(await isKnown(agent), '[PX4]').toBe(false);
  expect(world.logged.some((each) => each.includes('erasures.replayed'))).toBe(true);
  expect(await readFile(ledger(), 'utf8')).not.toContain(gone.engagementId);
  await world.records.close();
  await rm(ledger());
  await expect(world.openRecords()).rejects.toThrow('ledger of erasures');
  await writeFile(ledger(), '');
  await world.openRecords();
  // The backup is from before the first erasure, and says of none that there was to be a ledger.
  await stopped(async () => {
    await rm(data(), { recursive: true });
    await cp(backup(), data(), { recursive: true });
    await rm(ledger());
  });
  await expect(world.openRecords()).rejects.toThrow('ledger of erasures');
  await writeFile(ledger(), '');
  await world.openRecords();
});

it('[LP4] brings no rows of a lapse back that were taken away since, and takes none that came later', async () => {
  await world.records.close();
  await world.sql('UPDATE legal_hold SET lifted_at = now()');
  const subject = createHash('sha256');
  const decided = `SELECT DISTINCT decision_id FROM chat_line`;
  const [row] = await world.sql<{ decision_id: string }>(decided);
  subject.update(row?.decision_id ?? '', 'utf8');
  await writeFile(
    ledger(),
    `${JSON.stringify({ kind: 'lapse', subject: subject.digest('hex'), at: Date.now() })}\n`,
  );
  await world.openRecords();
  const under = 'SELECT 1 FROM chat_line WHERE decision_id = $1';
  expect(await world.sql(under, [row?.decision_id])).toEqual([]);
  await world.line();
  const later = await (await world.customer('Larch')).visitor({ name: 'Ola' });
  await world.records.close();
  await world.openRecords();
  expect(await linesOf(later)).toBe(1);
});

it('[PX5] lets nobody in again who was shut out since, and leaves in whom that was taken back for', async () => {
  await world.records.close();
  await writeFile(ledger(), '');
  await world.openRecords();
  await world.line();
  const [own, resting] = [await world.customer('Alder'), await world.customer('Aspen')];
  const [out, back, asked] = [await own.agent('Ada'), await own.agent('Bo'), await own.agent('Cy')];
  const talking = await resting.visitor();
  await stopped(async () => {
    await rm(backup(), { recursive: true });
    await cp(data(), backup(), { recursive: true });
  });
  await world.openRecords();
  await world.line();
  const edit = { displayName: 'Ada', roles: ['agent'], country: 'FI', siteIds: [own.siteId], disabled: true };
  for (const { agentId } of [out, back])
    expect((await own.officer.put(`/api/agents/${agentId}`, edit)).status).toBe(200);
  await own.officer.put(`/api/agents/${back.agentId}`, { ...edit, disabled: false });
  const erasure = await own.officer.post(`/api/agents/${asked.agentId}/erasure`, {
    password,
    eraseInDays: 9,
  });
  expect(erasure.status).toBe(200);
  const rest = await resting.officer.post('/api/customer/end', { password, eraseInDays: 9 });
  expect(rest.status).toBe(200);
  const erased = 'SELECT erase_after FROM customer WHERE tenant_id = $1';
  const eraseAfter = await world.sql(erased, [resting.tenantId]);
  await stopped(async () => {
    await rm(data(), { recursive: true });
    await cp(backup(), data(), { recursive: true });
  });
  await world.openRecords();
  const people = [out, back, asked, resting.officer];
  const asks = people.flatMap(({ cookie, email }) => [
    world.ask('POST', '/api/session/refresh', { headers: { cookie } }),
    world.ask('POST', '/api/session', { body: { email, password } }),
  ]);
  const no = [401, 401];
  expect((await Promise.all(asks)).map(({ status }) => status)).toEqual([...no, 200, 200, ...no, ...no]);
  const phase = 'SELECT phase FROM engagement WHERE engagement_id = $1';
  expect(await world.sql(phase, [talking.engagementId])).toEqual([{ phase: 'closed' }]);
  expect(await world.sql(erased, [resting.tenantId]), '[CE3]').toEqual(eraseAfter);
  // Once is enough: who is let in after it stays in.
  expect(
    (await world.ask('POST', '/api/customer/restore', { body: { email: resting.officer.email, password } }))
      .status,
  ).toBe(200);
  await world.records.close();
  await world.openRecords();
  expect(
    (await world.ask('POST', '/api/session', { body: { email: resting.officer.email, password } })).status,
  ).toBe(200);
});

it('[RT6] ends nothing with the next start whose restriction was rolled back', async () => {
  const line = await world.line();
  const own = await world.customer('Willow');
  const visitor = await own.visitor();
  const engagementId = visitor.engagementId as EngagementId;
  await world.sql(`CREATE FUNCTION fail_telling() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN RAISE EXCEPTION $$no$$; END'`);
  await world.sql(`CREATE TRIGGER fail_telling BEFORE INSERT ON case_history FOR EACH ROW
    WHEN (NEW.happening = 'restricted') EXECUTE FUNCTION fail_telling()`);
  expect((await visitor.post('/v1/engagements/cases', { kind: 'restriction' })).status).toBe(500);
  await world.sql('DROP TRIGGER fail_telling ON case_history');
  line.close();
  await world.records.close();
  await world.openRecords();
  const state = 'SELECT phase, restricted_at FROM engagement WHERE engagement_id = $1';
  expect(await world.sql(state, [engagementId])).toEqual([{ phase: 'waiting', restricted_at: null }]);
});

it('takes answers away again that were objected to, and none that were given since', async () => {
  const line = await world.line();
  const own = await world.customer('Rowan');
  const visitor = await own.visitor();
  const engagementId = visitor.engagementId as EngagementId;
  await line.append(entry({ type: 'ended', engagementId, by: 'visitor', reason: 'visitorEnded' }));
  const answers = [{ questionId: 'overall', kind: 'rating', value: 3 }];
  expect((await visitor.post('/v1/engagements/survey', { version: 1, answers })).status).toBe(200);
  const subject = createHash('sha256').update(engagementId, 'utf8').digest('hex');
  const leftAfter = async (at: number) => {
    await world.records.close();
    const held = { holdId: randomUUID(), until: Date.now() + 86_400_000 };
    await writeFile(ledger(), `${JSON.stringify({ kind: 'answers', subject, at, hold: held })}\n`);
    await world.openRecords();
    return (await world.sql('SELECT 1 FROM survey_answers WHERE engagement_id = $1', [engagementId])).length;
  };
  const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const hold = { engagementId, caseReference: 'K 9', law: 'Art. 17(3)(e)', until };
  expect((await own.officer.post('/api/holds', hold)).status).toBe(200);
  expect([await leftAfter(Date.now() - 3_600_000), await leftAfter(Date.now())], '[RT6]').toEqual([1, 1]);
  await world.sql('UPDATE legal_hold SET lifted_at = now()');
  expect(await leftAfter(Date.now())).toBe(0);
});
