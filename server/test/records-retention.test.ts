/** What goes when its months are over, what stays, and what is shown on the way. */
import { randomUUID } from 'node:crypto';
import type { EngagementId } from '@alongside/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entry, type JournalLine } from './journal-line.js';
import type { Customer, Person, Visitor } from './records-customer.js';
import { World } from './records-world.js';
import { monthsAgo, shelve } from './shelved-months.js';

const DAY_MS = 86_400_000;

let world: World;
let line: JournalLine;
let own: Customer;
let other: Customer;

beforeAll(async () => {
  world = await World.start();
  line = await world.line();
  own = await world.customer('Hazel');
  other = await world.customer('Birch');
});
afterAll(() => world?.stop());

const count = async (table: string, visitor: Visitor) => {
  const statement = `SELECT count(*)::int AS rows FROM ${table} WHERE engagement_id = $1`;
  const [row] = await world.sql<{ rows: number }>(statement, [visitor.engagementId]);
  return row?.rows;
};

const factTables = [
  'journal_entry',
  'consent_entry',
  'lease',
  'watch',
  'delivery',
  'call',
  'call_sample',
  'call_presence',
  'call_expert',
  'connection',
];

interface Held {
  readonly class: string;
  readonly keptUntil: number;
}

/** Signed in anew: no session lasts as long as the records do. */
async function recordOf(customer: Customer, engagementId: string) {
  const body = { email: customer.officer.email, password: 'a long enough sentence' };
  const { accessToken } = (await world.ask('POST', '/api/session', { body })).body;
  const headers = { authorization: `Bearer ${accessToken}` };
  return (await world.ask('GET', `/api/engagements/${engagementId}`, { headers })).body;
}

it('purges class by class, each at its own time, and leaves receipts', async () => {
  const term = { name: 'Hazel', country: 'FI', privacyContact: 'p@hazel.example' };
  await own.officer.put('/api/customer', {
    ...term,
    retentionMonths: { transcript: 2, survey: 1, metadata: 1 },
  });
  const visitor = await own.visitor({ name: 'Mira' });
  const kept = await other.visitor();
  const engagementId = visitor.engagementId as EngagementId;
  await line.append(entry({ type: 'disconnected', engagementId, party: 'visitor' }));
  const agent = await own.agent('Aki');
  await line.append(entry({ type: 'accepted', engagementId, agentId: agent.agentId as never }));
  const call = { engagementId, callId: 'call-1' } as const;
  await line.append(entry({ type: 'callStarted', ...call, media: 'voice', by: 'visitor' }));
  await line.append(entry({ type: 'callEnded', ...call, by: 'agent', durationMs: 5 }));
  await line.append(entry({ type: 'ended', engagementId, by: 'visitor', reason: 'visitorEnded' }));
  const answers = { version: 1, answers: [{ questionId: 'overall', kind: 'rating', value: 4 }] };
  expect((await visitor.post('/v1/engagements/survey', answers)).status).toBe(200);
  const told = (await visitor.get('/v1/engagements/receipt')).body.held as readonly Held[];
  const toldUntil = Object.fromEntries(told.map((each) => [each.class, each.keptUntil]));

  expect(await world.records.purge()).toBe(0);
  // A minute before the date that the visitor was told all is there, and a minute after it nothing is.
  const minute = 60_000;
  world.aheadMs = (toldUntil.metadata ?? 0) - Date.now() - minute;
  await world.records.purge();
  const tables = ['survey_answers', 'connection', 'call'];
  expect(await Promise.all(tables.map((table) => count(table, visitor)))).toEqual([1, 1, 1]);
  world.aheadMs += 2 * minute;
  await world.records.purge();
  expect(await count('chat_line', visitor)).toBe(1);
  for (const table of ['survey_answers', ...factTables]) expect(await count(table, visitor), table).toBe(0);
  // What the transcript hangs on is left, and says nothing of what happened but when it was over.
  const [left] = await world.sql('SELECT * FROM engagement WHERE engagement_id = $1', [engagementId]);
  expect(left).toMatchObject({
    tenant_id: own.tenantId,
    phase: 'closed',
    language: '',
    notice_version: 0,
    return_hash: '',
    accepted_at: null,
    closed_at: null,
    ended_by: null,
    end_reason: null,
    agent_country: null,
    node_id: null,
  });
  expect(left?.requested_at).toEqual(left?.ended_at);
  const record = await recordOf(own, engagementId);
  expect([record.metadata, record.survey, record.transcript.length]).toEqual([[], undefined, 1]);
  expect(record.keptUntil).toEqual(toldUntil);
  world.aheadMs = (toldUntil.transcript ?? 0) - Date.now() + minute;
  expect(await world.records.purge()).toBeGreaterThan(1);
  for (const table of ['chat_line', 'introduction', 'engagement', 'connection', 'journal_entry']) {
    expect(await count(table, visitor), table).toBe(0);
  }
  expect(await count('chat_line', kept)).toBe(1);
  const receipts = await world.sql<{ data_class: string; purged_rows: number }>(
    'SELECT data_class, purged_rows FROM purge_receipt WHERE tenant_id = $1 ORDER BY at',
    [own.tenantId],
  );
  // Of the metadata the facts go before the audit, which leaves a receipt of its own; so does what was read since.
  expect(receipts.map((each) => each.data_class)).toEqual([
    'survey',
    'metadata',
    'metadata',
    'transcript',
    'metadata',
  ]);
  // The answers; the engagement with its agent, connection, call and five journal entries; the line and who wrote it.
  expect([receipts[0], receipts[1], receipts[3]].map((each) => each?.purged_rows)).toEqual([1, 9, 2]);
  expect(await world.sql('SELECT 1 FROM audit_entry WHERE tenant_id = $1', [own.tenantId])).toEqual([]);
  expect(await world.sql('SELECT 1 FROM refresh_token')).toEqual([]);
  world.aheadMs = 0;
});

it('[RE1] lets a longer term hold for who comes after it, and for others what they were told', async () => {
  const customer = await world.customer('Willow');
  const term = (months: number) =>
    customer.officer.put('/api/customer', {
      ...{ name: 'Willow', country: 'FI', privacyContact: 'p@willow.example' },
      retentionMonths: { transcript: months, survey: months, metadata: months },
    });
  const came = async () => {
    const visitor = await customer.visitor();
    const engagementId = visitor.engagementId as EngagementId;
    await line.append(entry({ type: 'ended', engagementId, by: 'visitor', reason: 'visitorEnded' }));
    const held = async () => (await visitor.get('/v1/engagements/receipt')).body.held as readonly Held[];
    return { visitor, held, told: await held() };
  };
  await term(4);
  await term(1);
  const before = await came();
  expect((await term(3)).status).toBe(200);
  const [told] = await world.sql('SELECT former_terms FROM customer WHERE tenant_id = $1', [
    customer.tenantId,
  ]);
  expect(told, 'the shortest alone, of each class').toMatchObject({
    former_terms: ['transcript', 'survey', 'metadata'].map((dataClass) => ({ dataClass, months: 1 })),
  });
  const after = await came();
  expect(await before.held()).toEqual(before.told);
  const [first] = before.told;
  const left = async () => {
    await world.records.purge();
    return Promise.all([before, after].map(({ visitor }) => count('chat_line', visitor)));
  };
  world.aheadMs = (first?.keptUntil ?? 0) - Date.now() - 60_000;
  expect(await left()).toEqual([1, 1]);
  world.aheadMs += 120_000;
  expect(await left()).toEqual([0, 1]);
  const rows = await world.sql(
    "SELECT DISTINCT months FROM purge_receipt WHERE tenant_id = $1 AND data_class = 'transcript'",
    [customer.tenantId],
  );
  expect(rows).toEqual([{ months: 1 }]);
  world.aheadMs = 0;
});

it('keeps nothing longer than the caps, whatever an officer asks', async () => {
  world.aheadMs = 0;
  own = await world.customer('Rowan');
  other = await world.customer('Alder');
  const term = { name: 'Hazel', country: 'FI' };
  for (const retentionMonths of [
    { transcript: 25, survey: 3, metadata: 3 },
    { transcript: 3, survey: 25, metadata: 3 },
    { transcript: 3, survey: 3, metadata: 13 },
    { transcript: 0, survey: 3, metadata: 3 },
  ]) {
    expect((await own.officer.put('/api/customer', { ...term, retentionMonths })).status).toBe(400);
  }
});

it('lets a return secret live for a day', async () => {
  await own.officer.put('/api/customer', { name: 'Hazel', country: 'FI', privacyContact: 'p@hazel.example' });
  const visitor = await own.visitor();
  world.aheadMs = 23 * 3_600_000;
  expect((await visitor.get('/v1/engagements/receipt')).status).toBe(200);
  world.aheadMs = 24 * 3_600_000 + 1000;
  expect((await visitor.get('/v1/engagements/receipt')).status).toBe(401);
  world.aheadMs = 0;
  const hash = async () => {
    await world.records.purge();
    const text = 'SELECT return_hash FROM engagement WHERE engagement_id = $1';
    return (await world.sql<{ return_hash: string }>(text, [visitor.engagementId]))[0]?.return_hash;
  };
  expect(await hash()).toHaveLength(43);
  const over = 'UPDATE engagement SET return_until = clock_timestamp() WHERE engagement_id = $1';
  await world.sql(over, [visitor.engagementId]);
  expect(await hash()).toBe('');
});

it('reads no records in a country without a basis', async () => {
  await own.visitor({ name: 'Mira' });
  const far = await own.agent('Far', { roles: ['officer'], country: 'IN' });
  const answer = await far.get('/api/engagements');
  expect([answer.status, answer.body.refusal]).toEqual([
    403,
    { code: 'transferRefused', detail: 'NO_BASIS' },
  ]);
});

const isThere = async (table: string, month: string) => {
  const name = `${table}_${month.slice(0, 7).replace('-', '_')}`;
  const [found] = await world.sql<{ name: string | null }>('SELECT to_regclass($1)::text AS name', [name]);
  return found?.name !== null;
};

const countAll = async (table: string, ids: readonly string[]) => {
  const text = `SELECT count(*)::int AS rows FROM ${table} WHERE engagement_id = ANY($1::uuid[])`;
  return (await world.sql<{ rows: number }>(text, [ids]))[0]?.rows;
};

const receipts = (customer: Customer) =>
  world.sql<{ data_class: string; purged_rows: number; months: number }>(
    `SELECT data_class, purged_rows, months FROM purge_receipt WHERE tenant_id = $1 AND shelf = $2 ORDER BY data_class`,
    [customer.tenantId, monthsAgo(5)],
  );

const shelvedTables = ['chat_line', 'journal_entry', 'connection'];

describe('reviews', () => {
  const missing = async () => (await own.officer.get('/api/customer')).body.missing as readonly string[];
  const inMonths = (months: number) => monthsAgo(-months);

  it('that nobody made within a year alarm the officers, and end the alarm', async () => {
    const { createdAt } = (
      await world.sql<{ createdAt: Date }>(
        'SELECT created_at AS "createdAt" FROM customer WHERE tenant_id = $1',
        [own.tenantId],
      )
    )[0] ?? { createdAt: new Date() };
    expect((await missing()).filter((each) => each.startsWith('retention:'))).toEqual([]);
    const setCreated = 'UPDATE customer SET created_at = $2 WHERE tenant_id = $1';
    await world.sql(setCreated, [own.tenantId, new Date(createdAt.getTime() - 370 * DAY_MS)]);
    const all = ['retention:transcript', 'retention:survey', 'retention:metadata'];
    expect((await missing()).filter((each) => each.startsWith('retention:'))).toEqual(all);
    const review = (body: object) => own.officer.post('/api/retention/reviews', body);
    const right = { dataClass: 'survey', months: 3, nextOn: inMonths(6) };
    expect((await review({ ...right, months: 4 })).body.refusal).toEqual({
      code: 'conflict',
      detail: 'months',
    });
    expect((await review({ ...right, nextOn: inMonths(14) })).body.refusal.detail).toBe('nextOn');
    expect((await review({ ...right, nextOn: monthsAgo(1) })).body.refusal.detail).toBe('nextOn');
    const { terms } = (await review(right)).body;
    expect(terms[1]).toMatchObject({
      ...{ dataClass: 'survey', overdue: false, reviewDue: Date.parse(inMonths(6)) },
      reviewed: { by: 'Rowan officer', months: 3 },
    });
    expect((await missing()).filter((each) => each.startsWith('retention:'))).toEqual([all[0], all[2]]);
    expect((await own.officer.get('/api/audit')).body[0]).toMatchObject({
      ...{ action: 'retention.reviewed', subject: 'survey' },
    });
    await world.sql(setCreated, [own.tenantId, createdAt]);
  });
});

describe('statistics', () => {
  const cellsOf = async (person: Person) => (await person.get('/api/statistics')).body.cells;

  it('[ST1] [ST2] [ST5] [ST6] [ST9] show finished months once, and nothing of fewer than ten', async () => {
    const cedar = await world.customer('Cedar');
    await world.sql("UPDATE customer SET created_at = $2::date + interval '9 days' WHERE tenant_id = $1", [
      ...[cedar.tenantId, monthsAgo(2)],
    ]);
    await world.sql('UPDATE site SET created_at = $2::date WHERE tenant_id = $1', [
      cedar.tenantId,
      monthsAgo(2),
    ]);
    await shelve(world, cedar, { month: monthsAgo(2), engagements: 9, lines: 1 });
    const ids = await shelve(world, cedar, { month: monthsAgo(1), engagements: 24, lines: 1 });
    await world.sql(
      "UPDATE engagement SET accepted_at = requested_at + interval '40 seconds' WHERE engagement_id = ANY($1::uuid[])",
      [ids.slice(0, 12)],
    );
    await world.records.purge();
    const cell = { siteId: cedar.siteId, siteName: 'Cedar shop' };
    const figures = { engagements: 24, accepted: 12 };
    const shown = [
      { month: monthsAgo(1).slice(0, 7), ...cell, figures, waitMs: 40_000 },
      { month: monthsAgo(2).slice(0, 7), ...cell, figures: {} },
    ];
    expect(await cellsOf(cedar.officer)).toEqual(shown);
    // Whoever comes later to a month that was counted could be worked out from a second count.
    await shelve(world, cedar, { month: monthsAgo(1), engagements: 1, lines: 1 });
    await world.records.purge();
    expect(await cellsOf(cedar.officer)).toEqual(shown);
    const supervisor = await cedar.agent('Sam', { roles: ['supervisor'] });
    expect(await cellsOf(supervisor)).toEqual(shown);
    expect(await cellsOf(await cedar.agent('Sue', { roles: ['supervisor'], siteIds: [] }))).toEqual([]);
    expect((await (await cedar.agent('Aki')).get('/api/statistics')).status).toBe(403);
  });

  it('[ST8] leave out what was suspended when its basis lapsed', async () => {
    const elm = await world.customer('Elm');
    const created = 'UPDATE customer SET created_at = $2::date WHERE tenant_id = $1';
    await world.sql(created, [elm.tenantId, monthsAgo(1)]);
    await world.sql(created.replace('customer', 'site'), [elm.tenantId, monthsAgo(1)]);
    const ids = await shelve(world, elm, { month: monthsAgo(1), engagements: 24, lines: 1 });
    const [of] = await world.sql<{ decision_id: string }>(
      'SELECT transcript_decision_id AS decision_id FROM engagement WHERE engagement_id = $1',
      [ids[0]],
    );
    // Eleven of them rest on a copy of their decision, which lapsed.
    const lapsed = randomUUID();
    await world.sql(
      `INSERT INTO transfer_decision SELECT (jsonb_populate_record(d, jsonb_build_object('decision_id', $2::text,
          'inputs_sha256', 'lapsed'))).* FROM transfer_decision d WHERE decision_id = $1`,
      [of?.decision_id, lapsed],
    );
    await world.sql(
      'UPDATE engagement SET transcript_decision_id = $2 WHERE engagement_id = ANY($1::uuid[])',
      [ids.slice(0, 11), lapsed],
    );
    await world.sql(
      `INSERT INTO lapse (lapse_id, tenant_id, decision_id, cause, made_at, began_at, state, deadline, row_count)
        VALUES (gen_random_uuid(), $1, $2, 'NO_BASIS', now(), now(), 'SUSPENDED', now() + interval '30 days', 11)`,
      [elm.tenantId, lapsed],
    );
    await world.records.purge();
    expect(await cellsOf(elm.officer)).toMatchObject([{ figures: { engagements: 13 } }]);
  });

  it('[ST2] [ST8] the table takes no figure below ten, and leads to nobody', async () => {
    const insert =
      'INSERT INTO month_figures (tenant_id, site_id, month, engagements) VALUES ($1, $2, $3, $4)';
    const values = [own.tenantId, own.siteId, '2001-01-01'];
    await expect(world.sql(insert, [...values, 9])).rejects.toMatchObject({ code: '23514' });
    const references = await world.sql<{ name: string }>(
      "SELECT confrelid::regclass::text AS name FROM pg_constraint WHERE conrelid = 'month_figures'::regclass AND contype = 'f' ORDER BY 1",
    );
    expect(references.map(({ name }) => name)).toEqual(['customer', 'site']);
  });
});

describe('shelves', () => {
  it('what is written now lies on the shelf of this month', async () => {
    const { engagementId } = await own.visitor();
    const [row] = await world.sql<{ shelf: string }>(
      'SELECT tableoid::regclass::text AS shelf FROM chat_line WHERE engagement_id = $1',
      [engagementId],
    );
    expect(row?.shelf).toBe(`chat_line_${monthsAgo(0).slice(0, 7).replace('-', '_')}`);
  });

  it('a month whose terms are over goes as a whole, with a receipt for each customer', async () => {
    const month = monthsAgo(5);
    const ids = await shelve(world, own, { month, engagements: 2, lines: 3 });
    const others = await shelve(world, other, { month, engagements: 1, lines: 4 });
    // A line that is gone already is on no receipt, though it was numbered.
    await world.sql('DELETE FROM chat_line WHERE engagement_id = $1 AND number = 2', [ids[0]]);
    expect(await world.records.purge()).toBeGreaterThan(19);
    for (const table of shelvedTables) expect(await isThere(table, month), table).toBe(false);
    for (const table of [...shelvedTables, 'engagement'])
      expect(await countAll(table, [...ids, ...others]), table).toBe(0);
    expect(await receipts(own)).toEqual([
      { data_class: 'transcript', purged_rows: 5, months: 3 },
      { data_class: 'metadata', purged_rows: 8, months: 3 },
    ]);
    expect((await receipts(other)).map((each) => each.purged_rows)).toEqual([4, 5]);
  });

  it('a customer with a longer term keeps the month, and another one’s rows go all the same', async () => {
    const month = monthsAgo(7);
    const retentionMonths = { transcript: 12, survey: 3, metadata: 3 };
    const term = { name: 'Alder', country: 'FI', privacyContact: 'p@alder.example' };
    const edited = await other.officer.put('/api/customer', { ...term, retentionMonths });
    expect(edited.status).toBe(200);
    // As if it had been so from the beginning: visitors of before would keep what they were told.
    await world.sql("UPDATE customer SET former_terms = '[]' WHERE tenant_id = $1", [other.tenantId]);
    const ids = await shelve(world, own, { month, engagements: 2, lines: 2 });
    const kept = await shelve(world, other, { month, engagements: 2, lines: 2 });
    await world.records.purge();
    expect(await countAll('chat_line', ids)).toBe(0);
    expect(await countAll('chat_line', kept)).toBe(4);
    // Its technical facts have a term of their own, which is over for both.
    expect([await isThere('chat_line', month), await isThere('connection', month)]).toEqual([true, false]);
  });

  it('the app role drops nothing that is not due, and touches no shelf past its table', async () => {
    const month = monthsAgo(1);
    const ids = await shelve(world, own, { month, engagements: 1, lines: 1 });
    const drop = 'SELECT drop_shelf($1, $2::date, now()) AS rows';
    expect(await world.sql(drop, ['transcript', month], 'app')).toEqual([{ rows: null }]);
    expect(await world.sql(drop, ['transcript', monthsAgo(0)], 'app')).toEqual([{ rows: null }]);
    expect(await world.sql(drop, ['account', month], 'app')).toEqual([{ rows: null }]);
    expect(await countAll('chat_line', ids)).toBe(1);
    const shelf = `chat_line_${month.slice(0, 7).replace('-', '_')}`;
    for (const text of [
      `SELECT 1 FROM ${shelf}`,
      `DELETE FROM ${shelf}`,
      'SELECT 1 FROM chat_line_rest',
      `DROP TABLE ${shelf}`,
      `SELECT make_shelf('chat_line', '2001-01-01')`,
    ]) {
      await expect(world.sql(text, [], 'app'), text).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('a month goes with the last of its terms, though that began before another', async () => {
    const month = '2020-01-01';
    const ids = await shelve(world, own, { month, engagements: 2, lines: 2 });
    await world.sql('UPDATE customer SET transcript_months = 3 WHERE tenant_id = $1', [own.tenantId]);
    // The 31st of April is its 30th: what ended later is over earlier.
    for (const [at, end] of ['2020-01-30T23:00Z', '2020-01-31T01:00Z'].entries())
      await world.sql('UPDATE engagement SET ended_at = $2 WHERE engagement_id = $1', [ids[at], end]);
    const drop = (until: string) =>
      world.sql('SELECT drop_shelf($1, $2::date, $3) AS rows', ['transcript', month, until], 'app');
    expect(await drop('2020-04-30T01:30Z')).toEqual([{ rows: null }]);
    expect(await drop('2020-04-30T22:59Z')).toEqual([{ rows: null }]);
    expect(await drop('2020-04-30T23:00Z')).toEqual([{ rows: 4 }]);
    await world.records.purge();
  });

  it('a hold keeps its own rows: the others go row by row, and the month when the hold ends', async () => {
    const month = monthsAgo(6);
    const [held = '', ...free] = await shelve(world, own, { month, engagements: 3, lines: 2 });
    const until = new Date(Date.now() + 20 * DAY_MS).toISOString().slice(0, 10);
    const hold = { engagementId: held, caseReference: 'case 7', law: 'Civil code 12', until };
    expect((await own.officer.post('/api/holds', hold)).status).toBe(200);
    await world.records.purge();
    for (const table of shelvedTables) expect(await countAll(table, free), table).toBe(0);
    expect(await countAll('chat_line', [held])).toBe(2);
    expect(await isThere('chat_line', month)).toBe(true);
    world.aheadMs = 21 * DAY_MS;
    await world.records.purge();
    world.aheadMs = 0;
    expect(await isThere('chat_line', month)).toBe(false);
    for (const table of [...shelvedTables, 'engagement'])
      expect(await countAll(table, [held]), table).toBe(0);
  });
});

it('takes the audit trail away batch by batch, each with its receipt, up to the first entry that stays', async () => {
  const { tenantId } = await world.customer('Elm');
  const old = "now() - interval '20 months'";
  const begun = await world.sql(
    `UPDATE audit_entry SET at = ${old} WHERE tenant_id = $1 RETURNING audit_id`,
    [tenantId],
  );
  const add = (rows: number, at: string) =>
    world.sql(
      `INSERT INTO audit_entry SELECT (jsonb_populate_record(a, jsonb_build_object('audit_id', gen_random_uuid(), 'at', ${at}))).*
        FROM audit_entry a, generate_series(1, $2::int) WHERE number = (SELECT max(number) FROM audit_entry WHERE tenant_id = $1) AND tenant_id = $1`,
      [tenantId, rows],
    );
  await add(400, old);
  await add(1, 'now()');
  await add(1, old);
  await world.records.purge();
  expect(await world.sql('SELECT 1 FROM audit_entry WHERE tenant_id = $1', [tenantId])).toHaveLength(2);
  const receipts = await world.sql<{ purged_rows: number }>(
    "SELECT purged_rows FROM purge_receipt WHERE tenant_id = $1 AND data_class = 'metadata' ORDER BY at",
    [tenantId],
  );
  const rows = receipts.map((each) => each.purged_rows);
  expect(rows[0]).toBe(200);
  expect(rows.reduce((sum, each) => sum + each, 0)).toBe(400 + begun.length);
});
