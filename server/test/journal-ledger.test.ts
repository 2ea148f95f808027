/** What the journal applies: once each, in order, the first agent only, and never without a transfer basis. */
import { randomUUID } from 'node:crypto';
import type { JournalAck } from '@alongside/engagement';
import {
  type AgentId,
  type EngagementId,
  type EngagementLedger,
  Handshake,
  type LineId,
} from '@alongside/protocol';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entry, JournalLine } from './journal-line.js';
import type { Customer, Person, Visitor } from './records-customer.js';
import { World } from './records-world.js';

let world: World;
let line: JournalLine;
let own: Customer;
let other: Customer;
let aki: Person;
let stranger: Visitor;
let strangerLines: unknown;

const linesOf = (visitor: Visitor) =>
  world.sql('SELECT number, text FROM chat_line WHERE engagement_id = $1 ORDER BY number', [
    visitor.engagementId,
  ]);

beforeAll(async () => {
  world = await World.start();
  line = await world.line();
  own = await world.customer('Hazel');
  other = await world.customer('Birch');
  aki = await own.agent('Aki');
  stranger = await other.visitor();
  strangerLines = await linesOf(stranger);
});
afterAll(async () => {
  // Whatever was done above, the other customer has what it had.
  expect(await linesOf(stranger)).toEqual(strangerLines);
  await world?.stop();
});

const idOf = (visitor: Visitor) => visitor.engagementId as EngagementId;
const agentId = (person: Person) => person.agentId as AgentId;

function claimsOf(ticket: string) {
  return JSON.parse(Buffer.from(ticket.split('.')[1] ?? '', 'base64url').toString());
}

function saying(visitor: Visitor, text: string, lineId: string = randomUUID()) {
  return entry({
    type: 'chatLine',
    engagementId: idOf(visitor),
    lineId: lineId as LineId,
    from: 'visitor',
    text,
  });
}

async function accepted(visitor: Visitor, person: Person): Promise<JournalAck> {
  return line.append(entry({ type: 'accepted', engagementId: idOf(visitor), agentId: agentId(person) }));
}

const codeOf = (ack: JournalAck) => (ack.ok ? 'ok' : ack.refusal.code);

describe('a consent', () => {
  it('never becomes a yes to another agent than the visitor’s own', async () => {
    const visitor = await own.visitor();
    const engagementId = idOf(visitor);
    await accepted(visitor, aki);
    const bo = await own.agent('Bo');
    const consent = { type: 'consent', engagementId, scope: 'view', act: 'granted' } as const;
    expect(codeOf(await line.append(entry({ ...consent, agentId: agentId(bo) })))).toBe('notPermitted');
    expect(codeOf(await line.append(entry({ ...consent, agentId: agentId(aki) })))).toBe('ok');
  });
});

describe('a chat line', () => {
  it('is refused under the id of another line, however often it is sent', async () => {
    const visitor = await own.visitor();
    const lineId = randomUUID();
    expect((await line.append(saying(visitor, 'the words', lineId))).ok).toBe(true);
    const others = [saying(visitor, 'other words', lineId), saying(visitor, 'other words', lineId)];
    const acks = await Promise.all(others.map((each) => line.append(each)));
    expect(acks.map(codeOf)).toEqual(['conflict', 'conflict']);
    expect(await linesOf(visitor)).toMatchObject([{}, { text: 'the words' }]);
  });

  it('has numbers without a gap, whoever sends at once', async () => {
    const visitors = [await own.visitor(), await own.visitor(), await other.visitor()];
    const sent = visitors.flatMap((visitor) =>
      Array.from({ length: 40 }, (_, index) => line.append(saying(visitor, `line ${index}`))),
    );
    const acks = await Promise.all(sent);
    expect(acks.every((each) => each.ok)).toBe(true);
    for (const visitor of visitors) {
      const numbers = (await linesOf(visitor)).map((each) => each.number);
      expect(numbers).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
    }
  });

  it('keeps its number when it is sent again, by entry or by line, at once or later', async () => {
    const visitor = await own.visitor();
    const lineId = randomUUID();
    const first = saying(visitor, 'once', lineId);
    const together = await Promise.all(
      [first, first, saying(visitor, 'once', lineId)].map((each) => line.append(each)),
    );
    const later = [await line.append(first), await line.append(saying(visitor, 'once', lineId))];
    for (const ack of [...together, ...later]) expect(ack).toEqual(together[0]);
    expect(await linesOf(visitor)).toHaveLength(2);
  });

  it('that fails in the database fails alone', async () => {
    const visitor = await own.visitor();
    // An agent of another customer is no agent of this row, which only the database can know for a connection.
    const bad = entry({
      type: 'disconnected',
      engagementId: idOf(visitor),
      party: 'agent',
      agentId: randomUUID() as AgentId,
    });
    const acks = await Promise.all([
      line.append(saying(visitor, 'before')),
      line.append(bad),
      line.append(saying(visitor, 'after')),
    ]);
    expect(acks.map(codeOf)).toEqual(['ok', 'internal', 'ok']);
    expect((await linesOf(visitor)).map((each) => each.text)).toEqual(['What is APR?', 'before', 'after']);
    expect(world.logged.join()).not.toContain('before');
  });

  it('is refused of a shape that is none, naming the field and not the words', async () => {
    const visitor = await own.visitor();
    const good = saying(visitor, 'text');
    for (const [wrong, field] of [
      [{ ...good, text: '' }, 'text'],
      [{ ...good, text: 'a\u0000b' }, 'text'],
      [{ ...good, text: 'x'.repeat(4001) }, 'text'],
      [{ ...good, text: '\ud800' }, 'text'],
      [{ ...good, frame: 'AAAA' }, 'frame'],
      [{ ...good, type: 'frame' }, 'type'],
      [{ ...good, engagementId: 'all' }, 'engagementId'],
      [null, 'entry'],
    ] as const) {
      const ack = await line.append(wrong);
      expect(ack).toMatchObject({ ok: false, refusal: { code: 'malformed', detail: field } });
    }
    expect(await linesOf(visitor)).toHaveLength(1);
  });

  it('of nobody’s engagement, or of an agent who has it not, is refused', async () => {
    const visitor = await own.visitor();
    const unknown = { ...saying(visitor, 'text'), engagementId: randomUUID() };
    expect(codeOf(await line.append(unknown))).toBe('notFound');
    const posing = { ...saying(visitor, 'text'), from: 'agent', agentId: aki.agentId };
    expect(codeOf(await line.append(posing))).toBe('notPermitted');
  });
});

describe('what is kept of a connection', () => {
  const connected = {
    type: 'connected',
    party: 'visitor',
    software: 'Safari 18',
    truncatedAddress: '',
  } as const;

  it.each([
    ['software', Buffer.alloc(48, 'page').toString('base64').slice(0, 64)],
    ['software', 'Netscape 4'],
    ['truncatedAddress', '203.0.113.7/24'],
    ['truncatedAddress', 'abcdef0123456789:abcdef'],
  ])('has a closed form: %s is never %s, in the journal or in the database', async (field, value) => {
    const engagementId = (await own.visitor()).engagementId as EngagementId;
    const ack = await line.append(entry({ ...connected, engagementId, [field]: value }));
    expect(ack).toEqual({ ok: false, refusal: { code: 'malformed', detail: field } });
    expect(codeOf(await line.append(entry({ ...connected, engagementId })))).toBe('ok');
    const column = field === 'software' ? 'software' : 'truncated_address';
    const past = `UPDATE connection SET ${column} = $2 WHERE engagement_id = $1`;
    await expect(world.sql(past, [engagementId, value])).rejects.toMatchObject({ code: '23514' });
    expect(
      await world.sql('SELECT software FROM connection WHERE engagement_id = $1', [engagementId]),
    ).toEqual([{ software: 'Safari 18' }]);
  });
});

describe('an acceptance', () => {
  it('of two agents at once goes to exactly one, however often it is tried', async () => {
    const bo = await own.agent('Bo');
    for (let round = 0; round < 5; round += 1) {
      const visitor = await own.visitor();
      const acks = await Promise.all([accepted(visitor, aki), accepted(visitor, bo), accepted(visitor, aki)]);
      expect(acks.map(codeOf).toSorted()).toSatisfy(
        (codes: string[]) =>
          codes.join() === 'alreadyTaken,ok,ok' || codes.join() === 'alreadyTaken,alreadyTaken,ok',
      );
      const [row] = await world.sql<{ agent_id: string }>(
        'SELECT agent_id FROM engagement WHERE engagement_id = $1',
        [visitor.engagementId],
      );
      const winner = codeOf(acks[1] as JournalAck) === 'ok' ? bo : aki;
      expect(row?.agent_id).toBe(winner.agentId);
    }
  });

  it('from two nodes at once goes to exactly one', async () => {
    const second = await world.line('node-2');
    const bo = await own.agent('Bo');
    const visitor = await own.visitor();
    const acceptance = (person: Person) =>
      entry({ type: 'accepted', engagementId: idOf(visitor), agentId: agentId(person) });
    const acks = await Promise.all([line.append(acceptance(aki)), second.append(acceptance(bo))]);
    expect(acks.map(codeOf).toSorted()).toEqual(['alreadyTaken', 'ok']);
    second.close();
  });

  it('by an agent in a country without a basis is refused with the reason', async () => {
    const far = await own.agent('Dev', { country: 'IN' });
    const visitor = await own.visitor();
    expect(await accepted(visitor, far)).toMatchObject({
      ok: false,
      refusal: { code: 'transferRefused', detail: 'NO_BASIS' },
    });
    expect(codeOf(await accepted(visitor, aki))).toBe('ok');
  });

  it('by somebody whose country of work nobody has stated is refused, as are records to them, and says so', async () => {
    const nowhere = await own.agent('Nowhere', { roles: ['agent', 'officer'] });
    await world.sql('UPDATE person SET country = NULL WHERE person_id = $1', [nowhere.agentId]);
    const visitor = await own.visitor();
    const refusal = { code: 'transferRefused', detail: 'WORK_COUNTRY_MISSING' };
    expect(await accepted(visitor, nowhere)).toMatchObject({ ok: false, refusal });
    const path = `/api/engagements/${visitor.engagementId}`;
    expect((await nowhere.get(path)).body.refusal).toEqual(refusal);
    await own.officer.put(`/api/agents/${nowhere.agentId}`, {
      ...{ displayName: 'Nowhere', roles: ['agent', 'officer'], siteIds: [own.siteId] },
      ...{ country: 'FI', disabled: false },
    });
    expect((await nowhere.get(path)).status).toBe(200);
    expect(codeOf(await accepted(visitor, nowhere))).toBe('ok');
  });

  it('by such an agent is allowed once clauses are signed, and its basis is kept', async () => {
    const third = await world.customer('Cedar');
    const far = await third.agent('Dev', { country: 'IN', employer: 'Dev Ltd' });
    const visitor = await third.visitor();
    expect(codeOf(await accepted(visitor, far))).toBe('transferRefused');
    const readable = async () => claimsOf((await far.post('/api/ticket')).body.ticket).readableSiteIds;
    expect(await readable()).toEqual([]);
    await third.contract();
    expect(await readable()).toEqual([third.siteId]);
    expect(codeOf(await accepted(visitor, far))).toBe('ok');
    const [row] = await world.sql(
      'SELECT d.basis, d.reference, d.to_country FROM engagement e JOIN transfer_decision d ON d.decision_id = e.reading_decision_id WHERE e.engagement_id = $1',
      [visitor.engagementId],
    );
    expect(row).toEqual({ basis: 'SCC_M2', reference: 'DPA 7', to_country: 'IN' });
  });

  it('is told of by a ticket that a handshake can hold, however many wrap-ups lie about: what goes on, then the newest', async () => {
    const jo = await own.agent('Jo');
    const visitors: Visitor[] = [];
    for (let at = 0; at < 45; at += 1) visitors.push(await own.visitor({ topic: 'x'.repeat(100) }));
    const ids = visitors.map(idOf);
    for (const visitor of visitors.slice(0, 2)) await accepted(visitor, jo);
    await world.sql(
      `UPDATE engagement SET agent_id = $2, phase = CASE WHEN engagement_id = $3 THEN 'active' ELSE 'wrapUp' END::engagement_phase
        WHERE engagement_id = ANY($1::uuid[])`,
      [ids, jo.agentId, ids[0]],
    );
    const { ticket } = (await jo.post('/api/ticket')).body;
    expect(v.safeParse(Handshake, { protocol: 1, ticket }).success).toBe(true);
    const told = claimsOf(ticket).engagements.map(({ engagementId }: EngagementLedger) => engagementId);
    expect(told.length).toBeGreaterThan(10);
    expect(told.length).toBeLessThan(ids.length);
    expect(told).toEqual([ids[0], ...ids.slice(1 - told.length).reverse()]);
  });

  it('by nobody of this site, or of another customer, is refused', async () => {
    const visitor = await own.visitor();
    expect(codeOf(await accepted(visitor, await own.agent('Elsewhere', { siteIds: [] })))).toBe(
      'notPermitted',
    );
    expect(codeOf(await accepted(visitor, await other.agent('Foreign')))).toBe('notPermitted');
  });
});

describe('the ledger', () => {
  it('numbers consents and leases, and tells them in the next ticket', async () => {
    const visitor = await own.visitor();
    const engagementId = idOf(visitor);
    await accepted(visitor, aki);
    const consent = (scope: 'view' | 'voice', act: 'granted' | 'withdrawn') =>
      line.append(entry({ type: 'consent', engagementId, scope, act, agentId: agentId(aki) }));
    expect(await consent('view', 'granted')).toMatchObject({ ok: true, entry: 1 });
    expect(await consent('voice', 'granted')).toMatchObject({ ok: true, entry: 2 });
    const lease = {
      type: 'leaseGranted',
      engagementId,
      lease: 1,
      agentId: agentId(aki),
      kinds: ['click'],
      leaseMs: 60_000,
    } as const;
    expect(await line.append(entry(lease))).toMatchObject({ ok: true, entry: 3 });
    expect(codeOf(await line.append(entry(lease)))).toBe('conflict');
    expect(await consent('voice', 'withdrawn')).toMatchObject({ ok: true, entry: 4 });
    const ticket = await visitor.post('/v1/engagements/return');
    const { engagement } = claimsOf(ticket.body.ticket);
    expect(engagement).toMatchObject({
      phase: 'active',
      version: 6,
      lastLease: 1,
      lastChatNumber: 1,
      agent: { agentId: aki.agentId, displayName: 'Aki' },
      consents: [{ scope: 'view', entry: 1 }],
    });
    expect(engagement.consents).toHaveLength(1);
  });

  it('takes no consent before an agent is there, and no lease of another agent', async () => {
    const visitor = await own.visitor();
    const engagementId = idOf(visitor);
    const granted = { type: 'consent', engagementId, scope: 'view', act: 'granted' } as const;
    expect(codeOf(await line.append(entry(granted)))).toBe('wrongState');
    await accepted(visitor, aki);
    const bo = await own.agent('Bo');
    const lease = {
      type: 'leaseGranted',
      engagementId,
      lease: 1,
      agentId: agentId(bo),
      kinds: ['click'],
      leaseMs: 1,
    } as const;
    expect(codeOf(await line.append(entry(lease)))).toBe('notPermitted');
  });

  it('keeps the first end, and closes only what has ended', async () => {
    const visitor = await own.visitor();
    const engagementId = idOf(visitor);
    expect(codeOf(await line.append(entry({ type: 'closed', engagementId })))).toBe('wrongState');
    await line.append(entry({ type: 'ended', engagementId, by: 'visitor', reason: 'visitorEnded' }));
    expect(
      codeOf(await line.append(entry({ type: 'ended', engagementId, by: 'system', reason: 'abandoned' }))),
    ).toBe('ok');
    expect(codeOf(await line.append(entry({ type: 'closed', engagementId })))).toBe('ok');
    const [row] = await world.sql('SELECT end_reason, phase FROM engagement WHERE engagement_id = $1', [
      engagementId,
    ]);
    expect(row).toEqual({ end_reason: 'visitorEnded', phase: 'closed' });
    expect(codeOf(await line.append(saying(visitor, 'too late')))).toBe('wrongState');
  });

  it('knows who watched though nobody could tell the end', async () => {
    const visitor = await own.visitor();
    const engagementId = idOf(visitor);
    await accepted(visitor, aki);
    const from = Date.now();
    const watchId = randomUUID();
    const started = { type: 'watchStarted', engagementId, watchId, agentId: agentId(aki), from } as const;
    expect(codeOf(await line.append(entry(started)))).toBe('ok');
    await line.append(entry({ type: 'ended', engagementId, by: 'system', reason: 'abandoned' }));
    const receipt = await visitor.get('/v1/engagements/receipt');
    const views = receipt.body.attendance.filter((each: { what: string }) => each.what === 'view');
    expect(views).toEqual([{ displayName: expect.any(String), country: 'FI', what: 'view', from }]);
  });

  it('applies an entry once, whatever it is and however often it comes', async () => {
    const visitor = await own.visitor();
    const engagementId = idOf(visitor);
    await accepted(visitor, aki);
    const watchId = randomUUID();
    const facts = [
      entry({ type: 'consent', engagementId, scope: 'view', act: 'granted' }),
      entry({
        type: 'leaseGranted',
        engagementId,
        lease: 1,
        agentId: agentId(aki),
        kinds: ['type', 'click'],
        leaseMs: 1000,
      }),
      entry({ type: 'leaseEnded', engagementId, lease: 1, by: 'system', reason: 'expired' }),
      entry({ type: 'watchStarted', engagementId, watchId, agentId: agentId(aki), from: 1 }),
      entry({
        type: 'watched',
        engagementId,
        watchId,
        agentId: agentId(aki),
        from: 1,
        to: 2,
        acts: { point: 3, click: 1 },
      }),
      entry({ type: 'callStarted', engagementId, callId: 'call-1', media: 'voice', by: 'visitor' }),
      entry({
        type: 'callMeasured',
        engagementId,
        callId: 'call-1',
        side: 'supervisor',
        agentId: agentId(aki),
        measured: { upLossPermille: 80, roundTripMs: 40, upQuality: 7 },
      }),
      entry({
        ...{ type: 'callAttended', engagementId, presenceId: watchId, callId: 'call-1', mode: 'listen' },
        agentId: agentId(aki),
      }),
      entry({ type: 'callNoticed', engagementId, presenceId: watchId }),
      entry({ type: 'callLeft', engagementId, presenceId: watchId }),
      entry({ type: 'callEnded', engagementId, callId: 'call-1', by: 'agent', durationMs: 5 }),
      entry({
        type: 'connected',
        engagementId,
        party: 'visitor',
        truncatedAddress: '192.0.2.0/24',
        software: 'Firefox 140',
      }),
      entry({ type: 'disconnected', engagementId, party: 'visitor' }),
      entry({ type: 'ended', engagementId, by: 'agent', reason: 'agentEnded' }),
      entry({ type: 'closed', engagementId }),
    ];
    const first = [];
    for (const fact of facts) first.push(await line.append(fact));
    expect(first.map(codeOf)).toEqual(facts.map(() => 'ok'));
    const again = await Promise.all(facts.map((fact) => line.append(fact)));
    expect(again).toEqual(first);
    const record = await own.officer.get(`/api/engagements/${engagementId}`);
    const kinds = record.body.metadata.map((each: { kind: string }) => each.kind).toSorted();
    expect(kinds).toEqual(
      [
        'requested',
        'accepted',
        'participant',
        'consent',
        'lease',
        'watched',
        'call',
        'callSample',
        'callPresence',
        'connected',
        'disconnected',
        'ended',
        'closed',
      ].toSorted(),
    );
    const receipt = await visitor.get('/v1/engagements/receipt');
    expect(receipt.body.acts).toEqual([
      { kind: 'point', count: 3 },
      { kind: 'click', count: 1 },
    ]);
    const told = receipt.body.attendance.find((each: { mode?: string }) => each.mode !== undefined);
    expect(told).toMatchObject({ what: 'call', mode: 'listen', to: expect.any(Number) });
  });

  it('lets nobody be in a call that has ended', async () => {
    const visitor = await own.visitor();
    const engagementId = idOf(visitor);
    await accepted(visitor, aki);
    const ids = [randomUUID(), randomUUID()];
    for (const [index, presenceId] of ids.entries()) {
      const callId = `call-${index + 1}`;
      const attended = { type: 'callAttended', engagementId, presenceId, callId, mode: 'speak' } as const;
      await line.append(entry({ type: 'callStarted', engagementId, callId, media: 'voice', by: 'visitor' }));
      await line.append(entry({ ...attended, agentId: agentId(aki) }));
    }
    const ended = { type: 'callEnded', engagementId, callId: 'call-1', by: 'agent', durationMs: 5 } as const;
    expect(codeOf(await line.append(entry(ended)))).toBe('ok');
    const receipt = await visitor.get('/v1/engagements/receipt');
    const told: { mode?: string; to?: number }[] = receipt.body.attendance;
    const until = told.filter(({ mode }) => mode !== undefined).map(({ to }) => to);
    expect(until).toHaveLength(2);
    expect(until.filter((to) => to === undefined)).toHaveLength(1);
  });
});

describe('a basis that lapses', () => {
  it('is decided anew for a running engagement, and ends it where nothing else covers it', async () => {
    const third = await world.customer('Maple');
    const visitor = await third.visitor();
    await third.officer.put('/api/customer', {
      name: 'Maple',
      country: 'SE',
      privacyContact: 'p@maple.example',
    });
    expect(codeOf(await line.append(saying(visitor, 'still covered')))).toBe('ok');
    await third.officer.put('/api/customer', {
      name: 'Maple',
      country: 'US',
      privacyContact: 'p@maple.example',
    });
    const ack = await line.append(saying(visitor, 'no longer'));
    expect(ack).toMatchObject({ ok: false, refusal: { code: 'transferRefused', detail: 'NO_BASIS' } });
    await expect
      .poll(() => line.revoked)
      .toContainEqual({ type: 'transferLapsed', engagementId: visitor.engagementId });
    expect((await linesOf(visitor)).map((each) => each.text)).toEqual(['What is APR?', 'still covered']);
  });
});

describe('a revocation', () => {
  it('is told when an agent is disabled and when a visitor erases', async () => {
    const bo = await own.agent('Bo');
    const edit = {
      displayName: 'Bo',
      roles: ['agent'],
      country: 'FI',
      siteIds: [own.siteId],
      disabled: true,
    };
    expect((await own.officer.put(`/api/agents/${bo.agentId}`, edit)).body.state).toBe('disabled');
    await expect
      .poll(() => line.revoked)
      .toContainEqual(expect.objectContaining({ type: 'agentChanged', agentId: bo.agentId, disabled: true }));
    expect((await bo.get('/api/sites')).status).toBe(401);
    const visitor = await own.visitor();
    await visitor.post('/v1/engagements/erase');
    const { engagementId } = visitor;
    const ended = { type: 'engagementEnded', engagementId, reason: 'erased', outOfSight: true };
    await expect.poll(() => line.revoked).toContainEqual(ended);
  });
});

describe('the door', () => {
  it('lets nobody in without the secret, or with a message before the proof', async () => {
    await expect(JournalLine.open(world.journalUrl, 'node-9', { secret: 'another secret' })).rejects.toThrow(
      'closed 4401',
    );
  });

  it('closes on what is no message, and only for the one who sent it', async () => {
    const rude = await world.line('node-8');
    const closed = new Promise((resolve) => rude.socket.once('close', resolve));
    rude.socket.send('{"frame":"AAAA"}');
    expect(await closed).toBe(4400);
    const visitor = await own.visitor();
    expect(codeOf(await line.append(saying(visitor, 'still here')))).toBe('ok');
  });
});
