/** Sites whose lines and answers stay with the customer: its 2xx is their commit, and nothing of them is kept here. */
import { randomUUID } from 'node:crypto';
import type { JournalAck } from '@alongside/engagement';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CustomerStoreServer } from './customer-store.js';
import { entry, type JournalLine } from './journal-line.js';
import { type Customer, type Person, recipientBody, siteEdit, Visitor } from './records-customer.js';
import { type Answer, World } from './records-world.js';

const DAY_MS = 24 * 3_600_000;
let store: CustomerStoreServer;
let world: World;
let line: JournalLine;
let mira: Customer;
let aki: Person;
let recipientId: string;
/** Whose store receives nothing any more. */
let lapsed: Visitor;

beforeAll(async () => {
  store = await CustomerStoreServer.start();
  world = await World.start({ privateStores: [store.place] });
  const { body } = await world.ask('GET', '/.well-known/alongside-deliveries.json');
  store.jwk = body.keys[0];
  line = await world.line();
  mira = await world.customer('Hazel');
  aki = await mira.agent('Aki');
});
afterAll(async () => {
  await world?.stop();
  await store?.stop();
});

const ownStore = () => ({ ...recipientBody(), name: 'Hazel archive', endpoint: store.endpoint });
const lineOf = ({ engagementId }: Visitor, text: string, more: object = {}) =>
  entry({
    ...{ type: 'chatLine', engagementId, lineId: randomUUID(), from: 'visitor', text },
    ...more,
  } as never);
const ratingOf = (value: number) => [{ questionId: 'overall', kind: 'rating', value }];
const say = (visitor: Visitor, text: string) => line.append(lineOf(visitor, text));
/** As a page does: the same line again until it is taken, since a store may be slow for a moment. */
const deliver = async (visitor: Visitor, text: string, more: object = {}): Promise<JournalAck> => {
  const said = lineOf(visitor, text, more);
  await expect.poll(async () => (await line.append(said)).ok, { timeout: 20_000 }).toBe(true);
  return line.append(said);
};
const failuresOfStore = () => world.logged.filter((each) => each.includes('store.failed')).length;
/** A store that failed a moment ago is not asked at once. */
const begun = async (): Promise<Visitor> => {
  const found: Visitor[] = [];
  const tried = async () => {
    const visitor = await mira.visitor().catch(() => undefined);
    if (visitor !== undefined) found.push(visitor);
    return found.length;
  };
  await expect.poll(tried, { timeout: 10_000 }).toBe(1);
  return found[0] as Visitor;
};
const accept = (visitor: Visitor): Promise<JournalAck> =>
  line.append(entry({ type: 'accepted', engagementId: visitor.engagementId, agentId: aki.agentId } as never));

const config = async () => {
  const headers = { origin: 'https://shop.example' };
  return (await world.ask('GET', `/v1/sites/${mira.siteKey}/config`, { headers })).body;
};
const notice = async () => (await config()).notice;

const isAlarmed = async () =>
  (await mira.officer.get('/api/customer')).body.missing.includes('recipientSilent');

it('[RC1] [BO9] wants two officers for a recipient, and thirty days for one that is not the customer', async () => {
  const added = await mira.officer.post('/api/recipients', ownStore());
  expect(added.body).toMatchObject({ active: false, own: true });
  recipientId = added.body.recipientId;
  const path = `/api/recipients/${recipientId}/approval`;
  expect((await mira.officer.post(path)).status).toBe(403);
  const bypass = `UPDATE recipient SET approved_by = proposed_by, approved_at = now() WHERE recipient_id = '${recipientId}'`;
  await expect(world.sql(bypass)).rejects.toThrow(/recipient_four_eyes/);
  expect((await (await mira.secondOfficer()).post(path)).body).toMatchObject({ active: true });
  const unbound = { ...ownStore(), contractReference: undefined };
  const refused = await mira.officer.post('/api/recipients', unbound);
  expect([refused.status, refused.body.refusal.detail]).toEqual([400, 'contractReference']);
  const unsigned = `UPDATE recipient SET contract_reference = NULL WHERE recipient_id = '${recipientId}'`;
  await expect(world.sql(unsigned)).rejects.toThrow(/recipient_contract/);
  const soonest = new Date(Date.now() + 29 * DAY_MS).toISOString().slice(0, 10);
  const helper = { ...ownStore(), name: 'Mailer', role: 'subProcessor', activeFrom: soonest };
  for (const role of ['subProcessor', 'groupEntity']) {
    const early = await mira.officer.post('/api/recipients', { ...helper, role });
    expect(early.body.refusal.detail, role).toBe('activeFrom');
  }
  expect((await mira.officer.post('/api/recipients', { ...helper, role: 'advertising' })).status).toBe(400);
  const soon = `UPDATE recipient SET role = 'subProcessor' WHERE recipient_id = '${recipientId}'`;
  await expect(world.sql(soon)).rejects.toThrow(/recipient_announced/);
  const { activeFrom: _, ...usual } = helper;
  const announced = await mira.officer.post('/api/recipients', usual);
  await (await mira.secondOfficer()).post(`/api/recipients/${announced.body.recipientId}/approval`);
  const told = await notice();
  expect(told.recipients).toMatchObject([
    { name: 'Mailer', role: 'subProcessor', basis: { basis: 'NONE_DOMESTIC', toCountry: 'FI' } },
    { name: 'Hazel', role: 'people', country: 'FI' },
  ]);
  expect(told.recipients[0].activeFrom - Date.now()).toBeGreaterThan(29 * DAY_MS);
});

it('[RC5] takes no recipient where there is no basis, and none whose basis ended before it was approved', async () => {
  const helper = { ...ownStore(), endpoint: undefined, activeFrom: undefined };
  const mailer = { ...helper, name: 'Mailer Ltd', role: 'subProcessor', country: 'IN' };
  const add = () => mira.officer.post('/api/recipients', mailer);
  const refusal = (detail: string) => ({ refusal: { code: 'transferRefused', detail } });
  expect((await add()).body).toEqual(refusal('NO_BASIS'));
  const other = await mira.contract({ module: 'SCC_M3', importerName: 'Other Ltd' });
  expect((await add()).body).toEqual(refusal('OTHER_IMPORTER'));
  const asController = await mira.contract({ module: 'SCC_M4', importerName: 'Mailer Ltd' });
  expect((await add()).body).toEqual(refusal('WRONG_MODULE'));
  const fitting = await mira.contract({ module: 'SCC_M3', importerName: 'Mailer Ltd' });
  const { body: added } = await add();
  const path = `/api/recipients/${added.recipientId}`;
  for (const contractId of [other, asController, fitting])
    await mira.officer.delete(`/api/contracts/${contractId}`);
  expect((await (await mira.secondOfficer()).post(`${path}/approval`)).body).toEqual(refusal('NO_BASIS'));
  expect((await mira.officer.delete(path)).status).toBe(200);
});

it('[RC2] [RC3] speaks to registered endpoints at public addresses with TLS, and to no other', async () => {
  for (const endpoint of [
    ...['http://store.example/', 'https://127.0.0.1/', 'https://169.254.169.254/latest', 'https://[::1]/'],
    ...['https://10.0.0.8/', `http://127.0.0.1:${world.port}/`, 'https://user@store.example/'],
  ]) {
    const answer = await mira.officer.post('/api/recipients', { ...ownStore(), endpoint });
    expect([endpoint, answer.status >= 400 && answer.status < 500]).toEqual([endpoint, true]);
  }
  const shield = { ...ownStore(), contractReference: 'EU-US Privacy Shield' };
  expect((await mira.officer.post('/api/recipients', shield)).body.refusal.detail).toBe(
    'INVALIDATED_C311_18',
  );
  const unknown = { ...siteEdit('Hazel'), deliverTo: randomUUID() };
  expect((await mira.officer.put(`/api/sites/${mira.siteId}`, unknown)).body.refusal.detail).toBe(
    'deliverTo',
  );
});

it('[DC1] [CV4] delivers lines and answers, signed and in order, and keeps no body', async () => {
  const delivered = { ...siteEdit('Hazel'), deliverTo: recipientId };
  expect((await mira.officer.put(`/api/sites/${mira.siteId}`, delivered)).status).toBe(200);
  expect((await mira.officer.delete(`/api/recipients/${recipientId}`)).status).toBe(409);
  expect((await notice()).deliveredTo).toMatchObject({
    ...{ name: 'Hazel archive', country: 'FI' },
    basis: { basis: 'NONE_DOMESTIC', toCountry: 'FI' },
  });
  const visitor = await mira.visitor({ text: 'canary-first', name: 'canary-name', topic: 'canary-topic' });
  expect(await accept(visitor)).toMatchObject({ ok: true });
  const acks = await Promise.all([
    deliver(visitor, 'canary-two'),
    deliver(visitor, 'canary-three', { from: 'agent', agentId: aki.agentId }),
    deliver(visitor, 'canary-four'),
  ]);
  expect(acks).toMatchObject([{ number: 2 }, { number: 3 }, { number: 4 }]);
  const { engagementId } = visitor;
  expect(store.linesOf(engagementId).map((each) => each.text)).toEqual([
    ...['canary-first', 'canary-two', 'canary-three', 'canary-four'],
  ]);
  expect(store.at(`/engagements/${engagementId}`)).toMatchObject({ visitorName: 'canary-name' });
  await line.append(entry({ type: 'ended', engagementId, by: 'visitor', reason: 'visitorEnded' } as never));
  const answers = [
    { questionId: 'overall', kind: 'rating', value: 2 },
    { questionId: 'more', kind: 'text', value: 'canary-answer' },
  ];
  expect((await visitor.post('/v1/engagements/survey', { version: 1, answers })).status).toBe(200);
  expect((await visitor.post('/v1/engagements/survey', { version: 1, answers })).status).toBe(409);
  expect(store.at(`/engagements/${engagementId}/answers`).answers).toEqual(answers);
  expect(store.wrong).toEqual([]);
  expect(await bodiesHeld('canary')).toEqual([]);
  const [found] = await world.sql(`SELECT count(*)::int AS rows, count(text)::int AS texts FROM chat_line
    WHERE engagement_id = '${engagementId}'`);
  expect(found).toEqual({ rows: 4, texts: 0 });
  const onward = await world.sql(`SELECT d.access, d.outcome, d.to_country FROM engagement e
    JOIN transfer_decision d ON d.decision_id = e.onward_decision_id WHERE e.engagement_id = '${engagementId}'`);
  expect(onward).toEqual([{ access: 'onward', outcome: 'ALLOW', to_country: 'FI' }]);
});

it('[CX9] counts for officers each thing that the store took, under a decision that is checked to be as it was made', async () => {
  const visitor = await mira.visitor({ text: 'one' });
  const { engagementId } = visitor;
  await accept(visitor);
  await deliver(visitor, 'two');
  await line.append(entry({ type: 'ended', engagementId, by: 'visitor', reason: 'visitorEnded' } as never));
  await visitor.post('/v1/engagements/survey', { version: 1, answers: ratingOf(4) });
  const taken = new Set(store.puts.map(({ path }) => path));
  expect([...taken].filter((path) => path.includes(engagementId))).toHaveLength(4);
  const report = async () => (await mira.officer.get('/api/transfers')).body;
  const { onward, decisionsIntact } = await report();
  expect(decisionsIntact).toBe(true);
  expect(onward).toEqual([
    {
      ...{ recipient: 'Hazel archive', purpose: 'Keeps what is said', rows: taken.size },
      ...{ basis: 'NONE_DOMESTIC', fromCountry: 'FI', toCountry: 'FI' },
      ...{ decisionId: expect.any(String), lastAt: expect.any(Number) },
    },
  ]);
  const move = 'UPDATE transfer_decision SET to_country = $2 WHERE decision_id = $1';
  await world.sql(move, [onward[0].decisionId, 'SE']);
  expect(await report()).toMatchObject({ onward: [{ toCountry: 'SE' }], decisionsIntact: false });
  await world.sql(move, [onward[0].decisionId, 'FI']);
});

it('[DC2] takes no body by any way into the database', async () => {
  const visitor = await mira.visitor();
  const { engagementId } = visitor;
  const of = `WHERE engagement_id = '${engagementId}'`;
  const write = `UPDATE chat_line SET text = 'kept', delivered_at = NULL ${of}`;
  await expect(world.sql(write)).rejects.toThrow(/not kept here/);
  const introduce = `INSERT INTO introduction SELECT '${engagementId}', 'Mira', NULL, tenant_id, origin_country,
    origin_evidence, storage_region, 'conversation', decision_id FROM chat_line ${of}`;
  await expect(world.sql(introduce)).rejects.toThrow(/not kept here/);
});

it('[DC3] says that a line is not delivered yet while the store is down, loses none and keeps their order', async () => {
  const visitor = await mira.visitor();
  await accept(visitor);
  const first = lineOf(visitor, 'one');
  const before = store.linesOf(visitor.engagementId).length;
  store.refuses = 503;
  const refusal = { code: 'storageUnavailable', detail: 'customerStore' };
  expect(await line.append(first)).toEqual({ ok: false, refusal });
  // The store is back, and the line that came first is still to come first.
  store.refuses = undefined;
  expect(await say(visitor, 'two')).toEqual({ ok: false, refusal });
  await expect
    .poll(() => line.append(first), { timeout: 10_000, interval: 100 })
    .toMatchObject({ number: 2 });
  expect(await line.append(first)).toMatchObject({ number: 2 });
  expect(await say(visitor, 'two')).toMatchObject({ number: 3 });
  const said = store.linesOf(visitor.engagementId).slice(before);
  expect(said.map((each) => each.text)).toEqual(['one', 'two']);
});

it('[DC3] starts nothing that the store does not take', async () => {
  store.refuses = 500;
  const refused = await mira.visitor().catch((error: Error) => error.message);
  expect(refused).toContain('customerStore');
  store.refuses = undefined;
  await begun();
});

it('[DC5] leaves nothing there of a beginning that is refused after the store took it', async () => {
  const speaks = (languages: string) => world.sql(`UPDATE site SET languages = '${languages}'`);
  store.beforeTaking = async (path) => {
    if (path.includes('/lines/')) await speaks('{de}');
  };
  const refused = await mira.visitor().catch((error: Error) => error.message);
  store.beforeTaking = () => Promise.resolve();
  await speaks('{en}');
  expect(refused).toContain('language');
  const [, , engagementId = ''] = store.puts.at(-1)?.path.split('/') ?? [];
  expect(store.erased).toContain(engagementId);
  expect(store.heldOf(engagementId)).toEqual([]);
});

it('[DC5] has a beginning erased that the store took in part, and that its visitor gave up', async () => {
  store.beforeTaking = async (path) => {
    store.refusesAt = { path: `${path}/lines/1`, status: 503 };
  };
  const refused = await mira.visitor().catch((error: Error) => error.message);
  store.beforeTaking = () => Promise.resolve();
  expect(refused).toContain('customerStore');
  const [, , engagementId = ''] = store.puts.at(-1)?.path.split('/') ?? [];
  await world.records.takeBackBeginnings();
  expect(store.heldOf(engagementId), 'its page may try again').toHaveLength(1);
  await world.sql("UPDATE store_beginning SET asked_at = asked_at - interval '25 hours'");
  expect(await isAlarmed(), '[DC8]').toBe(true);
  store.refusesAt = undefined;
  const swept = async () => {
    await world.records.takeBackBeginnings();
    return store.heldOf(engagementId);
  };
  await expect.poll(swept, { timeout: 10_000 }).toEqual([]);
  expect(await world.sql('SELECT 1 FROM store_beginning')).toEqual([]);
  expect(await isAlarmed()).toBe(false);
});

it('[DC5] begins by nothing that is being taken back at that moment, and by it again once it is gone there', async () => {
  const visitor = new Visitor(mira);
  const { engagementId } = visitor;
  store.refusesAt = { path: `/engagements/${engagementId}/lines/1`, status: 503 };
  await visitor.start();
  store.refusesAt = undefined;
  const sweeping = new Client({ connectionString: world.postgres.url('owner') });
  await sweeping.connect();
  await sweeping.query('BEGIN');
  await sweeping.query('UPDATE store_beginning SET taken_back = true');
  const again = visitor.start();
  const waits =
    "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%store_beginning%'";
  await expect.poll(() => world.sql(waits)).toHaveLength(1);
  await sweeping.query('COMMIT');
  await sweeping.end();
  expect((await again).body.refusal).toEqual({ code: 'storageUnavailable', detail: 'customerStore' });
  expect(await world.sql('SELECT taken_back FROM store_beginning')).toEqual([{ taken_back: true }]);
  const swept = async () => {
    await world.records.takeBackBeginnings();
    return store.heldOf(engagementId);
  };
  await expect.poll(swept, { timeout: 10_000 }).toEqual([]);
  expect((await visitor.start()).status).toBe(200);
  expect(store.heldOf(engagementId)).toHaveLength(2);
});

it('[DC5] erases nothing there of what has begun, and what came there after its note was gone', async () => {
  const here = await begun();
  const late = new Visitor(mira);
  store.beforeTaking = async (path) => {
    if (!path.includes('/lines/')) return;
    store.beforeTaking = () => Promise.resolve();
    // As one that is sent to two processes at once leaves it.
    await world.sql(`INSERT INTO store_beginning SELECT (jsonb_populate_record(b,
      '{"engagement_id": "${here.engagementId}"}')).* FROM store_beginning b`);
    // It takes so long that what it was asked to take is swept meanwhile.
    await world.sql("UPDATE store_beginning SET asked_at = asked_at - interval '1 day'");
    await world.records.takeBackBeginnings();
  };
  expect((await late.start()).body.refusal.detail).toBe('customerStore');
  expect(await world.sql('SELECT 1 FROM store_beginning')).toEqual([]);
  expect([here, late].map(({ engagementId }) => store.heldOf(engagementId).length)).toEqual([2, 0]);
});

it('[DC4] reads the history from the store, and says whose it is while that does not answer', async () => {
  const visitor = await mira.visitor({ text: 'canary-read' });
  await accept(visitor);
  const { engagementId } = visitor;
  const path = '/v1/engagements/lines?after=0';
  expect((await visitor.get(path)).body.lines).toMatchObject([{ number: 1, text: 'canary-read' }]);
  const own = await aki.get(`/api/engagements/${engagementId}/lines?after=0`);
  expect(own.body.lines).toMatchObject([{ text: 'canary-read' }]);
  const record = await mira.officer.get(`/api/engagements/${engagementId}`);
  expect(record.body).toMatchObject({ heldBy: 'Hazel archive', transcript: [{ text: 'canary-read' }] });
  store.refuses = 503;
  expect((await visitor.get(path)).body.lines).toMatchObject([{ number: 1, text: '', held: true }]);
  store.refuses = undefined;
  store.tellsBeginnings = false;
  await deliver(visitor, 'one');
  const failures = failuresOfStore();
  expect((await visitor.post('/v1/engagements/return')).body).toMatchObject({ phase: 'active' });
  expect(failuresOfStore(), 'a store that does not know the question is not one that is down').toBe(failures);
  await deliver(visitor, 'two');
  store.tellsBeginnings = true;
  const receipt = await visitor.get('/v1/engagements/receipt');
  expect(receipt.body.held[0]).toMatchObject({ rows: 3, heldBy: { name: 'Hazel archive', country: 'FI' } });
});

it('[DC5] has what is erased here erased there, also when the store was down', async () => {
  const visitor = await begun();
  const { engagementId } = visitor;
  store.refuses = 503;
  expect((await visitor.post('/v1/engagements/erase')).status).toBe(200);
  expect(await isAlarmed()).toBe(false);
  const old = `UPDATE erasure SET at = at - interval '25 hours' WHERE engagement_id = '${engagementId}'`;
  await world.sql(old);
  expect(await isAlarmed(), '[DC8]').toBe(true);
  store.refuses = undefined;
  const told = () => world.sql(`SELECT told_at FROM erasure WHERE engagement_id = '${engagementId}'`);
  const swept = async () => {
    await world.records.purge();
    return (await told())[0];
  };
  await expect.poll(swept, { timeout: 10_000 }).toEqual({ told_at: expect.any(Date) });
  expect(store.erased).toContain(engagementId);
  expect(await isAlarmed()).toBe(false);
});

it('[DC5] has the others erased there where the store cannot erase one', async () => {
  const [first, ...others] = [await begun(), await begun(), await begun()];
  if (first === undefined) throw new Error('nobody');
  store.refusesAt = { path: `/engagements/${first.engagementId}`, status: 409 };
  for (const visitor of [first, ...others]) await visitor.post('/v1/engagements/erase');
  const erased = async () => {
    await world.records.purge();
    return others.every(({ engagementId }) => store.erased.includes(engagementId));
  };
  await expect.poll(erased, { timeout: 15_000, interval: 400 }).toBe(true);
  expect(store.erased).not.toContain(first.engagementId);
  store.refusesAt = undefined;
});

it('[DC7] puts a correction there, and takes away there what an objection took away here', async () => {
  const visitor = await begun();
  const { engagementId } = visitor;
  await accept(visitor);
  await line.append(entry({ type: 'ended', engagementId, by: 'visitor', reason: 'visitorEnded' } as never));
  const answers = [{ questionId: 'overall', kind: 'rating', value: 2 }];
  expect((await visitor.post('/v1/engagements/survey', { version: 1, answers })).status).toBe(200);
  const work = async (start: object) => {
    const { caseId } = (await visitor.post('/v1/engagements/cases', start)).body;
    const act = (body: object) => mira.officer.post(`/api/rights/${caseId}/acts`, body);
    for (const body of [{ act: 'take' }, { act: 'answer', outcome: 'granted', text: 'Yes.' }])
      expect((await act(body)).status).toBe(200);
    return { caseId, execute: async () => (await act({ act: 'execute' })).status };
  };
  const corrected = await work({ kind: 'rectification', details: 'My name is Mira.' });
  store.refuses = 503;
  expect(await corrected.execute()).toBe(503);
  store.refuses = undefined;
  const waiting = await mira.officer.get(`/api/rights/${corrected.caseId}`);
  expect(waiting.body, 'what the store did not take is still to be done').toMatchObject({
    state: 'answered',
  });
  await expect.poll(corrected.execute, { timeout: 10_000 }).toBe(200);
  const put = store.puts.findLast(({ path }) => path.startsWith(`/engagements/${engagementId}/corrections/`));
  expect(put?.body).toMatchObject({ text: 'My name is Mira.' });
  const of = `WHERE engagement_id = '${engagementId}'`;
  expect(await world.sql(`SELECT text, delivered_at FROM correction ${of}`)).toEqual([
    { text: null, delivered_at: expect.any(Date) },
  ]);
  const keep = `UPDATE correction SET text = 'kept', delivered_at = NULL ${of}`;
  await expect(world.sql(keep)).rejects.toThrow(/not kept here/);
  const exported = (await visitor.get('/v1/engagements/export')).body;
  expect(exported.corrections).toMatchObject([{ text: '', held: true }]);
  const objected = await work({ kind: 'objection', objectsTo: 'feedback' });
  expect(await objected.execute()).toBe(200);
  expect(await world.sql(`SELECT 1 FROM survey_answers ${of}`)).toEqual([]);
  const swept = async () => {
    await world.records.purge();
    return store.erased;
  };
  await expect.poll(swept, { timeout: 10_000 }).toContain(`${engagementId}/answers`);
  expect(store.erased).not.toContain(engagementId);
  // What was said can still be erased, and is told of by itself.
  expect((await visitor.post('/v1/engagements/erase')).status).toBe(200);
  await expect.poll(swept, { timeout: 10_000 }).toContain(engagementId);
});

it('[DC5] leaves nothing there of a line and of answers that the store took after they were erased', async () => {
  const said = await begun();
  await accept(said);
  const answering = await begun();
  await accept(answering);
  await line.append(
    entry({
      type: 'ended',
      engagementId: answering.engagementId,
      by: 'visitor',
      reason: 'visitorEnded',
    } as never),
  );
  const late: readonly (readonly [Visitor, () => Promise<unknown>])[] = [
    [said, () => say(said, 'too late')],
    [answering, () => answering.post('/v1/engagements/survey', { version: 1, answers: ratingOf(2) })],
  ];
  for (const [visitor, send] of late) {
    const { engagementId } = visitor;
    store.beforeTaking = async () => {
      store.beforeTaking = () => Promise.resolve();
      expect((await visitor.post('/v1/engagements/erase')).status).toBe(200);
      await expect.poll(() => store.heldOf(engagementId)).toEqual([]);
    };
    await send();
    await expect
      .poll(
        () =>
          store.at(`/engagements/${engagementId}/lines/2`) ??
          store.at(`/engagements/${engagementId}/answers`),
      )
      .toBeDefined();
    await expect.poll(() => store.heldOf(engagementId)).toEqual([]);
  }
});

it('[DC1] has there the answers that were kept, of two that come at once', async () => {
  const visitor = await begun();
  const { engagementId } = visitor;
  await accept(visitor);
  await line.append(entry({ type: 'ended', engagementId, by: 'visitor', reason: 'visitorEnded' } as never));
  const rate = (value: number) =>
    visitor.post('/v1/engagements/survey', { version: 1, answers: ratingOf(value) });
  const path = `/engagements/${engagementId}/answers`;
  const first = rate(1);
  // The first is at the store when the second one comes.
  const second = new Promise<Answer>((resolve) => {
    store.beforeTaking = async () => {
      store.beforeTaking = () => Promise.resolve();
      resolve(rate(5));
    };
  });
  expect([(await first).status, (await second).status]).toEqual([200, 409]);
  expect(store.at(path).answers).toEqual(ratingOf(1));
});

it('[RC4] [DC6] delivers nothing on evidence that has run out', async () => {
  const visitor = await begun();
  lapsed = visitor;
  await accept(visitor);
  line.tell({ calls: { state: 'ready' }, staffedSites: [mira.siteId as never] });
  await expect.poll(async () => (await config()).staffed).toBe(true);
  const endsIn = (days: number) =>
    world.sql('UPDATE recipient SET evidence_until = current_date + $1::int WHERE recipient_id = $2', [
      ...[days, recipientId],
    ]);
  const alarms = async () =>
    (await mira.officer.get('/api/customer')).body.missing.filter((each: string) =>
      each.startsWith('recipient'),
    );
  await endsIn(31);
  expect(await alarms()).toEqual([]);
  await endsIn(29);
  expect(await alarms()).toEqual(['recipientExpiring']);
  await endsIn(-2);
  expect(await alarms()).toEqual(['recipientExpired']);
  const asked = store.asked;
  // Nobody tries again what is refused for good.
  expect(await say(visitor, 'late')).toEqual({
    ok: false,
    refusal: { code: 'wrongState', detail: 'deliverTo' },
  });
  expect((await mira.visitor().catch((error: Error) => error.message)) as string).toContain('deliverTo');
  // Whoever is there could not help: the page does not offer it.
  expect((await config()).staffed).toBe(false);
  expect(store.asked).toBe(asked);
  expect(await world.records.endLapsed()).toBeGreaterThan(0);
  expect((await visitor.post('/v1/engagements/return')).body).toMatchObject({ phase: 'wrapUp' });
});

it('[DC5] tells a store that receives nothing any more what to erase, and waits for no other one', async () => {
  const visitor = lapsed;
  const { engagementId } = visitor;
  // One that is gone for good, and came first.
  const gone = `INSERT INTO recipient SELECT (jsonb_populate_record(r, jsonb_build_object('recipient_id', $2::uuid,
    'endpoint', 'https://127.0.0.1/'))).* FROM recipient r WHERE recipient_id = $1`;
  const goneId = '00000000-0000-4000-8000-000000000001';
  await world.sql(gone, [recipientId, goneId]);
  const owed = `INSERT INTO erasure SELECT (jsonb_populate_record(e, jsonb_build_object('erasure_id', gen_random_uuid(),
    'engagement_id', gen_random_uuid(), 'recipient_id', $1::uuid, 'told_at', null))).* FROM erasure e LIMIT 1`;
  await world.sql(owed, [goneId]);
  expect((await visitor.post('/v1/engagements/erase')).status).toBe(200);
  const erased = async () => {
    await world.records.purge();
    return store.erased;
  };
  await expect.poll(erased, { timeout: 10_000 }).toContain(engagementId);
});

/** Tables of which a row says the word anywhere. */
async function bodiesHeld(word: string): Promise<readonly string[]> {
  const tables = await world.sql<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  expect(tables.length).toBeGreaterThan(30);
  const held: string[] = [];
  for (const { name } of tables) {
    const rows = await world.sql(`SELECT 1 FROM ${name} t WHERE to_jsonb(t)::text LIKE '%${word}%' LIMIT 1`);
    if (rows.length > 0) held.push(name);
  }
  return held;
}
