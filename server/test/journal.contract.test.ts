/**
 * What `live` relies on of `records`, asked of the real one and of the double that stands for it in the tests of
 * `live`: what the two answer differently, those tests would prove of nobody.
 */
import { randomUUID } from 'node:crypto';
import type { JournalAck, JournalEntry } from '@alongside/engagement';
import type { EngagementId, LineId } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { entry, JournalLine } from './journal-line.js';
import { type ContractAgent, DoubleSide, RealSide, type RecordsSide } from './records-sides.js';

const sides: readonly (readonly [string, RecordsSide])[] = [
  ['the double', new DoubleSide()],
  ['the real records', new RealSide()],
];

const codeOf = (ack: JournalAck): string =>
  ack.ok ? 'ok' : [ack.refusal.code, ack.refusal.detail].filter(Boolean).join(' ');

describe.each(sides)('%s', (_name, side) => {
  let line: JournalLine;
  let aki: ContractAgent;
  let bo: ContractAgent;
  let riva: ContractAgent;

  beforeAll(async () => {
    await side.open();
    line = await side.line('node-1');
    [aki, bo, riva] = [await side.agent('Aki'), await side.agent('Bo'), await side.foreigner()];
  });
  afterAll(() => side.close());

  const send = (...entries: JournalEntry[]): Promise<JournalAck[]> =>
    Promise.all(entries.map((each) => line.append(each)));
  const sendOne = (one: JournalEntry): Promise<JournalAck> => line.append(one);

  async function active(): Promise<EngagementId> {
    const engagementId = await side.engagement();
    expect(codeOf(await sendOne(acceptance(engagementId, aki)))).toBe('ok');
    return engagementId;
  }

  async function ended(): Promise<EngagementId> {
    const engagementId = await active();
    await sendOne(entry({ type: 'ended', engagementId, by: 'agent', reason: 'agentEnded' }));
    return engagementId;
  }

  async function closed(): Promise<EngagementId> {
    const engagementId = await ended();
    await sendOne(entry({ type: 'closed', engagementId }));
    return engagementId;
  }

  const phases = { waiting: () => side.engagement(), active, ended, closed };

  describe('at the door', () => {
    it('sends away who cannot prove the secret, and who speaks before the proof', async () => {
      await expect(JournalLine.open(side.url, 'node-9', { secret: 'another secret' })).rejects.toThrow(
        'closed 4401',
      );
      const rude = new WebSocket(side.url);
      rude.once('open', () => rude.send(JSON.stringify({ id: 1, entry: {} })));
      expect(await new Promise((resolve) => rude.once('close', resolve))).toBe(4401);
    });

    it('closes on what is no message, for its sender alone', async () => {
      const rude = await side.line('node-8');
      const gone = new Promise((resolve) => rude.socket.once('close', resolve));
      rude.socket.send('{"frame":"AAAA"}');
      expect(await gone).toBe(4400);
      expect(codeOf(await sendOne(saying(await side.engagement(), 'still here')))).toBe('ok');
    });

    it('takes what is said in one turn in its order, and nothing of it where some is no message', async () => {
      const own = await side.line('node-6');
      const engagementId = await side.engagement();
      const [first, second] = ['one', 'two'].map((text) => saying(engagementId, text));
      const [one, two] = await own.appendTogether([first, second]);
      if (!one?.ok || !two?.ok) throw new Error('a line was refused');
      expect(two.number).toBe((one.number ?? 0) + 1);
      const gone = new Promise((resolve) => own.socket.once('close', resolve));
      own.socket.send(JSON.stringify([{ id: 99, entry: saying(engagementId, 'three') }, { frame: 'AAAA' }]));
      expect(await gone).toBe(4400);
      const next = await sendOne(saying(engagementId, 'four'));
      expect(next.ok && next.number).toBe((two.number ?? 0) + 1);
    });

    it('tells the keys of tickets, that storage is up, and since when the node was lost', async () => {
      const began = Date.now();
      const first = await side.line('node-7');
      expect(first.hello.ticketKeys.length).toBeGreaterThan(0);
      expect(first.hello.lostAt).toBe(0);
      await until(() => first.storage.length > 0);
      expect(first.storage).toEqual(['up']);
      first.close();
      // The other end hears of the loss in its own time.
      const again = await until(async () => {
        const back = await side.line('node-7');
        return back.hello.lostAt === 0 ? false : back;
      });
      expect(again.hello.lostAt).toBeGreaterThanOrEqual(began);
      expect(again.hello.lostAt).toBeLessThanOrEqual(Date.now());
    });
  });

  describe('a chat line', () => {
    it('is numbered at its commit, after the first, which the visitor began with', async () => {
      const engagementId = await side.engagement();
      const said = saying(engagementId, 'second');
      const ack = await sendOne(said);
      expect(ack).toEqual({ ok: true, number: 2, version: 2, at: said.at });
      expect(await side.ledger(engagementId)).toMatchObject({ lastChatNumber: 2, version: 2 });
    });

    it('has numbers without a gap in the order of sending, in every engagement', async () => {
      const [one, other] = [await side.engagement(), await side.engagement()];
      const lines = Array.from({ length: 40 }, (_, index) => saying(index % 2 === 0 ? one : other, 'line'));
      const acks = await send(...lines);
      const numbers = (parity: number) =>
        acks.filter((_, index) => index % 2 === parity).map((ack) => (ack.ok ? ack.number : codeOf(ack)));
      const wanted = Array.from({ length: 20 }, (_, index) => index + 2);
      expect([numbers(0), numbers(1)]).toEqual([wanted, wanted]);
    });

    it('keeps its number when it is sent again, by entry or by line, and moves the ledger on once', async () => {
      const engagementId = await side.engagement();
      const said = saying(engagementId, 'once');
      const sameLine = { ...said, entryId: randomUUID(), at: said.at + 5 };
      const [first, ...others] = await send(said, said, sameLine);
      others.push(...(await send(said, sameLine)));
      for (const ack of others) expect(ack).toEqual(first);
      expect((await side.ledger(engagementId)).version).toBe(2);
    });

    it('keeps its number in the midst of new ones, which get the next, and when nothing new is taken any more', async () => {
      const engagementId = await active();
      const said = saying(engagementId, 'before');
      const first = await sendOne(said);
      const [one, again, other] = await send(
        ...[saying(engagementId, 'one'), said, saying(engagementId, 'other')],
      );
      expect([one, other].map((ack) => ack?.ok && ack.number)).toEqual([3, 4]);
      expect(again).toEqual(first);
      await sendOne(entry({ type: 'ended', engagementId, by: 'agent', reason: 'agentEnded' }));
      await sendOne(entry({ type: 'closed', engagementId }));
      expect(await sendOne(said)).toEqual(first);
      expect(codeOf(await sendOne(saying(engagementId, 'too late')))).toBe('wrongState');
    });

    it('is refused under the id of another line', async () => {
      const engagementId = await active();
      const said = saying(engagementId, 'the words');
      await sendOne(said);
      const again = (more: object) => ({ ...said, entryId: randomUUID(), ...more }) as JournalEntry;
      const others = [again({ text: 'other words' }), again({ from: 'agent', agentId: aki.agentId })];
      expect((await send(...others)).map(codeOf)).toEqual(['conflict lineId', 'conflict lineId']);
    });

    it('may have another one’s id in another engagement', async () => {
      const said = saying(await side.engagement(), 'here');
      const there = { ...said, engagementId: await side.engagement(), entryId: randomUUID() };
      expect((await send(said, there)).map(codeOf)).toEqual(['ok', 'ok']);
    });

    it('has a time that is not in the future', async () => {
      const ack = await sendOne({ ...saying(await side.engagement(), 'late'), at: Date.now() + 3_600_000 });
      expect(ack.ok && ack.at).toBeLessThanOrEqual(Date.now());
    });
  });

  describe('an acceptance', () => {
    it('gives the engagement to the first, and answers who has it already', async () => {
      const engagementId = await side.engagement();
      const first = acceptance(engagementId, aki);
      const [taken, lost] = await send(first, acceptance(engagementId, bo));
      expect(taken).toEqual({ ok: true, version: 2, at: first.at });
      expect(lost && codeOf(lost)).toBe('alreadyTaken');
      expect(await sendOne(first)).toEqual(taken);
      const again = acceptance(engagementId, aki);
      expect(await sendOne(again)).toEqual({ ok: true, version: 2, at: again.at });
      expect(await side.ledger(engagementId)).toMatchObject({
        ...{ phase: 'active', version: 2, agent: { agentId: aki.agentId, displayName: 'Aki' } },
      });
    });

    it('by somebody who is not of the site is refused, and the engagement waits on', async () => {
      const engagementId = await side.engagement();
      expect(codeOf(await sendOne(acceptance(engagementId, riva)))).toBe('notPermitted');
      expect(await side.phase(engagementId)).toBe('waiting');
    });
  });

  describe('several agents', () => {
    it('join once each and if they are of the site, and only who takes part writes and is lent', async () => {
      const engagementId = await active();
      const [first, other] = [aki.agentId, bo.agentId];
      const joins = (agentId: typeof first) =>
        sendOne(entry({ type: 'joined', engagementId, agentId, role: 'agent' }));
      const lends = (agentId: typeof first, lease: number) =>
        sendOne(
          entry({ type: 'leaseGranted', engagementId, lease, agentId, kinds: ['click'], leaseMs: 60_000 }),
        );
      expect(codeOf(await lends(other, 1))).toBe('notPermitted');
      expect(codeOf(await joins(riva.agentId))).toBe('notPermitted');
      expect(codeOf(await joins(other))).toBe('ok');
      expect(codeOf(await joins(other))).toBe('ok');
      expect(codeOf(await lends(other, 1))).toBe('ok');
      const { joined } = await side.ledger(engagementId);
      expect(joined).toMatchObject([{ agentId: other, displayName: 'Bo', role: 'agent' }]);
      const hides = {
        type: 'consent',
        engagementId,
        scope: 'watch',
        act: 'withdrawn',
        agentId: other,
      } as const;
      expect(codeOf(await sendOne(entry(hides)))).toBe('ok');
      expect(await side.ledger(engagementId)).toMatchObject({ hidden: [other], consents: [] });
      await sendOne(entry({ type: 'departed', engagementId, agentId: other, reason: 'left' }));
      expect((await side.ledger(engagementId)).joined ?? []).toEqual([]);
      expect(codeOf(await lends(other, 2))).toBe('notPermitted');
    });

    it('pass the lead to one who takes part', async () => {
      const engagementId = await active();
      const passed = { type: 'leadPassed', engagementId, agentId: bo.agentId, from: aki.agentId } as const;
      const passes = () => sendOne(entry({ ...passed, stays: true }));
      expect(codeOf(await passes())).toBe('notPermitted');
      await sendOne(entry({ type: 'joined', engagementId, agentId: bo.agentId, role: 'agent' }));
      expect(codeOf(await passes())).toBe('ok');
      expect(await side.ledger(engagementId)).toMatchObject({
        agent: { agentId: bo.agentId },
        joined: [{ agentId: aki.agentId }],
      });
      expect(codeOf(await passes())).toBe('notPermitted');
      const waiting = await side.engagement();
      const early = entry({ type: 'joined', engagementId: waiting, agentId: bo.agentId, role: 'agent' });
      expect(codeOf(await sendOne(early))).toBe('wrongState');
    });
  });

  describe('the ledger', () => {
    it('numbers consents and leases together, and tells those in force', async () => {
      const engagementId = await active();
      const acks = await send(
        consent(engagementId, 'view', 'granted'),
        consent(engagementId, 'voice', 'granted'),
        lease(engagementId, 1),
        consent(engagementId, 'voice', 'withdrawn'),
        consent(engagementId, 'view', 'refused'),
      );
      expect(acks.map((ack) => ack.ok && [ack.entry, ack.version])).toEqual([
        ...[[1, 3] as const, [2, 4] as const, [3, 5] as const, [4, 6] as const, [5, 7] as const],
      ]);
      // The refusal of a later question takes nothing back.
      expect(await side.ledger(engagementId)).toMatchObject({
        ...{ version: 7, lastLease: 1, consents: [{ scope: 'view', entry: 1 }] },
      });
    });

    it('applies what is sent at once in the order of sending', async () => {
      const engagementId = await active();
      const acts = ['granted', 'withdrawn', 'granted', 'withdrawn', 'granted'] as const;
      const acks = await send(...acts.map((act) => consent(engagementId, 'view', act)));
      expect(acks.map((ack) => ack.ok && ack.entry)).toEqual([1, 2, 3, 4, 5]);
      expect((await side.ledger(engagementId)).consents).toMatchObject([{ scope: 'view', entry: 5 }]);
    });

    it('takes every kind of entry once, and answers the same however often it comes', async () => {
      const engagementId = await side.engagement();
      const all = everyKind(engagementId, aki);
      const first: JournalAck[] = [];
      for (const each of all) first.push(await sendOne(each));
      expect(first.map(codeOf)).toEqual(all.map(() => 'ok'));
      expect(first.map((ack) => ack.ok && ack.version)).toEqual(all.map((_, index) => index + 2));
      const numbered = (each: JournalEntry) => each.type === 'consent' || each.type === 'leaseGranted';
      expect(first.map((ack) => ack.ok && ack.entry !== undefined)).toEqual(all.map(numbered));
      expect(await send(...all)).toEqual(first);
    });

    it('keeps the first end, and is closed only after it', async () => {
      const engagementId = await active();
      const close = entry({ type: 'closed', engagementId });
      expect(codeOf(await sendOne(close))).toBe('wrongState');
      const end = (by: 'visitor' | 'system', reason: 'visitorEnded' | 'abandoned') =>
        entry({ type: 'ended', engagementId, by, reason });
      expect(await sendOne(end('visitor', 'visitorEnded'))).toMatchObject({ ok: true, version: 3 });
      expect(await sendOne(end('system', 'abandoned'))).toMatchObject({ ok: true, version: 4 });
      expect(await side.phase(engagementId)).toBe('wrapUp');
      expect(await sendOne(close)).toMatchObject({ ok: true, version: 5 });
      expect(await side.phase(engagementId)).toBe('closed');
    });

    it('ends what nobody took in the same way', async () => {
      const engagementId = await side.engagement();
      await sendOne(entry({ type: 'ended', engagementId, by: 'visitor', reason: 'visitorEnded' }));
      expect(await side.phase(engagementId)).toBe('wrapUp');
      expect(codeOf(await sendOne(acceptance(engagementId, aki)))).toBe('wrongState');
      expect(codeOf(await sendOne(entry({ type: 'closed', engagementId })))).toBe('ok');
    });
  });

  describe('a refusal', () => {
    const cases: readonly (readonly [
      string,
      keyof typeof phases,
      (id: EngagementId) => JournalEntry,
      string,
    ])[] = [
      ['a yes before an agent is there', 'waiting', (id) => consent(id, 'view', 'granted'), 'wrongState'],
      ['a lease before an agent is there', 'waiting', (id) => lease(id, 1), 'wrongState'],
      ['a call before an agent is there', 'waiting', callStarted, 'wrongState'],
      ['an agent’s line before one is there', 'waiting', (id) => saying(id, 'hello', aki), 'notPermitted'],
      ['a yes to another agent', 'active', (id) => consent(id, 'view', 'granted', bo), 'notPermitted'],
      ['a lease to another agent', 'active', (id) => lease(id, 1, bo), 'notPermitted'],
      ['another agent’s line', 'active', (id) => saying(id, 'hello', bo), 'notPermitted'],
      ['a second agent', 'active', (id) => acceptance(id, bo), 'alreadyTaken'],
      ['an agent of nobody here', 'active', (id) => acceptance(id, riva), 'alreadyTaken'],
      ['a yes after the end', 'ended', (id) => consent(id, 'view', 'granted'), 'wrongState'],
      ['a lease after the end', 'ended', (id) => lease(id, 1), 'wrongState'],
      ['a call after the end', 'ended', callStarted, 'wrongState'],
      ['a line when it is closed', 'closed', (id) => saying(id, 'too late'), 'wrongState'],
    ];

    it.each(cases)('of %s (%s)', async (_what, phase, make, code) => {
      const engagementId = await phases[phase]();
      expect(codeOf(await sendOne(make(engagementId)))).toBe(code);
    });

    it('of a lease whose number was used', async () => {
      const engagementId = await active();
      const acks = await send(lease(engagementId, 2), lease(engagementId, 2), lease(engagementId, 1));
      expect(acks.map(codeOf)).toEqual(['ok', 'conflict lease', 'conflict lease']);
    });

    it('of whatever is of no engagement', async () => {
      const acks = await send(...everyKind(randomUUID() as EngagementId, aki));
      expect(new Set(acks.map(codeOf))).toEqual(new Set(['notFound']));
    });

    it('never holds back what took effect already', async () => {
      const engagementId = await closed();
      const facts = [
        consent(engagementId, 'view', 'withdrawn'),
        entry({ type: 'leaseEnded', engagementId, lease: 1, by: 'system', reason: 'ended' }),
        entry({ type: 'disconnected', engagementId, party: 'visitor' }),
      ];
      expect((await send(...facts)).map(codeOf)).toEqual(facts.map(() => 'ok'));
    });
  });

  describe('a revocation', () => {
    it('tells of an agent that is disabled and of an engagement that was erased', async () => {
      const [gone, engagementId] = [await side.agent('Gone'), await active()];
      await side.disable(gone);
      await side.erase(engagementId);
      const agentChanged = { type: 'agentChanged', agentId: gone.agentId, disabled: true };
      const erased = { type: 'engagementEnded', engagementId, reason: 'erased' };
      await until(() => line.revoked.length >= 2);
      expect(line.revoked).toMatchObject([agentChanged, erased]);
      expect(codeOf(await sendOne(saying(engagementId, 'too late')))).toBe('wrongState');
      expect(await side.phase(engagementId)).toBe('closed');
    });

    it('that was missed is told to the node that names what it serves, and nothing else', async () => {
      const [gone, same] = [await side.agent('Missed'), await side.agent('Same')];
      const [erased, open] = [await active(), await active()];
      await side.disable(gone);
      await side.erase(erased);
      const back = await side.line('node-2');
      const { tenantId } = aki;
      const engagements = [erased, open].map((engagementId) => ({ tenantId, engagementId }));
      back.catchUp({ agents: [same, gone], engagements });
      await until(() => back.revoked.length >= 3);
      await back.append(saying(open, 'still open'));
      expect(back.revoked).toMatchObject([
        { type: 'agentChanged', agentId: gone.agentId, disabled: true },
        { type: 'engagementEnded', engagementId: erased, reason: 'erased' },
        // Whether the rules of a site have changed meanwhile is for its pages to find out.
        { type: 'rulesChanged' },
      ]);
      back.close();
    });
  });

  describe('without storage', () => {
    it('refuses by name, says when it is up again, and takes each entry once', async () => {
      const engagementId = await active();
      line.storage.length = 0;
      await side.storageDown();
      const entries = [saying(engagementId, 'waits'), consent(engagementId, 'view', 'granted')];
      expect((await send(...entries)).map(codeOf)).toEqual(['storageUnavailable', 'storageUnavailable']);
      const second = await side.line('node-3');
      await until(() => second.storage.at(-1) === 'down');
      await side.storageUp();
      await until(() => line.storage.at(-1) === 'up');
      expect([line.storage, second.storage]).toEqual([
        ['down', 'up'],
        ['down', 'up'],
      ]);
      const acks = await send(...entries, ...entries);
      expect(acks.map((ack) => ack.ok && [ack.number, ack.entry, ack.version])).toEqual([
        ...[[2, undefined, 3] as const, [undefined, 1, 4] as const],
        ...[[2, undefined, 3] as const, [undefined, 1, 4] as const],
      ]);
    });
  });

  function acceptance(engagementId: EngagementId, { agentId }: ContractAgent): JournalEntry {
    return entry({ type: 'accepted', engagementId, agentId });
  }

  function saying(engagementId: EngagementId, text: string, agent?: ContractAgent): JournalEntry {
    const lineId = randomUUID() as LineId;
    const by =
      agent === undefined ? { from: 'visitor' as const } : { from: 'agent' as const, agentId: agent.agentId };
    return entry({ type: 'chatLine', engagementId, lineId, text, ...by });
  }

  function consent(
    engagementId: EngagementId,
    scope: 'view' | 'voice',
    act: 'granted' | 'refused' | 'withdrawn',
    { agentId } = aki,
  ): JournalEntry {
    return entry({ type: 'consent', engagementId, scope, act, agentId });
  }

  function lease(engagementId: EngagementId, number: number, { agentId } = aki): JournalEntry {
    return entry({
      type: 'leaseGranted',
      engagementId,
      lease: number,
      agentId,
      kinds: ['click'],
      leaseMs: 1000,
    });
  }
});

function callStarted(engagementId: EngagementId): JournalEntry {
  return entry({ type: 'callStarted', engagementId, callId: randomUUID(), media: 'voice', by: 'visitor' });
}

/** One of each, in an order in which they may happen. */
function everyKind(engagementId: EngagementId, { agentId }: ContractAgent): readonly JournalEntry[] {
  const lineId = randomUUID() as LineId;
  const watchId = randomUUID();
  const callId = randomUUID();
  const from = Date.now() - 1000;
  const truncatedAddress = '192.0.2.0/24';
  return [
    entry({ type: 'connected', engagementId, party: 'visitor', truncatedAddress, software: 'Firefox 140' }),
    entry({ type: 'accepted', engagementId, agentId }),
    entry({ type: 'chatLine', engagementId, lineId, from: 'agent', agentId, text: 'Hello' }),
    entry({ type: 'consent', engagementId, scope: 'view', act: 'granted', agentId }),
    entry({ type: 'watchStarted', engagementId, watchId, agentId, from }),
    entry({ type: 'leaseGranted', engagementId, lease: 1, agentId, kinds: ['type'], leaseMs: 1000 }),
    entry({ type: 'leaseEnded', engagementId, lease: 1, by: 'visitor', reason: 'takenBack' }),
    entry({ type: 'watched', engagementId, watchId, agentId, from, to: from + 500, acts: { point: 1 } }),
    entry({ type: 'callStarted', engagementId, callId, media: 'video', by: 'agent' }),
    entry({ type: 'callAttended', engagementId, presenceId: callId, callId, agentId, mode: 'listen' }),
    entry({ type: 'callNoticed', engagementId, presenceId: callId }),
    entry({ type: 'callLeft', engagementId, presenceId: callId }),
    entry({ type: 'callMeasured', engagementId, callId, side: 'expert', measured: { upKbps: 32 } }),
    entry({ type: 'callEnded', engagementId, callId, by: 'visitor', durationMs: 5 }),
    entry({ type: 'disconnected', engagementId, party: 'visitor' }),
    entry({ type: 'ended', engagementId, by: 'agent', reason: 'agentEnded' }),
    entry({ type: 'closed', engagementId }),
  ];
}
