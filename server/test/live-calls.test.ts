/** The question and answer of calls, the visitor's consents in them, and what is taken away from outside. */

import { randomUUID } from 'node:crypto';
import type {
  AgentId,
  CallSession,
  EngagementId,
  EngagementView,
  ExpertFacts,
  IceRoutes,
} from '@alongside/protocol';
import { agentCommands, expertCommands, PROTOCOL_VERSION, visitorCommands } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentSamples, visitorSamples } from './command-samples.js';
import { type Client, CONSOLE_ORIGIN, LiveWorld } from './live-world.js';

let world: LiveWorld;
const words = { version: '2026-11-22', language: 'en' } as const;

beforeEach(async () => {
  world = await LiveWorld.start();
  const { engagementId, visitor, agent } = await world.viewed(world.rival);
  await called(visitor, agent, engagementId);
});

afterEach(() => world.close());

async function called(visitor: Client, agent: Client, engagementId: EngagementId, media = 'voice') {
  await agent.must('call:start', { engagementId, media: 'voice' });
  const { call } = await visitor.changed('call:asked');
  const askId = call.state === 'asked' ? call.askId : '';
  await visitor.must('call:answer', { askId, accept: true, media });
  await agent.changed('call:answered');
}

describe('a call', () => {
  it('begins with the visitor consenting, and ends at once', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await called(visitor, agent, engagementId);
    const scopes = world.records.ledger.of(engagementId).consents.map(({ scope }) => scope);
    expect(scopes).toEqual(['voice']);
    const session = await visitor.must<{ callId: string }>('call:join', {});
    const other = await agent.must<{ callId: string }>('call:join', { engagementId });
    expect(other.callId).toBe(session.callId);
    world.clock.advance(7000);
    await agent.must('call:end', { engagementId });
    await visitor.changed('call:ended');
    expect(world.calls.told.at(-1)).toEqual({ what: 'ownerClosed', about: engagementId });
    const ended = await until(() => world.records.of('callEnded')[0]);
    expect(ended).toMatchObject({ callId: session.callId, by: 'agent', durationMs: 7000 });
    await until(() => world.records.ledger.of(engagementId).consents.length === 0);
  });

  it('gives of the visitor only what the visitor agreed to', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await called(visitor, agent, engagementId);
    const produce = (source: string) =>
      visitor.ask('call:produce', { transportId: 't', source, rtpParameters: {} });
    expect((await produce('microphone')).ok).toBe(true);
    expect(await produce('camera')).toMatchObject({ refusal: { code: 'consentMissing' } });
    await visitor.must('call:consent', { source: 'camera', granted: true });
    expect((await produce('camera')).ok).toBe(true);
    await agent.facts.waitFor('call:produced');
    expect(visitor.facts.named('call:produced')).toEqual([]);
    await visitor.must('call:consent', { source: 'microphone', granted: false });
    expect(world.calls.told.at(-1)).toEqual({
      what: 'sourceWithdrawn',
      about: { engagementId, party: 'visitor', source: 'microphone' },
    });
    expect(await produce('microphone')).toMatchObject({ refusal: { code: 'consentMissing' } });
  });

  it('is told to the agent as the visitor measures it, and kept once in ten seconds', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await called(visitor, agent, engagementId);
    const figures = { upLossPermille: 80, roundTripMs: 40 };
    const samples = () =>
      world.records.of('callMeasured').filter((each) => each.engagementId === engagementId);
    expect(await visitor.must('call:report', { figures })).toEqual({ upQuality: 9 });
    const told = await agent.facts.waitFor('call:measured');
    expect(told).toMatchObject({ engagementId, measured: { ...figures, upQuality: 9 } });
    await visitor.must('call:report', { figures });
    await agent.must('call:report', { engagementId, figures: { downKbps: 30 } });
    await until(() => samples().length === 2);
    expect(visitor.facts.named('call:measured')).toEqual([]);
    world.clock.advance(10_000);
    await visitor.must('call:report', { figures: {} });
    const [first, second, third] = await until(() => (samples().length === 3 ? samples() : undefined));
    expect([first, second, third].map((each) => [each?.side, each?.measured])).toEqual([
      ['visitor', { ...figures, upQuality: 9 }],
      ['lead', { downKbps: 30, upQuality: 9 }],
      ['visitor', { upQuality: 9 }],
    ]);
    expect(await visitor.ask('call:report', { figures: { upLossPermille: 1001 } })).toMatchObject({
      refusal: { code: 'malformed' },
    });
  });

  it('asked by the visitor is answered by the agent alone', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await visitor.must('call:start', { media: 'video' });
    const { call } = await agent.changed('call:asked');
    const askId = call.state === 'asked' ? call.askId : '';
    const self = await visitor.ask('call:answer', { askId, accept: true, media: 'voice' });
    expect(self).toMatchObject({ refusal: { code: 'askExpired' } });
    expect(await agent.ask('call:cancel', { engagementId })).toMatchObject({
      refusal: { code: 'wrongState' },
    });
    await agent.must('call:answer', { engagementId, askId, accept: true, media: 'voice' });
    expect((await visitor.changed('call:answered')).call).toMatchObject({
      visitorVoice: true,
      visitorVideo: true,
    });
  });

  it('[CA15] gives the voice of an agent to one visitor at a time, from whichever window', async () => {
    const first = await world.active();
    await called(first.visitor, first.agent, first.engagementId);
    const { engagementId, visitor, agent } = await world.active();
    const conflict = { refusal: { code: 'conflict' } };
    expect(await agent.ask('call:start', { engagementId, media: 'voice' })).toMatchObject(conflict);
    await visitor.must('call:start', { media: 'voice' });
    const { call } = await agent.changed('call:asked');
    const askId = call.state === 'asked' ? call.askId : '';
    const answer = { engagementId, askId, accept: true, media: 'voice' };
    expect(await agent.ask('call:answer', answer)).toMatchObject(conflict);
    await first.visitor.must('call:end', {});
    // Of two yeses at once neither shows before it is committed.
    await first.visitor.must('call:start', { media: 'voice' });
    const asked = await first.visitor.facts.waitFor<{ engagement: EngagementView }>(
      'engagement:changed',
      ({ engagement }) => engagement.call.state === 'asked' && engagement.call.by === 'visitor',
    );
    const { call: other } = asked.engagement;
    const ofFirst = {
      ...{ ...answer, engagementId: first.engagementId },
      askId: other.state === 'asked' ? other.askId : '',
    };
    const both = [agent.ask('call:answer', answer), first.agent.ask('call:answer', ofFirst)];
    expect((await Promise.all(both)).filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('can be refused, and taken back before its answer', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await agent.must('call:start', { engagementId, media: 'voice' });
    const { call } = await visitor.changed('call:asked');
    const askId = call.state === 'asked' ? call.askId : '';
    await visitor.must('call:answer', { askId, accept: false, media: 'voice' });
    await agent.changed('call:refused');
    await agent.must('call:start', { engagementId, media: 'voice' });
    await agent.must('call:cancel', { engagementId });
    await visitor.changed('call:cancelled');
    expect(world.records.ledger.of(engagementId).consents).toEqual([]);
  });

  it('waits until calls are ready, and everybody hears when they are', async () => {
    const { engagementId, visitor, agent } = await world.active();
    world.calls.become({ state: 'building', done: 1, total: 3 });
    await visitor.facts.waitFor('session:statusChanged');
    const start = { engagementId, media: 'voice' };
    expect(await agent.ask('call:start', start)).toMatchObject({ refusal: { code: 'callsUnavailable' } });
    await until(() => world.records.status?.calls.state === 'building');
    world.calls.become({ state: 'ready' });
    expect((await agent.ask('call:start', start)).ok).toBe(true);
  });

  it('ends when one side has been away for a minute, and tells both when media was lost', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await called(visitor, agent, engagementId);
    world.calls.listener?.lost(engagementId);
    await Promise.all([visitor, agent].map((client) => client.facts.waitFor('call:lost')));
    visitor.drop();
    expect((await agent.changed('participant:left')).call.state).toBe('on');
    world.clock.advance(60_000);
    await agent.changed('call:ended');
  });

  it('that is to be relayed waits for a relay, and is told of nothing else', async () => {
    const engagement = world.engagement();
    const { engagementId } = engagement;
    world.records.ledger.start(engagement, world.clock.now(), { relayOnly: true });
    const visitor = await world.visitor(engagement);
    const agent = await world.agent();
    await agent.must('engagement:accept', { engagementId });
    const start = { engagementId, media: 'voice' };
    expect(await agent.ask('call:start', start)).toMatchObject({ refusal: { code: 'callsUnavailable' } });
    world.relays.become(true);
    await called(visitor, agent, engagementId);
    const session = await visitor.must<CallSession>('call:join', {});
    expect(session.relayOnly).toBe(true);
    expect(session.iceServers).toEqual(world.relays.serversFor(engagementId));
    const candidates = [session.send, session.receive].flatMap(({ iceCandidates }) => iceCandidates);
    expect(candidates.map(({ protocol }) => protocol)).toEqual(['udp', 'udp']);
    const restarted = await visitor.must<IceRoutes>('call:restartIce', { transportId: 'send' });
    expect(restarted.iceServers).toEqual(session.iceServers);
    for (const { facts } of [visitor, agent]) facts.clear();
    world.relays.become(false);
    // Whoever is in a call looks at their way then.
    await Promise.all([visitor, agent].map(({ facts }) => facts.waitFor('session:statusChanged')));
    const refused = { refusal: { code: 'callsUnavailable' } };
    expect(await agent.ask('call:join', { engagementId })).toMatchObject(refused);
    expect(await visitor.ask('call:restartIce', { transportId: 'send' })).toMatchObject(refused);
  });

  it('that is sealed tells so, and passes on the steps of agreeing on keys, unread and to nobody else', async () => {
    const engagement = world.engagement();
    const { engagementId } = engagement;
    world.records.ledger.start(engagement, world.clock.now(), { mediaSealed: true });
    const visitor = await world.visitor(engagement);
    const agent = await world.agent();
    await agent.must('engagement:accept', { engagementId });
    await called(visitor, agent, engagementId);
    expect(await visitor.must<CallSession>('call:join', {})).toMatchObject({ sealed: true });
    await agent.must('call:join', { engagementId });
    const step = { from: 'page', to: 'window', step: 'key', bytes: 'c2VhbGVk' };
    await visitor.must('call:passKeys', step);
    expect(await agent.facts.waitFor('call:keysPassed')).toEqual({ engagementId, step });
    await agent.must('call:passKeys', { engagementId, from: 'window', step: 'here' });
    const back = {
      engagementId,
      agentId: world.shop.agents[0].agentId,
      step: { from: 'window', step: 'here' },
    };
    expect(await visitor.facts.waitFor('call:keysPassed')).toEqual(back);
    expect(agent.facts.named('call:keysPassed')).toHaveLength(1);
    const taken = await agent.ask('call:passKeys', { engagementId, from: 'page', step: 'gone' });
    expect(taken).toMatchObject({ refusal: { code: 'notPermitted' } });
    expect(await visitor.ask('call:passKeys', { ...step, bytes: 'A'.repeat(1025) })).toMatchObject({
      refusal: { code: 'tooLarge' },
    });
    expect(JSON.stringify(world.records.committed)).not.toContain(step.bytes);
  });

  it('that is not sealed passes no keys on', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await called(visitor, agent, engagementId);
    expect(await visitor.must<CallSession>('call:join', {})).not.toHaveProperty('sealed');
    expect(await visitor.ask('call:passKeys', { from: 'page', step: 'here' })).toMatchObject({
      refusal: { code: 'wrongState' },
    });
  });

  it('shows a screen only where the site, the visitor and the call allow it', async () => {
    const engagement = world.engagement();
    const { engagementId } = engagement;
    world.records.ledger.start(engagement, world.clock.now(), { screens: 'tab' });
    const visitor = await world.visitor(engagement);
    const agent = await world.agent();
    await agent.must('engagement:accept', { engagementId });
    await called(visitor, agent, engagementId);
    const screen = { transportId: 't', source: 'screen', rtpParameters: {} };
    const give = (surface: string) =>
      visitor.ask('call:consent', { source: 'screen', granted: true, surface, words });
    expect(await visitor.ask('call:produce', screen)).toMatchObject({ refusal: { code: 'consentMissing' } });
    expect(await give('window')).toMatchObject({ refusal: { code: 'notPermitted' } });
    expect((await give('tab')).ok).toBe(true);
    expect((await agent.changed('call:changed')).call).toMatchObject({
      visitorScreen: 'tab',
      screens: 'tab',
    });
    expect((await visitor.ask('call:produce', screen)).ok).toBe(true);
    expect((await agent.ask('call:produce', { engagementId, ...screen })).ok).toBe(true);
    const shared = await until(() => {
      const all = world.records.of('callShared');
      return all.length === 2 ? all : undefined;
    });
    expect(shared.map(({ party, surface }) => [party, surface])).toEqual([
      ['visitor', 'tab'],
      ['agent', undefined],
    ]);
    const granted = world.records.of('consent').filter(({ scope }) => scope === 'screen');
    expect(granted).toMatchObject([{ act: 'granted', words }]);
    await visitor.must('call:consent', { source: 'screen', granted: false });
    expect(world.calls.told.at(-1)).toEqual({
      what: 'sourceWithdrawn',
      about: { engagementId, party: 'visitor', source: 'screen' },
    });
    expect(await visitor.ask('call:produce', screen)).toMatchObject({ refusal: { code: 'consentMissing' } });
    await until(() =>
      world.records.of('consent').some(({ scope, act }) => scope === 'screen' && act === 'withdrawn'),
    );
  });

  it('shows nothing where the site lets nothing be shown', async () => {
    const { engagementId, visitor, agent } = await world.active();
    await called(visitor, agent, engagementId);
    const screen = { transportId: 't', source: 'screen', rtpParameters: {} };
    const given = await visitor.ask('call:consent', { source: 'screen', granted: true, surface: 'tab' });
    expect(given).toMatchObject({ refusal: { code: 'notPermitted' } });
    for (const [who, body] of [
      [visitor, screen],
      [agent, { engagementId, ...screen }],
    ] as const) {
      expect(await who.ask('call:produce', body)).toMatchObject({ refusal: { code: 'consentMissing' } });
    }
  });

  it('lets go of the seat of a tab that does not come back', async () => {
    const { engagement, engagementId, visitor, agent } = await world.active();
    await called(visitor, agent, engagementId);
    const tab = await world.visitor(engagement);
    await tab.must('call:join', {});
    const seat = world.calls.told.at(-1)?.about;
    tab.drop();
    await until(() => world.live.status().visitors === 2);
    world.clock.advance(120_000);
    await until(() => world.calls.told.some(({ what }) => what === 'leave'));
    expect(world.calls.told.find(({ what }) => what === 'leave')?.about).toEqual(seat);
  });
});

describe('what records take away', () => {
  it('is a consent, at once, without a second report', async () => {
    const { engagementId, agent } = await world.viewed();
    world.records.revoke({ type: 'consentWithdrawn', engagementId, scope: 'view' });
    await agent.changed('view:stopped');
    await agent.must('view:ask', { engagementId });
    const acts = world.records.of('consent').filter((entry) => entry.engagementId === engagementId);
    expect(acts.map(({ act }) => act)).toEqual(['granted']);
  });

  it('is an engagement, with its reason', async () => {
    const { engagementId, visitor, agent } = await world.viewed();
    world.records.revoke({ type: 'engagementEnded', engagementId, reason: 'erased' });
    await visitor.facts.waitFor('session:ended', (fact: { reason: string }) => fact.reason === 'erased');
    expect((await agent.changed('engagement:ended')).phase).toBe('wrapUp');
    expect(world.records.of('ended')).toEqual([]);
    world.records.revoke({ type: 'engagementEnded', engagementId, reason: 'restricted', outOfSight: true });
    expect((await agent.changed('engagement:closed')).ended?.reason, 'as it had ended').toBe('erased');
    await agent.facts.waitFor('engagement:removed');
    expect(world.records.of('closed')).toEqual([]);
  });

  it('is the basis of a transfer, even while storage is away', async () => {
    const { engagementId, visitor, agent } = await world.viewed();
    world.records.setStorage('down');
    world.records.revoke({ type: 'transferLapsed', engagementId });
    await visitor.facts.waitFor(
      'session:ended',
      (fact: { reason: string }) => fact.reason === 'transferLapsed',
    );
    expect((await agent.changed('view:stopped')).view.state).toBe('off');
    world.records.setStorage('up');
    await until(() => world.records.of('ended')[0]?.reason === 'transferLapsed');
  });

  it('is an agent: sessions end, passes are void, their engagements end', async () => {
    const { engagementId, visitor, agent } = await world.viewed();
    const person = world.shop.agents[0];
    const { pass } = await agent.must<{ pass: string }>('frames:pass', { engagementId });
    world.records.revoke({
      ...{ type: 'agentChanged', agentId: person.agentId as never },
      ...{ disabled: true, at: world.clock.now() },
    });
    await agent.facts.waitFor('session:ended', (fact: { reason: string }) => fact.reason === 'revoked');
    await until(() => !agent.socket.connected && !visitor.socket.connected);
    expect(await world.refusedConnection('agent', { protocol: 1, pass: agent.pass }, person.origin)).toEqual({
      code: 'passUnknown',
    });
    expect(pass).toHaveLength(43);
    await until(() => world.records.of('ended')[0]?.reason === 'revoked');
  });

  it('is a site: what is open there is out of reach of an agent who lost it', async () => {
    const { engagementId } = await world.active();
    const person = world.shop.agents[0];
    const client = await world.agent({ ...person, siteIds: [] });
    const opened = await client.facts.waitFor<{ engagements: readonly unknown[] }>('session:opened');
    expect(opened.engagements).toEqual([]);
    const reply = await client.ask('chat:send', {
      engagementId,
      lineId: crypto.randomUUID(),
      text: 'still here',
    });
    expect(reply).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
  });

  it('is asked for after the channel was lost, for everybody here', async () => {
    const { engagementId } = await world.viewed();
    const before = world.records.rosters.length;
    await world.records.stop();
    await world.records.start();
    await until(() => world.records.rosters.length > before);
    const { agentId, tenantId, siteIds } = world.shop.agents[0];
    const roster = world.records.rosters.at(-1);
    expect(roster?.agents).toContainEqual({ agentId, tenantId, siteIds });
    expect(roster?.engagements).toContainEqual({ tenantId, engagementId });
  });

  it.each([true, false])('voids a ticket that is on its way (disabled: %s)', async (disabled) => {
    const person = world.shop.agents[0];
    const ticket = world.records.agentTicket(person);
    const { pass } = await world.agent(person);
    const at = world.clock.now();
    world.records.revoke({ type: 'agentChanged', agentId: person.agentId as never, disabled, at });
    const admission = (auth: object) =>
      world.refusedConnection('agent', { protocol: 1, ...auth }, person.origin);
    await until(async () => (await admission({ pass })).code === 'passUnknown');
    expect(await admission({ ticket })).toEqual({ code: 'notAdmitted' });
    await world.agent(person);
  });

  it('is what an agent may see: they come back with a new ticket only', async () => {
    const { engagementId, visitor, agent } = await world.viewed();
    const person = world.shop.agents[0];
    world.records.revoke({
      ...{ type: 'agentChanged', agentId: person.agentId as never },
      ...{ disabled: false, at: world.clock.now() },
    });
    await until(() => !agent.socket.connected);
    expect(agent.facts.named('session:ended')).toEqual([]);
    const refusal = await world.refusedConnection('agent', { protocol: 1, pass: agent.pass }, person.origin);
    expect(refusal).toEqual({ code: 'passUnknown' });
    const back = await world.agent();
    expect((await visitor.changed('participant:returned')).engagementId).toBe(engagementId);
    expect(back.socket.connected).toBe(true);
  });
});

describe('an expert', () => {
  type Opened = Parameters<ExpertFacts['session:opened']>[0];
  type Ended = Parameters<ExpertFacts['session:ended']>[0];

  async function scene() {
    const at = await world.active();
    await called(at.visitor, at.agent, at.engagementId);
    const { call } = await at.agent.changed('call:answered');
    const expertId = randomUUID();
    const callId = call.state === 'on' ? call.callId : '';
    const expert = await world.expert(at.engagement, callId, expertId);
    const attended = (await at.visitor.changed('call:attended')).call;
    const presenceId = attended.state === 'on' ? (attended.present?.[0]?.presenceId ?? '') : '';
    return { ...at, callId, expertId, expert, presenceId };
  }
  const microphone = { transportId: 't', source: 'microphone', rtpParameters: {} };

  it('is in the call alone, hears nobody before the visitor’s page shows them, and is told of people only', async () => {
    const { engagementId, visitor, agent, expert, presenceId } = await scene();
    const [opened] = expert.facts.named<Opened>('session:opened');
    expect(opened?.expert.people).toEqual([
      expect.objectContaining({ displayName: world.shop.agents[0].displayName, role: 'lead' }),
    ]);
    await expert.must('call:join', { engagementId });
    await visitor.must('call:join', {});
    await visitor.must('call:produce', microphone);
    // Answered after whatever was said before it on this connection.
    await expert.must('call:join', { engagementId });
    expect(expert.facts.named('call:produced')).toEqual([]);
    await visitor.must('call:notice', { presenceId, words });
    await expert.facts.waitFor<{ expert: { noticed: boolean } }>(
      'expert:changed',
      (each) => each.expert.noticed,
    );
    await agent.must('call:join', { engagementId });
    await agent.must('call:produce', { engagementId, ...microphone });
    await expert.facts.waitFor('call:produced');
    await expert.must('call:produce', { engagementId, ...microphone });
    await visitor.facts.waitFor('call:produced');
    await agent.must('chat:send', { engagementId, lineId: randomUUID(), text: 'between us' });
    await visitor.facts.waitFor('chat:said');
    const heard = expert.heard.map((told) => told.split(' ')[0]);
    expect(new Set(heard)).toEqual(new Set(['session:opened', 'expert:changed', 'call:produced']));
    expect(expert.heard.join()).not.toContain('between us');
    await expert.must('call:report', { engagementId, figures: {} });
    const [sample] = await until(() => world.records.of('callMeasured'));
    expect([sample?.side, sample?.agentId]).toEqual(['expert', undefined]);
  });

  it('has no command but those of the call: all others there are were tried', async () => {
    const { engagement, engagementId, callId, expertId } = await scene();
    const samples: Readonly<Record<string, object>> = { ...visitorSamples, ...agentSamples };
    const foreign = Object.keys({ ...visitorCommands, ...agentCommands }).filter(
      (name) => !Object.hasOwn(expertCommands, name),
    );
    expect(foreign.length).toBeGreaterThan(25);
    // At the third that it does not know a connection is closed: two each.
    while (foreign.length > 0) {
      const expert = await world.expert(engagement, callId, expertId);
      for (const name of foreign.splice(0, 2)) {
        const answered = await expert.ask(name, { engagementId, ...samples[name] });
        expect(answered, name).toMatchObject({ refusal: { code: 'unknownCommand' } });
      }
      expert.close();
    }
  });

  it('has those of the call for their own engagement alone', async () => {
    const { expert } = await scene();
    const other = world.engagement(world.shop);
    const { engagementId } = other;
    const visitor = await world.visitor(other);
    const agent = await world.agent(world.shop.agents[1]);
    await agent.must('engagement:accept', { engagementId });
    await called(visitor, agent, engagementId);
    for (const name of Object.keys(expertCommands)) {
      const body = { engagementId, ...agentSamples[name as 'call:join'] };
      expect(await expert.ask(name, body), name).toMatchObject({ refusal: { code: 'notFound' } });
    }
  });

  it('comes back by the pass while it lasts, and is out for good by one press of the visitor', async () => {
    const { expert, visitor, agent, presenceId } = await scene();
    expert.drop();
    const back = await world.admitted(
      'expert',
      { protocol: PROTOCOL_VERSION, pass: expert.pass },
      CONSOLE_ORIGIN,
    );
    await visitor.must('call:remove', { presenceId });
    expect(await back.facts.waitFor<Ended>('session:ended')).toEqual({ reason: 'removed' });
    await until(() => !back.socket.connected);
    const auth = { protocol: PROTOCOL_VERSION, pass: back.pass };
    expect(await world.refusedConnection('expert', auth, CONSOLE_ORIGIN)).toEqual({ code: 'passUnknown' });
    const { call } = await agent.changed('call:left');
    expect(call).toMatchObject({ state: 'on', present: [] });
    await until(() => world.records.of('callLeft').some((each) => each.presenceId === presenceId));
    const left = world.records.of('callLeft').filter((each) => each.presenceId === presenceId);
    expect(left.map(({ removedBy }) => removedBy)).toEqual(['visitor']);
  });

  it('is out with the call, by a revocation and where the basis lapses; and a ticket of before opens nothing', async () => {
    const { engagement, engagementId, callId, expert, expertId, visitor } = await scene();
    world.records.revoke({ type: 'expertRevoked', engagementId, expertId: expertId as AgentId });
    expect(await expert.facts.waitFor<Ended>('session:ended')).toEqual({ reason: 'revoked' });
    const [second, third] = [randomUUID(), randomUUID()];
    const lapsing = await world.expert(engagement, callId, second);
    world.records.revoke({ type: 'transferLapsed', engagementId, agentId: second as AgentId });
    expect(await lapsing.facts.waitFor<Ended>('session:ended')).toEqual({ reason: 'revoked' });
    const last = await world.expert(engagement, callId, third);
    await visitor.must('call:end');
    expect(await last.facts.waitFor<Ended>('session:ended')).toEqual({ reason: 'callEnded' });
    const claims = { expertId: randomUUID(), callId, origin: CONSOLE_ORIGIN };
    const ticket = world.records.expertTicket(engagement, claims);
    const refusal = await world.refusedConnection(
      'expert',
      { protocol: PROTOCOL_VERSION, ticket },
      CONSOLE_ORIGIN,
    );
    expect(refusal).toEqual({ code: 'expired', detail: 'callEnded' });
  });

  it('stays while the pass is good that they may come back by, and is gone when it is not', async () => {
    const { engagement, callId, expert, expertId, agent } = await scene();
    const first = await world.expert(engagement, callId, randomUUID());
    const here = () => {
      const { call } =
        agent.facts.named<{ engagement: EngagementView }>('engagement:changed').at(-1)?.engagement ?? {};
      return call?.state === 'on' ? (call.present ?? []).map(({ agentId }) => agentId) : [];
    };
    await until(() => here().length === 2);
    first.drop();
    await until(() => world.live.status().experts === 1);
    world.clock.advance(2_000);
    expert.drop();
    await until(() => world.live.status().experts === 0);
    // Away for 121 s and for 119 s: one look finds both.
    world.clock.advance(119_000);
    await until(() => here().length < 2);
    expect(here()).toEqual([expertId]);
    world.clock.advance(2_000);
    await until(() => here().length === 0);
  });
});
