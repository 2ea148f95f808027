/** Coming back: within and after the time, after a restart of live, and with a client that lies. */

import { randomUUID } from 'node:crypto';
import type { EngagementView } from '@alongside/protocol';
import { PROTOCOL_VERSION } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentOpenedFact, OpenedFact } from './live-world.js';
import { LiveWorld } from './live-world.js';

let world: LiveWorld;

beforeEach(async () => {
  world = await LiveWorld.start();
  await world.viewed(world.rival);
});

afterEach(() => world.close());

describe('a lost connection', () => {
  it('comes back within a minute to the same view, without being asked', async () => {
    const { engagement, visitor, agent } = await world.viewed();
    visitor.drop();
    expect((await agent.changed('participant:left')).view).toMatchObject({ state: 'on', paused: true });
    world.clock.advance(59_000);
    const back = await world.admitted('visitor', { protocol: 1, pass: visitor.pass }, engagement.origin);
    expect((await agent.changed('participant:returned')).view).toMatchObject({ state: 'on', paused: false });
    const [opened] = back.facts.named<OpenedFact>('session:opened');
    expect(opened?.engagement.view.state).toBe('on');
  });

  it('after a minute ends the view, and the visitor is asked again', async () => {
    const { engagement, engagementId, visitor, agent } = await world.viewed();
    visitor.drop();
    await agent.changed('participant:left');
    world.clock.advance(60_000);
    await agent.changed('view:stopped');
    const back = await world.admitted('visitor', { protocol: 1, pass: visitor.pass }, engagement.origin);
    const [opened] = back.facts.named<OpenedFact>('session:opened');
    expect(opened?.engagement).toMatchObject({ phase: 'active', view: { state: 'off' } });
    await until(() => world.records.ledger.of(engagementId).consents.length === 0);
  });

  it('of the agent keeps the view for a minute, and the availability for a reload', async () => {
    const { engagementId, visitor, agent } = await world.viewed();
    await agent.must('desk:available', { available: true });
    agent.drop();
    await visitor.changed('participant:left');
    world.clock.advance(30_000);
    const back = await world.admitted(
      'agent',
      { protocol: 1, pass: agent.pass },
      world.shop.agents[0].origin,
    );
    const [opened] = back.facts.named<AgentOpenedFact>('session:opened');
    expect(opened?.available).toBe(true);
    expect(opened?.engagements.map((view) => [view.engagementId, view.view.state])).toEqual([
      [engagementId, 'on'],
    ]);
  });

  it('[DE4] keeps what was offered for the page that comes next, until it is answered on any', async () => {
    const { engagement, engagementId, visitor, agent } = await world.viewed();
    const offers = ['/a', '/b', '/c', '/d'].map((path) => ({
      deliveryId: randomUUID(),
      content: { kind: 'page', path },
    }));
    for (const each of offers) await agent.must('delivery:offer', { engagementId, ...each });
    const [, gone, ...left] = offers;
    await visitor.must('delivery:answer', { deliveryId: gone?.deliveryId, opened: false });
    await agent.facts.waitFor('delivery:answered');
    const next = await world.visitor(engagement);
    await until(() => next.facts.named('delivery:offered').length === left.length);
    const { agentId } = world.shop.agents[0];
    expect(next.facts.named('delivery:offered')).toEqual(left.map((each) => ({ ...each, agentId })));
    const deliveryId = left[0]?.deliveryId;
    await next.must('delivery:answer', { deliveryId, opened: true });
    await visitor.facts.waitFor(
      'delivery:answered',
      (fact: { deliveryId: string }) => fact.deliveryId === deliveryId,
    );
  });

  it('of one of two tabs changes nothing', async () => {
    const { engagement, visitor, agent } = await world.viewed();
    const tab = await world.visitor(engagement);
    agent.facts.clear();
    visitor.drop();
    await until(() => world.live.status().visitors === 2);
    await tab.must('chat:send', { lineId: randomUUID(), text: 'Still here' });
    await agent.facts.waitFor('chat:said');
    expect(agent.facts.named('engagement:changed')).toEqual([]);
  });
});

describe('a restart of live', () => {
  it('refuses passes and tickets of its former life, and rebuilds from new tickets', async () => {
    const { engagement, engagementId, visitor, agent } = await world.viewed();
    await visitor.must('chat:send', { lineId: randomUUID(), text: 'Before' });
    const oldTicket = world.records.visitorTicket(engagement);
    const former = world.live.status().nodeId;
    await world.restartLive(3000);
    expect(world.live.status().nodeId).toBe(former);
    const { origin } = engagement;
    const refused = (auth: object) => world.refusedConnection('visitor', { protocol: 1, ...auth }, origin);
    expect(await refused({ pass: visitor.pass })).toEqual({ code: 'passUnknown' });
    expect(await refused({ ticket: oldTicket })).toEqual({ code: 'notAdmitted' });

    const visitorBack = await world.visitor(engagement);
    const agentBack = await world.agent();
    const [opened] = agentBack.facts.named<AgentOpenedFact>('session:opened');
    const view = opened?.engagements[0];
    expect(view).toMatchObject({
      engagementId,
      phase: 'active',
      view: { state: 'on', paused: false },
      lastChatNumber: 2,
    });
    const line = await visitorBack.must<{ number: number }>('chat:send', {
      lineId: randomUUID(),
      text: 'After',
    });
    expect(line.number).toBe(3);
    await agentBack.facts.waitFor('chat:said');
    expect(agent.pass).not.toBe(agentBack.pass);
  });

  it('never counts the version of what is shown backwards', async () => {
    const { engagement, agent } = await world.viewed();
    const before = (await agent.changed('view:granted')).version;
    await world.restartLive(500);
    const back = await world.visitor(engagement);
    const [opened] = back.facts.named<OpenedFact>('session:opened');
    expect(opened?.engagement.version).toBeGreaterThan(before);
  });

  it('continues a view only when both sides are back within a minute of the loss', async () => {
    const { engagement, engagementId } = await world.viewed();
    await world.restartLive(3000);
    const visitor = await world.visitor(engagement);
    world.clock.advance(57_000);
    const stopped = await visitor.changed('view:stopped');
    expect(stopped.view.state).toBe('off');
    await until(() => world.records.ledger.of(engagementId).consents.length === 0);
    const agent = await world.agent();
    const [opened] = agent.facts.named<AgentOpenedFact>('session:opened');
    expect(opened?.engagements[0]?.view.state).toBe('off');
  });

  it('does not continue a view when live was away for too long', async () => {
    const { engagement, engagementId } = await world.viewed();
    await world.restartLive(61_000);
    const visitor = await world.visitor(engagement);
    const [opened] = visitor.facts.named<OpenedFact>('session:opened');
    expect(opened?.engagement.view.state).toBe('off');
    await until(() => world.records.ledger.of(engagementId).consents.length === 0);
  });

  it('restores neither leases nor questions nor calls', async () => {
    const { engagement, engagementId, visitor, agent } = await world.viewed();
    await agent.must('call:start', { engagementId, media: 'video' });
    const { call } = await visitor.changed('call:asked');
    const askId = call.state === 'asked' ? call.askId : '';
    await visitor.must('call:answer', { askId, accept: true, media: 'video' });
    await agent.must('control:ask', { engagementId, kinds: ['click'], leaseMs: 600_000 });
    const { control } = await visitor.changed('control:asked');
    await visitor.must('control:grant', { askId: control.asked?.askId ?? '' });
    expect(world.records.ledger.of(engagementId).lastLease).toBe(1);
    await world.restartLive(1000);
    const back = await world.visitor(engagement);
    const [opened] = back.facts.named<OpenedFact>('session:opened');
    expect(opened?.engagement).toMatchObject({
      view: { state: 'on' },
      control: { leases: [] },
      call: { state: 'off' },
    });
    await until(
      () =>
        world.records.ledger
          .of(engagementId)
          .consents.map(({ scope }) => scope)
          .join() === 'view',
    );
    const agentBack = await world.agent();
    await agentBack.must('control:ask', { engagementId, kinds: ['click'], leaseMs: 60_000 });
    const again = (await back.changed('control:asked')).control;
    await back.must('control:grant', { askId: again.asked?.askId ?? '' });
    const { leases } = (await agentBack.changed('control:granted')).control;
    expect(leases.at(-1)?.lease).toBeGreaterThan(1);
  });

  it('gives nothing to clients that lie about their state', async () => {
    const { engagement, engagementId, visitor, agent } = await world.active();
    await agent.must('view:ask', { engagementId });
    const { view } = await visitor.changed('view:asked');
    const askId = view.state === 'asked' ? view.askId : '';
    await world.restartLive();
    const lying = await world.visitor(engagement);
    const liar = await world.agent();
    // The question was never answered; its id is from a life that this node knows nothing of.
    expect(await lying.ask('view:grant', { askId })).toMatchObject({ refusal: { code: 'askExpired' } });
    expect(await lying.ask('frames:pass')).toMatchObject({ refusal: { code: 'consentMissing' } });
    expect(await liar.ask('frames:pass', { engagementId })).toMatchObject({
      refusal: { code: 'consentMissing' },
    });
    const claims = {
      protocol: PROTOCOL_VERSION,
      ticket: world.records.visitorTicket(engagement),
      consents: ['view'],
    };
    expect(await world.refusedConnection('visitor', claims, engagement.origin)).toEqual({
      code: 'malformed',
      detail: 'auth',
    });
    expect(world.records.of('consent').filter((entry) => entry.engagementId === engagementId)).toEqual([]);
  });

  it('takes the newest ledger of two tickets, whatever the order', async () => {
    const engagement = world.engagement();
    const stale = world.records.ledger.of(engagement.engagementId);
    const visitor = await world.visitor(engagement);
    const agent = await world.agent();
    await agent.must('engagement:accept', { engagementId: engagement.engagementId });
    await visitor.changed('engagement:accepted');
    await world.restartLive();
    await world.visitor(engagement);
    const tab = await world.admitted(
      'visitor',
      { protocol: 1, ticket: world.records.visitorTicket(engagement, { engagement: stale }) },
      engagement.origin,
    );
    const [opened] = tab.facts.named<OpenedFact>('session:opened');
    expect(opened?.engagement.phase).toBe('active');
  });

  it('takes a newer ledger over what is in memory', async () => {
    const engagement = world.engagement();
    const visitor = await world.visitor(engagement);
    const agent = await world.agent();
    const { engagementId } = engagement;
    world.records.hold();
    expect(await agent.ask('engagement:accept', { engagementId })).toMatchObject({
      refusal: { code: 'storageUnavailable' },
    });
    world.records.release();
    // Its commit came late: it is true all the same.
    expect((await visitor.changed('engagement:accepted')).agent?.displayName).toBe('Aki of shop');
  });
});

describe('records away', () => {
  it('keeps what took effect until it can be committed, in order and once', async () => {
    const { engagementId, visitor, agent } = await world.viewed();
    await world.records.stop();
    await agent.facts.waitFor(
      'session:statusChanged',
      (fact: { storage: string }) => fact.storage === 'down',
    );
    await visitor.must('view:stop');
    const view = await agent.changed('view:stopped');
    expect(view.phase).toBe('active');
    const ask = await visitor.ask('chat:send', { lineId: randomUUID(), text: 'Waiting' });
    expect(ask).toMatchObject({ refusal: { code: 'storageUnavailable' } });
    await world.records.start();
    await until(() => world.records.ledger.of(engagementId).consents.length === 0);
    await agent.facts.waitFor('chat:said');
    expect(world.records.of('consent').filter((entry) => entry.engagementId === engagementId)).toHaveLength(
      2,
    );
    const shown = (await agent.must<EngagementView>('engagement:accept', { engagementId })).phase;
    expect(shown).toBe('active');
  });

  it('takes back a grant whose commit nobody saw', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await agent.must('view:ask', { engagementId });
    const { view } = await visitor.changed('view:asked');
    world.records.hold();
    const granted = await visitor.ask('view:grant', { askId: view.state === 'asked' ? view.askId : '' });
    expect(granted).toMatchObject({ refusal: { code: 'storageUnavailable' } });
    world.records.release();
    const acts = () => world.records.of('consent').filter((entry) => entry.engagementId === engagementId);
    await until(
      () =>
        acts()
          .map(({ act }) => act)
          .join() === 'granted,withdrawn',
    );
    expect(await agent.ask('frames:pass', { engagementId })).toMatchObject({
      refusal: { code: 'consentMissing' },
    });
  });
});
