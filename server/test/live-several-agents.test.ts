/** Several agents in one engagement, over real sockets: signals and sealed frames alike. */

import { randomUUID } from 'node:crypto';
import type { AgentId, EngagementView } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentOpenedFact, Client, LiveWorld } from './live-world.js';
import { grantView } from './live-world.js';
import type { Colleague } from './several-agents.js';
import { join, notice, refusalOf, roles, SeveralAgents, viewOf } from './several-agents.js';

let several: SeveralAgents;
let world: LiveWorld;

beforeEach(async () => {
  several = await SeveralAgents.start();
  ({ world } = several);
});

afterEach(() => several.close());

describe('ten agents in one engagement', () => {
  it('see the same page, the late one as well, and the recorder never begins anew', async () => {
    const at = await several.shared(...Array.from({ length: 8 }, (_, index) => `Agent ${index}`));
    const shown = await several.page(at);
    const first = [at.agent, ...at.others.map(({ client }) => client)];
    const seen = await Promise.all(first.map((client) => several.watch(client, at.engagementId)));
    for (let number = 0; number < 100; number += 1) shown.emit({ number });
    const pace = <T>(done: () => T) =>
      until(() => {
        shown.clock.advance(250);
        return done();
      });
    await pace(() => seen.every((each) => each.shown.length === 100));
    const late = await several.colleague('Late');
    await join(late, at.engagementId);
    await notice(at.visitor, late);
    seen.push(await several.watch(late.client, at.engagementId));
    shown.emit({ number: 'after' });
    await pace(() => seen.every((each) => each.shown.length === 101));
    for (const each of seen) expect(each.shown).toEqual(shown.events);
    expect(seen).toHaveLength(10);
    expect(shown.watched).toEqual([true]);
    // Everybody's place in the frames is their number in the engagement, so that colours are the same everywhere.
    for (const { agentId, place } of viewOf(at.visitor)?.agents ?? []) {
      expect(shown.slots.get(agentId)).toBe(place);
    }
    expect(world.records.of('joined')).toHaveLength(9);
    expect(world.records.of('noticed')).toHaveLength(9);
    await until(() => world.records.of('watchStarted').length === 10);
  });

  it('[MA4] are shown nothing before the visitor’s page has told of them', async () => {
    const { visitor, engagementId } = await world.viewed();
    const ben = await several.colleague('Ben');
    await join(ben, engagementId);
    const { agents } = await visitor.changed('agent:joined');
    expect(agents.map(({ displayName, noticed }) => [displayName, noticed])).toEqual([
      ['Aki of shop', true],
      ['Ben', false],
    ]);
    const consentMissing = { code: 'consentMissing' };
    expect(await refusalOf(ben.client, 'frames:pass', { engagementId })).toEqual(consentMissing);
    world.records.hold();
    const told = visitor.ask('agent:notice', { agentId: ben.agentId });
    await until(() => world.records.held.some(({ type }) => type === 'noticed'));
    // Not before it is written down either.
    expect(await refusalOf(ben.client, 'frames:pass', { engagementId })).toEqual(consentMissing);
    world.records.release();
    expect((await told).ok).toBe(true);
    expect(await refusalOf(ben.client, 'frames:pass', { engagementId })).toBe('done');
  });

  it('say who wrote each line, and who types', async () => {
    const { visitor, agent, others, engagementId } = await several.shared('Ben', 'Sue');
    const [ben, sue] = others;
    if (ben === undefined || sue === undefined) throw new Error('There are two.');
    await ben.client.must('chat:typing', { engagementId, typing: true });
    const typed = { engagementId, party: 'agent', agentId: ben.agentId, typing: true };
    for (const each of [visitor, agent, sue.client])
      expect(await each.facts.waitFor('chat:typed')).toEqual(typed);
    await ben.client.must('chat:send', { engagementId, lineId: randomUUID(), text: 'I look at it' });
    for (const each of [visitor, agent, sue.client]) {
      const said = await each.facts.waitFor<{ line: object }>('chat:said');
      expect(said.line).toMatchObject({ from: 'agent', agentId: ben.agentId, agentName: 'Ben' });
    }
    expect(ben.client.facts.named('chat:typed')).toEqual([]);
  });
});

it('lets whoever watches see on when the machine’s clock is set forward or back', async () => {
  await several.close();
  several = await SeveralAgents.start({ steadyClock: performance });
  ({ world } = several);
  const at = await world.viewed();
  const shown = await several.page(at);
  const seen = await several.watch(at.agent, at.engagementId, () => world.clock.advance(limits.framesPassMs));
  shown.emit(1);
  await until(() => seen.shown.length === 1);
  for (const [number, ms] of [-60_000, 60_000].entries()) {
    world.clock.advance(ms);
    shown.emit(number);
    await until(() => seen.shown.length === number + 2);
  }
  expect(seen.closed).toBe('');
});

describe('who may join', () => {
  it('[MA1] sees it on the desk; strangers, other sites and other roles are refused, and nobody is told', async () => {
    const { visitor, agent, engagementId } = await world.viewed();
    const ben = await several.colleague('Ben');
    const running = (opened: AgentOpenedFact | undefined) =>
      opened?.desk.running.map((each) => [each.engagementId, each.agents.map((one) => one.displayName)]);
    const [opened] = ben.client.facts.named<AgentOpenedFact>('session:opened');
    expect(running(opened)).toEqual([[engagementId, ['Aki of shop']]]);
    const rival = await world.agent(world.rival.agents[0]);
    expect(running(rival.facts.named<AgentOpenedFact>('session:opened')[0])).toEqual([]);
    const elsewhere = await several.colleague('Elsewhere');
    const { person } = elsewhere;
    const far = await world.agent({ ...person, siteIds: [randomUUID()] });
    const body = { engagementId, as: 'agent' };
    for (const client of [rival, far]) {
      expect(await refusalOf(client, 'engagement:join', body)).toEqual({ code: 'notFound' });
    }
    const supervises = { engagementId, as: 'supervisor' };
    expect(await refusalOf(ben.client, 'engagement:join', supervises)).toEqual({ code: 'notPermitted' });
    world.records.refuseNext('joined', 'transferRefused');
    expect(await refusalOf(ben.client, 'engagement:join', body)).toEqual({ code: 'transferRefused' });
    expect(
      visitor.facts.named<{ because: string }>('engagement:changed').map(({ because }) => because),
    ).not.toContain('agent:joined');
    expect(await refusalOf(ben.client, 'chat:typing', { engagementId, typing: true })).toEqual({
      code: 'notFound',
    });
    await join(ben, engagementId);
    expect(roles((await agent.changed('agent:joined')) as EngagementView)).toEqual([
      'Aki of shop lead',
      'Ben agent',
    ]);
  });

  it('[MA3] does what their role lets them', async () => {
    const { others, engagementId } = await several.shared('Ben', 'Sue');
    const [ben, sue] = others;
    for (const command of ['engagement:end', 'call:start', 'engagement:takeLead']) {
      const body = command === 'call:start' ? { engagementId, media: 'voice' } : { engagementId };
      expect(await refusalOf(ben?.client as Client, command, body)).toEqual({ code: 'notPermitted' });
    }
    const asked = { engagementId, kinds: ['click'], leaseMs: 30_000 };
    expect(await refusalOf(sue?.client as Client, 'control:ask', asked)).toEqual({ code: 'notPermitted' });
    expect(await refusalOf(sue?.client as Client, 'engagement:takeLead', { engagementId })).toBe('done');
    expect(roles(viewOf(sue?.client as Client))).toEqual(['Sue lead', 'Aki of shop agent', 'Ben agent']);
  });
});

describe('what is of one agent', () => {
  async function lend(at: Awaited<ReturnType<SeveralAgents['shared']>>, client: Client): Promise<void> {
    at.visitor.facts.clear();
    const body = { engagementId: at.engagementId, kinds: ['click'], leaseMs: 60_000 };
    await client.must('control:ask', body);
    const { control } = await at.visitor.changed('control:asked');
    await at.visitor.must('control:grant', { askId: control.asked?.askId });
  }

  it('[MA5] ends when they leave, and nothing else does', async () => {
    const at = await several.shared('Ben', 'Noor');
    const [ben, noor] = at.others as [Colleague, Colleague];
    const shown = await several.page(at);
    const [lead, leaving, staying] = await Promise.all(
      [at.agent, ben.client, noor.client].map((client) => several.watch(client, at.engagementId)),
    );
    shown.emit(1);
    await until(() => {
      shown.clock.advance(250);
      return [lead, leaving, staying].every((each) => each?.shown.length === 1);
    });
    await lend(at, at.agent);
    await lend(at, ben.client);
    await ben.client.must('engagement:leave', { engagementId: at.engagementId });
    const { control, view } = await at.visitor.changed('agent:departed');
    expect(control.leases.map(({ agentId }) => agentId)).toEqual([world.shop.agents[0].agentId]);
    expect(view.state).toBe('on');
    await until(() => leaving?.closed === '4403 notPermitted');
    const removed = await ben.client.facts.waitFor<{ reason: string }>('engagement:removed');
    expect(removed.reason).toBe('left');
    shown.emit(2);
    await until(() => lead?.shown.length === 2 && staying?.shown.length === 2);
    expect(leaving?.shown).toEqual([1]);
    expect(shown.watched).toEqual([true]);
    await until(() => world.records.of('departed').length === 1);
    const again = { engagementId: at.engagementId, typing: true };
    expect(await refusalOf(ben.client, 'chat:typing', again)).toEqual({ code: 'notFound' });
  });

  it('[MA6] is taken by the visitor, who hides the page from one and shows it again', async () => {
    const at = await several.shared('Ben');
    const [ben] = at.others as [Colleague];
    const shown = await several.page(at);
    const [lead, hidden] = await Promise.all(
      [at.agent, ben.client].map((client) => several.watch(client, at.engagementId)),
    );
    shown.emit(1);
    await until(() => {
      shown.clock.advance(250);
      return lead?.shown.length === 1 && hidden?.shown.length === 1;
    });
    await lend(at, ben.client);
    await at.visitor.must('agent:hide', { agentId: ben.agentId });
    await until(() => hidden?.closed === '4403 notPermitted');
    shown.emit(2);
    await until(() => lead?.shown.length === 2);
    expect(hidden?.shown).toEqual([1]);
    expect(viewOf(at.visitor)?.control.leases).toEqual([]);
    const { engagementId } = at;
    expect(await refusalOf(ben.client, 'frames:pass', { engagementId })).toEqual({ code: 'consentMissing' });
    await at.visitor.must('agent:show', { agentId: ben.agentId });
    const again = await several.watch(ben.client, engagementId);
    await until(() => {
      shown.clock.advance(250);
      return again.shown.length === 2;
    });
    const consents = world.records.of('consent').filter(({ scope }) => scope === 'watch');
    expect(consents.map(({ act, agentId }) => [act, agentId])).toEqual([
      ['withdrawn', ben.agentId],
      ['granted', ben.agentId],
    ]);
  });
});

describe('the lead', () => {
  it('[MA7] is handed over, and the new one ends the engagement', async () => {
    const { agent, visitor, others, engagementId } = await several.shared('Ben');
    const [ben] = others as [Colleague];
    await agent.must('engagement:handOver', { engagementId, agentId: ben.agentId });
    const { agent: lead, view } = await visitor.changed('lead:passed');
    expect([lead?.displayName, view.state]).toEqual(['Ben', 'on']);
    expect(await refusalOf(agent, 'engagement:end', { engagementId })).toEqual({ code: 'notPermitted' });
    await ben.client.must('engagement:end', { engagementId });
    const removed = await agent.facts.waitFor<{ reason: string }>('engagement:removed');
    expect(removed.reason).toBe('agentEnded');
    expect(world.records.ledger.of(engagementId).agent?.agentId).toBe(ben.agentId);
  });

  it('[MA8] who is lost for a minute gives it to who has been there longest; the engagement goes on', async () => {
    const { agent, visitor, others } = await several.shared('Ben', 'Noor');
    agent.drop();
    const { agents } = await visitor.changed('participant:left');
    expect(agents[0]?.connected).toBe(false);
    world.clock.advance(limits.returnMs);
    const passed = await visitor.changed('lead:passed');
    expect(roles(passed)).toEqual(['Ben lead', 'Noor agent']);
    expect([passed.phase, passed.view.state]).toEqual(['active', 'on']);
    const [ben] = others as [Colleague];
    await until(() => world.records.of('leadPassed').length === 1);
    expect(world.records.of('leadPassed')[0]).toMatchObject({ agentId: ben.agentId, stays: false });
    // Whoever comes back finds it among those that run, and may join.
    const aki = await world.agent();
    const [opened] = aki.facts.named<AgentOpenedFact>('session:opened');
    expect([opened?.engagements.length, opened?.desk.running.length]).toEqual([0, 1]);
  });

  it('[MA8] whose account is closed loses it at once, and alone', async () => {
    const { agent, visitor, engagementId } = await several.shared('Ben');
    const agentId = world.shop.agents[0].agentId as AgentId;
    world.records.revoke({ type: 'agentChanged', agentId, disabled: true, at: world.clock.now() });
    expect(roles(await visitor.changed('lead:passed'))).toEqual(['Ben lead']);
    await until(() => !agent.socket.connected);
    expect(world.records.ledger.endOf(engagementId)).toBeUndefined();
  });

  it('[RB7] and who has joined are there again after a crash, to be told of anew', async () => {
    const { engagement, engagementId, others } = await several.shared('Ben');
    const [ben] = others as [Colleague];
    await until(() => world.records.ledger.of(engagementId).joined?.length === 1);
    await world.restartLive(1000);
    const visitor = await world.visitor(engagement);
    await world.agent();
    const again = await world.agent(ben.person);
    const [opened] = again.facts.named<AgentOpenedFact>('session:opened');
    expect(roles(opened?.engagements[0])).toEqual(['Aki of shop lead', 'Ben agent']);
    const consentMissing = { code: 'consentMissing' };
    expect(await refusalOf(again, 'frames:pass', { engagementId })).toEqual(consentMissing);
    await visitor.must('agent:notice', { agentId: ben.agentId });
    expect(await refusalOf(again, 'frames:pass', { engagementId })).toBe('done');
  });

  it('alone agrees to nothing for the others: [VW2] each question is of who asked', async () => {
    const { visitor, agent, engagementId } = await world.active();
    const ben = await several.colleague('Ben');
    await join(ben, engagementId);
    await notice(visitor, ben);
    await grantView(visitor, ben.client, engagementId);
    const [granted] = world.records.of('consent');
    expect(granted).toMatchObject({ scope: 'view', act: 'granted', agentId: ben.agentId });
    expect(await refusalOf(agent, 'frames:pass', { engagementId })).toBe('done');
    expect(await refusalOf(ben.client, 'view:cancel', { engagementId })).toEqual({ code: 'notPermitted' });
  });
});

describe('whom the visitor’s explicit consent alone lets in', () => {
  const words = { version: '2026-11-22', language: 'en' };
  const byConsent = { code: 'consentMissing', detail: 'transfer' };

  /** Asks for it by trying to come in, gives it, and answers the view in which the visitor was asked. */
  async function agree(visitor: Client, ben: Colleague, [command, body]: readonly [string, object]) {
    world.records.refuseNext(command === 'engagement:join' ? 'joined' : 'accepted', 'consentMissing', 'IN');
    expect(await refusalOf(ben.client, command, body)).toEqual(byConsent);
    const view = await visitor.changed('transfer:asked');
    await visitor.must('transfer:grant', { askId: view.transfer?.askId, ...words });
    const { granted } = await ben.client.facts.waitFor<{ granted: boolean }>('transfer:answered');
    expect(granted).toBe(true);
    return view;
  }

  it('[TR3] comes in by it, and is cut off when it is taken back, although nothing can be written', async () => {
    const { visitor, agent, engagementId } = await world.viewed();
    const ben = await several.colleague('Ben', { readableSiteIds: [] });
    const view = await agree(visitor, ben, ['engagement:join', { engagementId, as: 'agent' }]);
    expect(view.transfer).toMatchObject({ displayName: 'Ben', country: 'IN' });
    const joined = await join(ben, engagementId);
    expect(joined.agents.map((each) => each.byConsent)).toEqual([undefined, true]);
    await notice(visitor, ben);
    const seen = await several.watch(ben.client, engagementId);
    await ben.client.must('chat:send', { engagementId, lineId: randomUUID(), text: 'From afar' });
    world.records.setStorage('down');
    await visitor.must('transfer:withdraw');
    await until(() => seen.closed !== '');
    const line = { engagementId, lineId: randomUUID(), text: 'Still here' };
    expect(await refusalOf(ben.client, 'chat:send', line)).toEqual({ code: 'notFound' });
    expect((await agent.changed('agent:departed')).agents).toHaveLength(1);
    world.records.setStorage('up');
    await until(() => world.records.of('departed').length === 1);
    expect(world.records.of('departed')).toMatchObject([{ agentId: ben.agentId, reason: 'transferLapsed' }]);
    const acts = world.records.of('consent').filter(({ scope }) => scope === 'transfer');
    expect(acts).toMatchObject([
      { act: 'granted', transfer: { country: 'IN', ...words } },
      { act: 'withdrawn', transfer: { country: 'IN' } },
    ]);
  });

  it('[TR1] may lead, and is told of a no; [TR3] without anybody else it ends', async () => {
    const engagement = world.engagement();
    const { engagementId } = engagement;
    const visitor = await world.visitor(engagement);
    const ben = await several.colleague('Ben', { readableSiteIds: [] });
    await agree(visitor, ben, ['engagement:accept', { engagementId }]);
    await ben.client.must('engagement:accept', { engagementId });
    await visitor.must('transfer:withdraw');
    const { ended } = await visitor.changed('engagement:ended');
    expect(ended).toMatchObject({ by: 'system', reason: 'transferLapsed' });

    const other = world.engagement();
    const asked = await world.visitor(other);
    const dev = await several.colleague('Dev', { readableSiteIds: [] });
    world.records.refuseNext('accepted', 'consentMissing', 'IN');
    const accepting = { engagementId: other.engagementId };
    expect(await refusalOf(dev.client, 'engagement:accept', accepting)).toEqual(byConsent);
    const { transfer } = await asked.changed('transfer:asked');
    await asked.must('transfer:refuse', { askId: transfer?.askId });
    const answer = { engagementId: other.engagementId, granted: false };
    expect(await dev.client.facts.waitFor('transfer:answered')).toEqual(answer);
  });
});
