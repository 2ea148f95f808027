/** Who took part in an engagement, from when to when and on which basis, through the real journal and the real store. */

import type { EngagementLedger } from '@alongside/protocol';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entry, type JournalLine } from './journal-line.js';
import type { Customer, Person, Visitor } from './records-customer.js';
import { World } from './records-world.js';

let world: World;
let line: JournalLine;
let hazel: Customer;
let aki: Person;
let ben: Person;
let far: Person;
let visitor: Visitor;

beforeAll(async () => {
  world = await World.start();
  line = await world.line();
  hazel = await world.customer('Hazel');
  aki = await hazel.agent('Aki');
  ben = await hazel.agent('Ben');
  far = await hazel.agent('Far', { country: 'IN' });
  visitor = await hazel.visitor({ name: 'Mira' });
  await append({ type: 'accepted', agentId: aki.agentId });
});
afterAll(() => world?.stop());

const append = (draft: object) =>
  line.append(entry({ engagementId: visitor.engagementId, ...draft } as never));
const granted = { type: 'consent', scope: 'watch', act: 'granted' };

async function ledger(): Promise<EngagementLedger> {
  await visitor.post('/v1/engagements/return').then(({ body }) => {
    visitor.ticket = body.ticket;
  });
  const { engagement } = jwt.decode(visitor.ticket) as { engagement: EngagementLedger };
  return engagement;
}

describe('participants', () => {
  it('[MA1] join where the transfer to them has a basis, in a role that is theirs', async () => {
    const joins = (agentId: string, role = 'agent') => append({ type: 'joined', agentId, role });
    expect(await joins(far.agentId)).toMatchObject({ ok: false, refusal: { code: 'transferRefused' } });
    expect(await joins(ben.agentId, 'supervisor')).toMatchObject({ refusal: { code: 'notPermitted' } });
    // Nothing may be given to who has not joined.
    expect(await append({ ...granted, agentId: ben.agentId })).toMatchObject({
      refusal: { code: 'notPermitted' },
    });
    const joined = entry({
      ...{ type: 'joined', engagementId: visitor.engagementId, agentId: ben.agentId, role: 'agent' },
    } as never);
    const first = await line.append(joined);
    expect(first).toMatchObject({ ok: true });
    expect(await line.append(joined)).toEqual(first);
    expect(await append({ type: 'noticed', agentId: ben.agentId })).toMatchObject({ ok: true });
    const said = { type: 'chatLine', lineId: crypto.randomUUID(), from: 'agent', text: 'Me too' };
    expect(await append({ ...said, agentId: ben.agentId })).toMatchObject({ ok: true });
    expect(await append({ ...said, lineId: crypto.randomUUID(), agentId: far.agentId })).toMatchObject({
      refusal: { code: 'notPermitted' },
    });
    const { lines } = (await visitor.get('/v1/engagements/lines?after=1')).body;
    expect(lines).toMatchObject([{ agentId: ben.agentId, agentName: 'Ben', text: 'Me too' }]);
  });

  it('[RB7] stand in the ledger with from whom the page is hidden, and on the ticket of each', async () => {
    await append({ ...granted, scope: 'view', agentId: aki.agentId });
    await append({ ...granted, act: 'withdrawn', agentId: ben.agentId });
    expect(await ledger()).toMatchObject({
      agent: { agentId: aki.agentId },
      joined: [{ agentId: ben.agentId, displayName: 'Ben', role: 'agent' }],
      hidden: [ben.agentId],
      consents: [{ scope: 'view' }],
    });
    const { ticket } = (await ben.post('/api/ticket', {})).body;
    const claims = jwt.decode(ticket) as { engagements: { engagementId: string }[]; joinsAs: string[] };
    expect(claims.engagements.map(({ engagementId }) => engagementId)).toEqual([visitor.engagementId]);
    expect(claims.joinsAs).toEqual(['agent']);
    await append({ ...granted, agentId: ben.agentId });
    expect(await ledger()).not.toHaveProperty('hidden');
  });

  it('[MA7] pass the lead, and leave; each stretch is a row with its basis', async () => {
    const pass = { type: 'leadPassed', agentId: ben.agentId, from: aki.agentId, stays: true };
    expect(await append(pass)).toMatchObject({ ok: true });
    expect(await ledger()).toMatchObject({
      agent: { agentId: ben.agentId },
      joined: [{ agentId: aki.agentId }],
    });
    expect(await append(pass)).toMatchObject({ refusal: { code: 'notPermitted' } });
    expect(await append({ type: 'departed', agentId: aki.agentId, reason: 'left' })).toMatchObject({
      ok: true,
    });
    await append({ type: 'ended', by: 'visitor', reason: 'visitorEnded' });
    const rows = await world.sql<{
      role: string;
      end_reason: string | null;
      reading: boolean;
      told: boolean;
    }>(
      `SELECT role, end_reason, reading_decision_id IS NOT NULL AS reading, noticed_at IS NOT NULL AS told
        FROM participant WHERE engagement_id = $1 ORDER BY joined_at, role`,
      [visitor.engagementId],
    );
    const row = (role: string, end_reason: string | null) => ({
      role,
      end_reason,
      reading: true,
      told: true,
    });
    expect(rows).toEqual(
      expect.arrayContaining([
        row('lead', 'passed'),
        row('agent', 'passed'),
        row('lead', null),
        row('agent', 'left'),
      ]),
    );
    expect(rows).toHaveLength(4);
  });

  it('are told on the receipt, in the export and in the record', async () => {
    const { attendance } = (await visitor.get('/v1/engagements/receipt')).body;
    const told = attendance.map((each: { displayName: string; role: string; basis: { basis: string } }) => [
      ...[each.displayName, each.role, each.basis.basis],
    ]);
    expect(told.toSorted()).toEqual([
      ['Aki', 'agent', 'NONE_DOMESTIC'],
      ['Aki', 'lead', 'NONE_DOMESTIC'],
      ['Ben', 'agent', 'NONE_DOMESTIC'],
      ['Ben', 'lead', 'NONE_DOMESTIC'],
    ]);
    const exported = (await visitor.get('/v1/engagements/export')).body;
    const stretches = exported.metadata.filter(({ kind }: { kind: string }) => kind === 'participant');
    expect(stretches).toHaveLength(4);
    expect(stretches[0].fields).toMatchObject({ role: 'lead', departure: 'passed', agentCountry: 'FI' });
    const record = (await hazel.officer.get(`/api/engagements/${visitor.engagementId}`)).body;
    expect(record.agentNames).toEqual({ [aki.agentId]: 'Aki', [ben.agentId]: 'Ben' });
    expect(record.metadata.filter((each: { reading?: object }) => each.reading !== undefined)).toHaveLength(
      4,
    );
    // Who took part and left may read what they took part in; who never did may not.
    expect((await aki.get(`/api/engagements/${visitor.engagementId}`)).status).toBe(200);
    expect((await far.get(`/api/engagements/${visitor.engagementId}`)).status).not.toBe(200);
  });
});
