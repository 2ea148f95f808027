/** Whatever happens in whatever order to engagements, their cases and their holds: what was erased never comes back. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entry, type JournalLine } from './journal-line.js';
import type { Customer, Person, Visitor } from './records-customer.js';
import { World } from './records-world.js';

const SEEDS = process.env.TEST_FULL ? [1, 2, 3, 4, 5, 6] : [1];
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
