/** One engagement from its request to its end, with a second tenant that never sees any of it. */

import { randomUUID } from 'node:crypto';
import { type EngagementView, PROTOCOL_VERSION } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentOpenedFact, Client } from './live-world.js';
import { grantView, LiveWorld } from './live-world.js';

let world: LiveWorld;
let rival: Client;

beforeEach(async () => {
  world = await LiveWorld.start();
  rival = await world.agent(world.rival.agents[0]);
});

afterEach(async () => {
  // Whatever a test did: the other tenant heard of nothing but its own desk and the node's status.
  const foreign = rival.facts.facts.filter(
    ({ name }) =>
      !['session:opened', 'session:passed', 'session:statusChanged', 'desk:changed'].includes(name),
  );
  const queues = rival.facts.named<{ desk: { queue: unknown[]; agents: unknown[] } }>('desk:changed');
  await world.close();
  expect(foreign.filter(({ name }) => name !== 'session:ended')).toEqual([]);
  for (const { desk } of queues) {
    expect(desk.queue).toEqual([]);
    expect(desk.agents).toHaveLength(1);
  }
});

describe('the desk', () => {
  it('shows who waits, and takes away who was accepted', async () => {
    const aki = await world.agent();
    await aki.must('desk:available', { available: true });
    const engagement = world.engagement();
    const visitor = await world.visitor(engagement);
    await aki.facts.waitFor<{ desk: AgentOpenedFact['desk'] }>('desk:changed', ({ desk }) =>
      desk.queue.some(({ engagementId }) => engagementId === engagement.engagementId),
    );
    const view = await aki.must<EngagementView>('engagement:accept', {
      engagementId: engagement.engagementId,
    });
    expect(view).toMatchObject({ phase: 'active', agent: { displayName: 'Aki of shop', connected: true } });
    expect((await visitor.changed('engagement:accepted')).phase).toBe('active');
    await until(
      () =>
        aki.facts.named<{ desk: AgentOpenedFact['desk'] }>('desk:changed').at(-1)?.desk.queue.length === 0,
    );
    expect(world.records.of('accepted')).toHaveLength(1);
    await until(() => world.records.status?.staffedSites.includes(world.shop.siteId));
  });

  it('shows what a visitor wrote to agents who may read it where they are, and to others after acceptance', async () => {
    const [near, far] = world.shop.agents;
    const aki = await world.agent(near);
    const auth = {
      protocol: PROTOCOL_VERSION,
      ticket: world.records.agentTicket(far, { readableSiteIds: [] }),
    };
    const noor = await world.admitted('agent', auth, far.origin);
    const engagement = world.engagement();
    const { engagementId } = engagement;
    const words = { topic: 'A sofa', visitorName: 'Ida' };
    const ledger = { ...world.records.ledger.of(engagementId), ...words };
    const ticket = world.records.visitorTicket(engagement, { engagement: ledger });
    await world.admitted('visitor', { protocol: PROTOCOL_VERSION, ticket }, engagement.origin);
    const isIt = (each: { engagementId: string }) => each.engagementId === engagementId;
    const entryOf = async (agent: typeof aki) => {
      const fact = await agent.facts.waitFor<{ desk: AgentOpenedFact['desk'] }>('desk:changed', ({ desk }) =>
        desk.queue.some(isIt),
      );
      return fact.desk.queue.find(isIt);
    };
    expect(await entryOf(aki)).toMatchObject(words);
    const bare = await entryOf(noor);
    expect(bare).not.toHaveProperty('topic');
    expect(bare).not.toHaveProperty('visitorName');
    const view = await noor.must<EngagementView>('engagement:accept', { engagementId });
    expect(view).toMatchObject({ topic: words.topic, visitor: { name: words.visitorName } });
    const runsWith = (names: readonly (keyof typeof words)[]) =>
      aki.facts.waitFor<{ desk: AgentOpenedFact['desk'] }>('desk:changed', ({ desk }) =>
        desk.running.some(
          (each) =>
            isIt(each) &&
            Object.keys(words)
              .filter((name) => name in each)
              .join() === names.join(),
        ),
      );
    await runsWith(['topic', 'visitorName']);
    world.records.revoke({ type: 'engagementDisputed', engagementId });
    await runsWith([]);
  });

  it('[KV9] is one list in the order of arrival, the same for each agent of a site, whoever waits', async () => {
    const agents = [await world.agent(), await world.agent(world.shop.agents[1])];
    const arrived: string[] = [];
    for (const words of [
      {},
      { visitorName: 'Dr. Ida Count', topic: 'A large order' },
      {},
      { visitorName: 'ida' },
    ]) {
      const engagement = world.engagement();
      const ledger = { ...world.records.ledger.of(engagement.engagementId), ...words };
      const ticket = world.records.visitorTicket(engagement, { engagement: ledger });
      await world.admitted('visitor', { protocol: PROTOCOL_VERSION, ticket }, engagement.origin);
      arrived.push(engagement.engagementId);
      world.clock.advance(1000);
    }
    for (const agent of agents) {
      const { desk } = await agent.facts.waitFor<{ desk: AgentOpenedFact['desk'] }>(
        'desk:changed',
        ({ desk: { queue } }) => queue.length === arrived.length,
      );
      expect(desk.queue.map(({ engagementId }) => engagementId)).toEqual(arrived);
    }
  });

  it('gives an engagement to exactly one of two agents who accept at once', async () => {
    const [one, other] = await Promise.all(world.shop.agents.map((person) => world.agent(person)));
    if (one === undefined || other === undefined) throw new Error('Two agents are needed.');
    for (let round = 0; round < 10; round += 1) {
      const { engagementId } = world.engagement();
      const visitor = await world.visitor({ ...world.shop, engagementId });
      const replies = await Promise.all([
        one.ask('engagement:accept', { engagementId }),
        other.ask('engagement:accept', { engagementId }),
      ]);
      expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
      expect(replies.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: { code: 'alreadyTaken' } });
      visitor.close();
    }
  });

  it('tells an agent that records have given it to another', async () => {
    const aki = await world.agent();
    const engagement = world.engagement();
    await world.visitor(engagement);
    world.records.refuseNext('accepted', 'transferRefused');
    const body = { engagementId: engagement.engagementId };
    expect(await aki.ask('engagement:accept', body)).toEqual({
      ok: false,
      refusal: { code: 'transferRefused' },
    });
    expect((await aki.ask('engagement:accept', body)).ok).toBe(true);
  });

  it('keeps an agent of another tenant, and of another site, from what waits', async () => {
    const engagement = world.engagement();
    await world.visitor(engagement);
    const body = { engagementId: engagement.engagementId };
    expect(await rival.ask('engagement:accept', body)).toEqual({ ok: false, refusal: { code: 'notFound' } });
    const elsewhere = await world.agent({ ...world.shop.agents[1], siteIds: [randomUUID()] });
    expect(await elsewhere.ask('engagement:accept', body)).toEqual({
      ok: false,
      refusal: { code: 'notFound' },
    });
  });
});

describe('chat', () => {
  it('numbers a line at commit and says it to the others only then, in order', async () => {
    const { engagementId, visitor, agent } = await world.active();
    world.records.hold();
    const sent = [0, 1, 2].map((index) =>
      visitor.ask<{ number: number }>('chat:send', { lineId: randomUUID(), text: `line ${index}` }),
    );
    await until(() => world.records.held.filter(({ type }) => type === 'chatLine').length === 3);
    expect(agent.facts.named('chat:said')).toEqual([]);
    world.records.release();
    const numbers = (await Promise.all(sent)).map((reply) => (reply.ok ? reply.value.number : undefined));
    expect(numbers).toEqual([2, 3, 4]);
    const said = await until(() => {
      const facts = agent.facts.named<{ line: { number: number; text: string } }>('chat:said');
      return facts.length === 3 && facts;
    });
    expect(said.map(({ line }) => `${line.number} ${line.text}`)).toEqual([
      '2 line 0',
      '3 line 1',
      '4 line 2',
    ]);
    expect(visitor.facts.named('chat:said')).toEqual([]);
    expect(JSON.stringify(world.logged)).not.toContain('line 0');
    expect(said.map((fact) => (fact as unknown as { engagementId: string }).engagementId)[0]).toBe(
      engagementId,
    );
  });

  it('says a resent line once, and tells its number again', async () => {
    const { engagementId, visitor, agent } = await world.active();
    const body = { engagementId, lineId: randomUUID(), text: 'Hello' };
    const first = await agent.must<{ number: number }>('chat:send', body);
    const again = await agent.must<{ number: number }>('chat:send', body);
    expect(again.number).toBe(first.number);
    await visitor.facts.waitFor('chat:said');
    await visitor.must('chat:send', { lineId: randomUUID(), text: 'Hi' });
    expect(visitor.facts.named('chat:said')).toHaveLength(1);
  });

  it('says "not sent" while storage is away, and to all, the sender included, once it is committed late', async () => {
    const { visitor, agent } = await world.active();
    world.records.hold();
    const lineId = randomUUID();
    expect(await visitor.ask('chat:send', { lineId, text: 'Late' })).toEqual({
      ok: false,
      refusal: { code: 'storageUnavailable' },
    });
    expect(agent.facts.named('chat:said')).toEqual([]);
    world.records.release();
    await agent.facts.waitFor('chat:said');
    await visitor.facts.waitFor('chat:said');
    await visitor.must('chat:send', { lineId, text: 'Late' });
    expect(agent.facts.named('chat:said')).toHaveLength(1);
  });

  it('goes to every tab, and tells typing as a boolean, throttled', async () => {
    const { engagement, engagementId, visitor, agent } = await world.active();
    const tab = await world.visitor(engagement);
    await visitor.must('chat:send', { lineId: randomUUID(), text: 'From the first tab' });
    await tab.facts.waitFor('chat:said');
    for (let index = 0; index < 20; index += 1) await visitor.must('chat:typing', { typing: true });
    await visitor.must('chat:typing', { typing: false });
    await until(() => agent.facts.named('chat:typed').length === 2);
    expect(agent.facts.named('chat:typed')).toEqual([
      { engagementId, party: 'visitor', typing: true },
      { engagementId, party: 'visitor', typing: false },
    ]);
  });
});

describe('sharing', () => {
  it('commits a consent before it takes effect, and stops at once', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await agent.must('view:ask', { engagementId });
    const { view } = await visitor.changed('view:asked');
    world.records.hold();
    const askId = view.state === 'asked' ? view.askId : '';
    const granting = visitor.ask('view:grant', { askId });
    await until(() => world.records.held.length === 1);
    expect((await agent.ask('frames:pass', { engagementId })).ok).toBe(false);
    world.records.release();
    expect((await granting).ok).toBe(true);
    const passed = await agent.must<{ pass: string; url: string }>('frames:pass', { engagementId });
    expect(passed.pass).toMatch(/^[\w-]{43}$/);
    expect(passed.url).toBe(`ws://live.test:${world.port}/frames`);

    world.records.hold();
    await visitor.must('view:stop');
    await agent.changed('view:stopped');
    expect(await agent.ask('frames:pass', { engagementId })).toMatchObject({
      refusal: { code: 'consentMissing' },
    });
    world.records.release();
    await until(
      () =>
        world.records
          .of('consent')
          .map(({ act }) => act)
          .join() === 'granted,withdrawn',
    );
  });

  it('lets the visitor refuse, and no second answer', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await agent.must('view:ask', { engagementId });
    const { view } = await visitor.changed('view:asked');
    const askId = view.state === 'asked' ? view.askId : '';
    await visitor.must('view:refuse', { askId });
    await agent.changed('view:refused');
    expect(await visitor.ask('view:grant', { askId })).toMatchObject({ refusal: { code: 'askExpired' } });
  });

  it('lets a question expire, and a late answer answer nothing', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await agent.must('view:ask', { engagementId });
    const { view } = await visitor.changed('view:asked');
    world.clock.advance(60_000);
    await agent.changed('view:cancelled');
    const askId = view.state === 'asked' ? view.askId : '';
    expect(await visitor.ask('view:grant', { askId })).toMatchObject({ refusal: { code: 'askExpired' } });
    await agent.must('view:ask', { engagementId });
    expect(await visitor.ask('view:grant', { askId })).toMatchObject({ refusal: { code: 'askExpired' } });
  });

  it('leases control for its time, and takes it back', async () => {
    const { engagementId, visitor, agent } = await world.viewed();
    const ask = { engagementId, kinds: ['click', 'type'], leaseMs: 30_000 };
    let last = 0;
    for (const end of ['expired', 'takenBack', 'released']) {
      visitor.facts.clear();
      agent.facts.clear();
      await agent.must('control:ask', ask);
      const { control } = await visitor.changed('control:asked');
      await visitor.must('control:grant', { askId: control.asked?.askId ?? '' });
      const leased = (await agent.changed('control:granted')).control;
      expect(leased).toMatchObject({ leases: [{ kinds: ['click', 'type'] }] });
      const { lease = 0 } = leased.leases[0] ?? {};
      expect(lease).toBeGreaterThan(last);
      last = lease;
      if (end === 'expired') world.clock.advance(30_000);
      if (end === 'takenBack') await visitor.must('control:end');
      if (end === 'released') await agent.must('control:end', { engagementId });
      await agent.changed('control:ended');
      await until(() => world.records.of('leaseEnded').at(-1)?.reason === end);
    }
  });

  it('ends the lease at once when the agent is lost, and with the view', async () => {
    const { engagementId, visitor, agent } = await world.viewed();
    await agent.must('control:ask', { engagementId, kinds: ['click'], leaseMs: 60_000 });
    const { control } = await visitor.changed('control:asked');
    await visitor.must('control:grant', { askId: control.asked?.askId ?? '' });
    agent.drop();
    const view = await visitor.changed('participant:left');
    expect(view.control.leases).toEqual([]);
    expect(view.view).toMatchObject({ state: 'on', paused: true });
    await until(() => world.records.of('leaseEnded')[0]?.reason === 'left');
  });

  it('does not keep a consent whose question was taken back during its commit', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await agent.must('view:ask', { engagementId });
    const { view } = await visitor.changed('view:asked');
    world.records.hold();
    const granting = visitor.ask('view:grant', { askId: view.state === 'asked' ? view.askId : '' });
    await until(() => world.records.held.length === 1);
    await agent.must('view:cancel', { engagementId });
    world.records.release();
    expect(await granting).toMatchObject({ refusal: { code: 'askExpired' } });
    await until(
      () =>
        world.records
          .of('consent')
          .map(({ act }) => act)
          .join() === 'granted,withdrawn',
    );
    expect(world.records.ledger.of(engagementId).consents).toEqual([]);
  });
});

describe('the end', () => {
  it('is committed, stops what is shared, closes the visitor and leaves the agent to wrap up', async () => {
    const { engagement, engagementId, visitor, agent } = await world.viewed();
    await visitor.must('engagement:end');
    const view = await agent.changed('engagement:ended');
    expect(view).toMatchObject({ phase: 'wrapUp', ended: { by: 'visitor', reason: 'visitorEnded' } });
    await until(() => !visitor.socket.connected);
    expect(visitor.facts.named('session:ended')).toEqual([{ reason: 'visitorEnded' }]);
    const auth = { protocol: 1, pass: visitor.pass };
    expect(await world.refusedConnection('visitor', auth, engagement.origin)).toEqual({
      code: 'passUnknown',
    });
    expect(await agent.ask('chat:send', { engagementId, lineId: randomUUID(), text: 'x' })).toMatchObject({
      refusal: { code: 'wrongState' },
    });
    await agent.must('engagement:close', { engagementId });
    await agent.facts.waitFor('engagement:removed');
    await until(() => world.live.status().engagements === 0);
    expect(world.records.committed.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['accepted', 'ended', 'closed']),
    );
  });

  it('stops sharing even when storage is away, and ends when it is back', async () => {
    const { engagementId, visitor, agent } = await world.viewed();
    world.records.setStorage('down');
    await agent.facts.waitFor(
      'session:statusChanged',
      (fact: { storage: string }) => fact.storage === 'down',
    );
    expect(await visitor.ask('engagement:end')).toMatchObject({ refusal: { code: 'storageUnavailable' } });
    expect((await agent.changed('view:stopped')).phase).toBe('active');
    world.records.setStorage('up');
    await visitor.must('engagement:end');
    await agent.changed('engagement:ended');
    await until(() => world.records.ledger.of(engagementId).consents.length === 0);
  });

  it('comes by itself when a visitor is gone for long, and to one who waits in vain', async () => {
    const { visitor, agent } = await world.active();
    const waiting = world.engagement();
    const second = await world.visitor(waiting);
    visitor.drop();
    second.drop();
    await agent.changed('participant:left');
    await until(() => world.live.status().visitors === 0);
    world.clock.advance(600_000);
    expect((await agent.changed('engagement:ended')).ended).toMatchObject({
      by: 'system',
      reason: 'visitorLeft',
    });
    await until(() => world.records.ledger.of(waiting.engagementId).phase === 'closed');
    expect(
      world.records.of('ended').find((entry) => entry.engagementId === waiting.engagementId)?.reason,
    ).toBe('abandoned');
  });
});

it('starts a view again after it was stopped', async () => {
  const { engagementId, visitor, agent } = await world.viewed();
  await visitor.must('view:stop');
  await grantView(visitor, agent, engagementId);
  expect(world.records.ledger.of(engagementId).consents).toHaveLength(1);
});
