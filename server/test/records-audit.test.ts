/** Who has read what, over real HTTP: written down, shown when it was touched, and an alarm where it is unusual. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endedTalk } from './ended-talk.js';
import { entry, type JournalLine } from './journal-line.js';
import type { Customer, Person, Visitor } from './records-customer.js';
import { World } from './records-world.js';

let world: World;
let line: JournalLine;
let own: Customer;
let other: Customer;
let agent: Person;
let second: Person;

beforeAll(async () => {
  world = await World.start();
  line = await world.line();
  own = await world.customer('Hazel');
  other = await world.customer('Birch');
  agent = await own.agent('Aki');
  second = await own.secondOfficer();
});
afterAll(() => world?.stop());

const ended = (visitor: Visitor) => endedTalk(line, visitor, agent);

describe('the audit trail', () => {
  it('holds a reading of every request, once for each who works on it', async () => {
    const visitor = await ended(await own.visitor());
    const { caseId } = (await visitor.post('/v1/engagements/cases', { kind: 'access' })).body;
    for (let time = 0; time < 2; time += 1)
      expect((await own.officer.get(`/api/rights/${caseId}`)).status).toBe(200);
    expect((await own.officer.post(`/api/rights/${caseId}/acts`, { act: 'take' })).status).toBe(200);
    const listed = (await own.officer.get('/api/audit')).body as { subject: string; action: string }[];
    const about = listed.filter(({ subject }) => subject === caseId);
    expect(about.map(({ action }) => action)).toEqual(['case.take', 'case.read']);
  });

  it('is read page by page, and none of one moment is left out', async () => {
    const { officer: by, tenantId } = await world.customer('Aspen');
    const more = `INSERT INTO audit_entry SELECT (jsonb_populate_record(a, jsonb_build_object('audit_id', gen_random_uuid()))).*
      FROM audit_entry a, generate_series(1, 150)
      WHERE tenant_id = $1 AND number = (SELECT max(number) FROM audit_entry WHERE tenant_id = $1)`;
    await world.sql(more, [tenantId]);
    const numbers: number[] = [];
    for (let page: { number: number }[] = (await by.get('/api/audit')).body; page.length > 0; ) {
      numbers.push(...page.map((each) => each.number));
      page = (await by.get(`/api/audit?before=${numbers.at(-1)}`)).body;
    }
    expect(numbers).toEqual(Array.from({ length: numbers[0] ?? 0 }, (_, place) => (numbers[0] ?? 0) - place));
    expect(numbers.length).toBeGreaterThan(150);
  });

  it('holds a reading of every record, and shows when it was touched, by the owner as well', async () => {
    const visitor = await ended(await own.visitor());
    await agent.get(`/api/engagements/${visitor.engagementId}`);
    const check = async () => (await own.officer.get('/api/audit/check')).body;
    const listed = (await own.officer.get('/api/audit')).body;
    const read = { actor: 'Aki', action: 'record.read', subject: visitor.engagementId };
    expect(listed).toContainEqual(expect.objectContaining(read));
    expect(await check()).toMatchObject({ holds: true });
    const change = 'UPDATE audit_entry SET actor_id = $2 WHERE subject = $1 AND action = $3';
    await world.sql(change, [visitor.engagementId, own.officer.agentId, 'record.read']);
    expect(await check()).toMatchObject({ holds: false });
    await world.sql(change, [visitor.engagementId, agent.agentId, 'record.read']);
    expect(await check()).toMatchObject({ holds: true });
    // What comes after an entry is what tells that it is missing.
    const later = await ended(await own.visitor());
    await agent.get(`/api/engagements/${later.engagementId}`);
    await world.sql('DELETE FROM audit_entry WHERE subject = $1', [visitor.engagementId]);
    expect(await check()).toMatchObject({ holds: false });
  });
});

describe('reading', () => {
  it('is written down once for each agent who follows an engagement, and once for each list', async () => {
    const visitor = await own.visitor();
    const { engagementId } = visitor;
    await line.append(entry({ type: 'accepted', engagementId, agentId: agent.agentId } as never));
    for (const after of [0, 0, 1])
      expect((await agent.get(`/api/engagements/${engagementId}/lines?after=${after}`)).status).toBe(200);
    const by = own.officer;
    const lists = async () =>
      (
        await world.sql(
          "SELECT 1 FROM audit_entry WHERE action = 'record.listed' AND subject = actor_id::text",
        )
      ).length;
    const listed = await lists();
    const before = Date.now();
    expect((await by.get('/api/engagements?search=loan')).status).toBe(200);
    expect((await by.get(`/api/engagements?search=loan&before=${before}`)).status).toBe(200);
    expect(await lists()).toBe(listed + 1);
    // A later page is a list of its own for whoever has seen no earlier one.
    expect((await second.get(`/api/engagements?before=${before}`)).status).toBe(200);
    expect(await lists()).toBe(listed + 2);
    const entries = (await by.get('/api/audit')).body as { actor: string; action: string; subject: string }[];
    const followed = entries.filter(
      (each) => each.action === 'record.followed' && each.subject === engagementId,
    );
    expect(followed.map(({ actor }) => actor)).toEqual(['Aki']);
  });
});

describe('reading that is unusual', () => {
  it('alarms the officers: many that are another’s, which are stopped, and very many', async () => {
    const missing = async () => (await own.officer.get('/api/customer')).body.missing;
    const foreign = await other.visitor();
    expect(await missing()).not.toContain('unusualReading');
    const asked = [];
    for (let time = 0; time < 21; time += 1)
      asked.push((await agent.get(`/api/engagements/${foreign.engagementId}`)).status);
    // Those of the tests before count as well.
    expect([asked[0], asked[20]]).toEqual([404, 429]);
    expect(await missing()).toContain('unusualReading');
    await world.sql("UPDATE audit_entry SET at = at - interval '2 days' WHERE action = 'record.missed'");
    expect(await missing()).not.toContain('unusualReading');
    const read = `INSERT INTO audit_entry SELECT (jsonb_populate_record(a.row, jsonb_build_object(
        'audit_id', gen_random_uuid(), 'at', $2::timestamptz))).* FROM (SELECT a AS row FROM audit_entry a
        WHERE tenant_id = $1 AND action = 'record.read' LIMIT 1) a, generate_series(1, 100)`;
    await world.sql(read, [own.tenantId, new Date()]);
    expect(await missing()).toContain('unusualReading');
  });
});
