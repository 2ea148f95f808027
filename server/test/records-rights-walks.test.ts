/**
 * Whatever happens in whatever order to engagements, their cases and their holds: what was erased never comes back, what
 * was to go goes when nothing keeps it, and whoever asked is told.
 */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entry, type JournalLine } from './journal-line.js';
import { type Customer, type Person, SHOP, type Visitor } from './records-customer.js';
import { World } from './records-world.js';

const SEEDS = process.env.TEST_FULL ? [1, 2, 3, 4, 5, 6] : [2];
const STEPS = 25;
const bodies = ['chat_line', 'introduction', 'survey_answers', 'correction'];
const tomorrow = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

let world: World;
let line: JournalLine;
let own: Customer;
let agent: Person;
/** That the walks came to what they are about. */
const seen = { erased: 0, held: 0 };

beforeAll(async () => {
  world = await World.start();
  line = await world.line();
  own = await world.customer('Hazel');
  agent = await own.agent('Aki');
});
afterAll(() => world?.stop());

interface State {
  readonly rows: number;
  readonly erased: boolean;
  readonly held: boolean;
}

async function stateOf({ engagementId }: Visitor): Promise<State> {
  const counts = bodies
    .map((table) => `(SELECT count(*) FROM ${table} WHERE engagement_id = $1)`)
    .join(' + ');
  const [state] = await world.sql<State>(
    `SELECT (${counts})::int AS rows, erased_at IS NOT NULL AS erased, EXISTS (SELECT FROM legal_hold
        WHERE engagement_id = $1 AND lifted_at IS NULL AND held_until > now()) AS held
      FROM engagement WHERE engagement_id = $1`,
    [engagementId],
  );
  if (state === undefined) throw new Error('the engagement itself has gone');
  return state;
}

/** Each may be refused: what may not happen now does not. */
function happenings(visitor: Visitor): readonly (() => Promise<unknown>)[] {
  const { engagementId } = visitor;
  const append = (fact: object) => line.append(entry({ engagementId, ...fact } as never));
  const answers = [{ questionId: 'overall', kind: 'rating', value: 3 }];
  const carryOut = async (start: object) => {
    const { caseId } = (await visitor.post('/v1/engagements/cases', start)).body;
    for (const act of [
      { act: 'take' },
      { act: 'answer', outcome: 'granted', text: 'Yes.' },
      { act: 'execute' },
    ])
      await own.officer.post(`/api/rights/${caseId}/acts`, act);
  };
  const hold = { engagementId, caseReference: 'K 7', law: 'Art. 17(3)(e)', until: tomorrow };
  return [
    () => append({ type: 'chatLine', lineId: randomUUID(), from: 'visitor', text: 'more' }),
    () => append({ type: 'ended', by: 'visitor', reason: 'visitorEnded' }),
    () => visitor.post('/v1/engagements/survey', { version: 1, answers }),
    () => visitor.post('/v1/engagements/erase'),
    () => carryOut({ kind: 'erasure' }),
    () => carryOut({ kind: 'rectification', details: 'My name is Mira.' }),
    () => own.officer.post('/api/holds', hold),
    async () => {
      const holds = (await own.officer.get('/api/holds')).body as { holdId: string; engagementId: string }[];
      for (const { holdId } of holds.filter((each) => each.engagementId === engagementId))
        await own.officer.delete(`/api/holds/${holdId}`);
    },
    () => world.records.purge(),
  ];
}

/** Several at once, so that they meet in the database as well. */
it.each(SEEDS)('with seed %i', async (seed) => {
  let random = seed;
  const draw = (below: number): number => {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((random / 2 ** 32) * below);
  };
  const visitors = await Promise.all(['Mira', 'Noor'].map((name) => own.visitor({ name })));
  for (const { engagementId } of visitors)
    await line.append(entry({ type: 'accepted', engagementId, agentId: agent.agentId } as never));
  const before = new Map(
    await Promise.all(visitors.map(async (each) => [each, await stateOf(each)] as const)),
  );
  for (let step = 0; step < STEPS; step += 1) {
    const next = Array.from({ length: 1 + draw(2) }, () => {
      const choices = happenings(visitors[draw(visitors.length)] as Visitor);
      return choices[draw(choices.length)] as () => Promise<unknown>;
    });
    await Promise.all(next.map((happen) => happen()));
    for (const visitor of visitors) {
      const was = before.get(visitor);
      const now = await stateOf(visitor);
      const told = `seed ${seed}, step ${step}`;
      if (now.erased) expect(now.rows, `${told}: erased`).toBe(0);
      if (was?.erased) expect(now.erased, `${told}: erased for good`).toBe(true);
      if (was?.held && now.held) expect(now.rows, `${told}: held`).toBeGreaterThanOrEqual(was.rows);
      if (now.erased) seen.erased += 1;
      if (now.held) seen.held += 1;
      before.set(visitor, now);
    }
  }
});

it('came to erased and to held engagements', () => {
  expect(Math.min(seen.erased, seen.held)).toBeGreaterThan(10);
});

const HOUR_MS = 3_600_000;
const yes = [{ act: 'take' }, { act: 'answer', outcome: 'granted', text: 'Yes.' }, { act: 'execute' }];
const hold = (visitor: Visitor, until = tomorrow) => {
  const { engagementId } = visitor;
  const body = { engagementId, caseReference: 'K 8', law: 'Art. 17(3)(e) GDPR', until };
  return own.officer.post('/api/holds', body);
};
const sweptAfter = async (hours: number): Promise<void> => {
  world.aheadMs = hours * HOUR_MS;
  await world.records.purge();
  world.aheadMs = 0;
  // Their sessions went with what was spent by then.
  for (const person of [own.officer, agent]) {
    const body = { email: person.email, password: 'a long enough sentence' };
    person.accessToken = (await world.ask('POST', '/api/session', { body })).body.accessToken;
  }
};

async function endedOne(): Promise<Visitor> {
  const visitor = await own.visitor();
  const engagementId = visitor.engagementId as never;
  await line.append(entry({ type: 'accepted', engagementId, agentId: agent.agentId as never }));
  await line.append(entry({ type: 'ended', engagementId, by: 'visitor', reason: 'visitorEnded' }));
  return visitor;
}

/** A case of the visitor's, done as far as these acts go; whoever asked looks at it by its key. */
async function asked(visitor: Visitor, start: object, acts: readonly object[] = yes) {
  const { caseId, caseKey } = (await visitor.post('/v1/engagements/cases', start)).body;
  const path = `/api/rights/${caseId}`;
  const act = async (body: object) => {
    const answer = await own.officer.post(`${path}/acts`, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  };
  for (const body of acts) await act(body);
  const headers = { origin: SHOP, authorization: `Case ${caseId}.${caseKey}` };
  return {
    caseId,
    act,
    seen: async () => (await world.ask('GET', '/v1/rights/case', { headers })).body,
    shown: async () => (await own.officer.get(path)).body,
  };
}

const isReadable = async ({ engagementId }: Visitor) =>
  (await agent.get(`/api/engagements/${engagementId}`)).status === 200;

it('[RT1] [RT2] answers that were objected to go once their hold is over, and until then nobody reads them', async () => {
  const visitor = await endedOne();
  const answers = [{ questionId: 'overall', kind: 'rating', value: 3 }];
  expect((await visitor.post('/v1/engagements/survey', { version: 1, answers })).status).toBe(200);
  await hold(visitor);
  const objected = await asked(visitor, { kind: 'objection', objectsTo: 'feedback' });
  const held = { law: 'Art. 17(3)(e) GDPR', until: Date.parse(`${tomorrow}T23:59:59.999Z`) };
  expect(await objected.seen()).toMatchObject({ state: 'executed', held });
  const disputed = await asked(visitor, { kind: 'rectification', details: 'Another name.' });
  await disputed.act({ act: 'close' });
  expect(await isReadable(visitor)).toBe(false);
  const kept = async () =>
    (await world.sql('SELECT 1 FROM survey_answers WHERE engagement_id = $1', [visitor.engagementId])).length;
  await sweptAfter(1);
  expect(await kept()).toBe(1);
  await sweptAfter(4 * 24);
  expect(await kept()).toBe(0);
  expect(await isReadable(visitor)).toBe(true);
  const { held: now, history } = await objected.shown();
  expect(now).toBeUndefined();
  expect(history.map((each: { happening: string }) => each.happening)).toEqual([
    ...['received', 'take', 'answer', 'restricted', 'held', 'execute', 'erased', 'unrestricted'],
  ]);
});

it('[RT1] tells who reported a child that a hold keeps what was said, and not that it is gone', async () => {
  const visitor = await endedOne();
  await hold(visitor);
  const reported = await asked(visitor, { kind: 'minor' }, []);
  await sweptAfter(49);
  const seen = await reported.seen();
  expect(seen).toMatchObject({ state: 'executed', held: { law: 'Art. 17(3)(e) GDPR' } });
  expect(seen.answer.text).toContain('is to be erased');
  expect((await stateOf(visitor)).rows).toBe(1);
  await sweptAfter(4 * 24);
  expect((await stateOf(visitor)).rows).toBe(0);
  expect((await reported.seen()).held).toBeUndefined();
  const late = await hold(visitor);
  expect([late.status, late.body.refusal.detail]).toEqual([409, 'erased']);
});

it('[RT2] keeps restricted what any case restricts, whoever lifts it', async () => {
  const visitor = await endedOne();
  const lift = () => own.officer.delete(`/api/engagements/${visitor.engagementId}/restriction`);
  await asked(visitor, { kind: 'objection', objectsTo: 'accountability' });
  const disputed = await asked(visitor, { kind: 'rectification', details: 'Another name.' });
  const early = await lift();
  expect([early.status, early.body.refusal.detail]).toEqual([409, 'openCase']);
  await disputed.act({ act: 'close' });
  expect(await isReadable(visitor)).toBe(false);
  expect((await lift()).status).toBe(200);
  expect(await isReadable(visitor)).toBe(true);
});

it('[RT3] ends by itself what is done and nobody closed, and frees what it restricted', async () => {
  const visitor = await endedOne();
  const no = { act: 'answer', outcome: 'refused', text: 'It is right.', ground: 'wouldFalsify' };
  const refused = await asked(visitor, { kind: 'rectification', details: 'Another name.' }, [
    yes[0] ?? {},
    no,
  ]);
  const open = await asked(await endedOne(), { kind: 'access' }, []);
  await sweptAfter(29 * 24);
  expect(await refused.shown()).toMatchObject({ state: 'answered' });
  expect(await isReadable(visitor)).toBe(false);
  await sweptAfter(31 * 24);
  const { state, history } = await refused.shown();
  expect([state, history.at(-2)]).toEqual([
    'closed',
    expect.objectContaining({ happening: 'close', actor: 'system' }),
  ]);
  expect(await isReadable(visitor)).toBe(true);
  expect(await open.shown()).toMatchObject({ state: 'received' });
});

it('[RT11] keeps what is restricted no longer than its term, unless it is held, which ends', async () => {
  const [claimed, other] = [await endedOne(), await endedOne()];
  for (const each of [claimed, other]) await asked(each, { kind: 'restriction', details: 'For a claim.' });
  const until = new Date(Date.now() + 150 * 24 * HOUR_MS).toISOString().slice(0, 10);
  expect((await hold(claimed, until)).status).toBe(200);
  const left = () =>
    world.sql('SELECT engagement_id AS "engagementId" FROM chat_line WHERE engagement_id = ANY($1)', [
      [claimed.engagementId, other.engagementId],
    ]);
  await sweptAfter(100 * 24);
  expect(await left()).toEqual([{ engagementId: claimed.engagementId }]);
  expect(await isReadable(claimed)).toBe(false);
  await sweptAfter(152 * 24);
  expect(await left()).toEqual([]);
});

it('[RT4] lists what came first, however much came since', async () => {
  const first = await asked(await endedOne(), { kind: 'access' }, []);
  await world.sql(
    "UPDATE rights_case SET received_at = received_at - interval '40 days' WHERE case_id = $1",
    [first.caseId],
  );
  const more = `INSERT INTO rights_case SELECT (jsonb_populate_record(c, jsonb_build_object('case_id',
      gen_random_uuid(), 'key_hash', 'k' || n, 'received_at', now()))).*
    FROM rights_case c, generate_series(1, 500) n WHERE case_id = $1`;
  await world.sql(more, [first.caseId]);
  const [top] = (await own.officer.get('/api/rights')).body;
  expect(top).toMatchObject({ caseId: first.caseId, late: true });
});
