/** Several agents in one engagement, over real sockets: signals and sealed frames alike. */

import { randomUUID } from 'node:crypto';
import { createSealingEngine, FrameReceiver, FrameSender, systemClock } from '@alongside/frames';
import type { AgentId, EngagementId, EngagementView } from '@alongside/protocol';
import { limits, PROTOCOL_VERSION } from '@alongside/protocol';
import { until } from '@alongside/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { NodeFrameSocket } from './frames-server.js';
import { HastyClock } from './hasty-clock.js';
import type { AgentOpenedFact, AgentPerson, Client } from './live-world.js';
import { CONSOLE_ORIGIN, grantView, LiveWorld } from './live-world.js';

let world: LiveWorld;
const endings: (() => void)[] = [];

beforeEach(async () => {
  world = await LiveWorld.start();
});

afterEach(async () => {
  for (const end of endings.splice(0)) end();
  await world.close();
});

interface Colleague {
  readonly person: AgentPerson;
  readonly agentId: AgentId;
  readonly client: Client;
}

/** Another agent of the shop, signed in. */
async function colleague(displayName: string, more: object = {}): Promise<Colleague> {
  const { tenantId, siteId } = world.shop;
  const agentId = randomUUID() as AgentId;
  const person = { agentId, tenantId, displayName, siteIds: [siteId], origin: CONSOLE_ORIGIN };
  world.records.ledger.know(person);
  const auth = { protocol: PROTOCOL_VERSION, ticket: world.records.agentTicket(person, more) };
  return { person, agentId, client: await world.admitted('agent', auth, CONSOLE_ORIGIN) };
}

async function join({ client }: Colleague, engagementId: EngagementId, as = 'agent') {
  return client.must<EngagementView>('engagement:join', { engagementId, as });
}

/** As the visitor's page does it once the name stands in its panel. */
async function notice(visitor: Client, { agentId }: Colleague): Promise<void> {
  await visitor.must('agent:notice', { agentId });
}

async function frameSocket(origin: string): Promise<WebSocket> {
  const url = `ws://127.0.0.1:${world.port}/frames`;
  const socket = new WebSocket(url, { origin, headers: { Host: world.host } });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  endings.push(() => socket.terminate());
  return socket;
}

/** A page whose snapshot is every event so far, and which counts how often its recorder began and ended. */
async function page({ visitor, engagementId }: { visitor: Client; engagementId: EngagementId }) {
  const clock = new HastyClock();
  const events: unknown[] = [];
  const watched: boolean[] = [];
  const slots = new Map<string, number>();
  const sender: FrameSender = new FrameSender(
    { engagement: engagementId, engine: createSealingEngine({ engagement: engagementId }), clock },
    {
      onWatched: (is) => watched.push(is),
      onSnapshotWanted: () => void sender.snapshot([...events]),
      onAgent: ({ agent, slot }) => slots.set(agent, slot),
      onIntent: () => undefined,
      onWant: () => undefined,
      onState: () => undefined,
      onFault: () => undefined,
    },
  );
  endings.push(() => sender.close({ ended: true }));
  const { pass } = await visitor.must<{ pass: string }>('frames:pass');
  sender.attach(new NodeFrameSocket(await frameSocket(world.shop.origin)), pass);
  const emit = (event: unknown): void => {
    events.push(event);
    sender.send([event]);
  };
  return { clock, events, watched, slots, emit };
}

async function watch(client: Client, engagementId: EngagementId, meanwhile?: () => void) {
  const seen = { shown: [] as unknown[], closed: '' };
  const receiver = new FrameReceiver(
    { engagement: engagementId, clock: systemClock },
    {
      onIntroduced: () => undefined,
      onSnapshot: (events) => {
        seen.shown = [...events];
      },
      onEvents: (events) => seen.shown.push(...events),
      onAsset: () => undefined,
      onAnswer: () => undefined,
      onIntentRefused: () => undefined,
      onState: () => undefined,
      onFault: () => undefined,
    },
  );
  endings.push(() => receiver.close({ ended: true }));
  const { pass } = await client.must<{ pass: string }>('frames:pass', { engagementId });
  meanwhile?.();
  const socket = await frameSocket(CONSOLE_ORIGIN);
  socket.once('close', (code, reason) => {
    seen.closed = `${code} ${reason.toString()}`;
  });
  receiver.attach(new NodeFrameSocket(socket), pass);
  return seen;
}

/** A view that is shared, and agents who have joined and been told of. */
async function shared(...names: readonly string[]) {
  const at = await world.viewed();
  const others: Colleague[] = [];
  for (const name of names) {
    const other = await colleague(name, { joinsAs: ['agent', 'supervisor'] });
    await join(other, at.engagementId, name === 'Sue' ? 'supervisor' : 'agent');
    await notice(at.visitor, other);
    others.push(other);
  }
  return { ...at, others };
}

const refusalOf = async (client: Client, command: string, body: object) => {
  const reply = await client.ask(command, body);
  return reply.ok ? 'done' : reply.refusal;
};

/** The newest view that this one was told of. */
const viewOf = (client: Client) =>
  client.facts.named<{ engagement: EngagementView }>('engagement:changed').at(-1)?.engagement;
const roles = (view: EngagementView | undefined) =>
  view?.agents.map(({ displayName, role }) => `${displayName} ${role}`);

describe('ten agents in one engagement', () => {
  it('see the same page, the late one as well, and the recorder never begins anew', async () => {
    const at = await shared(...Array.from({ length: 8 }, (_, index) => `Agent ${index}`));
    const shown = await page(at);
    const first = [at.agent, ...at.others.map(({ client }) => client)];
    const seen = await Promise.all(first.map((client) => watch(client, at.engagementId)));
    for (let number = 0; number < 100; number += 1) shown.emit({ number });
    const pace = <T>(done: () => T) =>
      until(() => {
        shown.clock.advance(250);
        return done();
      });
    await pace(() => seen.every((each) => each.shown.length === 100));
    const late = await colleague('Late');
    await join(late, at.engagementId);
    await notice(at.visitor, late);
    seen.push(await watch(late.client, at.engagementId));
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
    const ben = await colleague('Ben');
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
    const { visitor, agent, others, engagementId } = await shared('Ben', 'Sue');
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
  await world.close();
  world = await LiveWorld.start({ steadyClock: performance });
  const at = await world.viewed();
  const shown = await page(at);
  const seen = await watch(at.agent, at.engagementId, () => world.clock.advance(limits.framesPassMs));
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
    const ben = await colleague('Ben');
    const running = (opened: AgentOpenedFact | undefined) =>
      opened?.desk.running.map((each) => [each.engagementId, each.agents.map((one) => one.displayName)]);
    const [opened] = ben.client.facts.named<AgentOpenedFact>('session:opened');
    expect(running(opened)).toEqual([[engagementId, ['Aki of shop']]]);
    const rival = await world.agent(world.rival.agents[0]);
    expect(running(rival.facts.named<AgentOpenedFact>('session:opened')[0])).toEqual([]);
    const elsewhere = await colleague('Elsewhere');
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
    const { others, engagementId } = await shared('Ben', 'Sue');
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
  async function lend(at: Awaited<ReturnType<typeof shared>>, client: Client): Promise<void> {
    at.visitor.facts.clear();
    const body = { engagementId: at.engagementId, kinds: ['click'], leaseMs: 60_000 };
    await client.must('control:ask', body);
    const { control } = await at.visitor.changed('control:asked');
    await at.visitor.must('control:grant', { askId: control.asked?.askId });
  }

  it('[MA5] ends when they leave, and nothing else does', async () => {
    const at = await shared('Ben', 'Noor');
    const [ben, noor] = at.others as [Colleague, Colleague];
    const shown = await page(at);
    const [lead, leaving, staying] = await Promise.all(
      [at.agent, ben.client, noor.client].map((client) => watch(client, at.engagementId)),
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
    const at = await shared('Ben');
    const [ben] = at.others as [Colleague];
    const shown = await page(at);
    const [lead, hidden] = await Promise.all(
      [at.agent, ben.client].map((client) => watch(client, at.engagementId)),
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
    const again = await watch(ben.client, engagementId);
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
    const { agent, visitor, others, engagementId } = await shared('Ben');
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
    const { agent, visitor, others } = await shared('Ben', 'Noor');
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
    const { agent, visitor, engagementId } = await shared('Ben');
    const agentId = world.shop.agents[0].agentId as AgentId;
    world.records.revoke({ type: 'agentChanged', agentId, disabled: true, at: world.clock.now() });
    expect(roles(await visitor.changed('lead:passed'))).toEqual(['Ben lead']);
    await until(() => !agent.socket.connected);
    expect(world.records.ledger.endOf(engagementId)).toBeUndefined();
  });

  it('[RB7] and who has joined are there again after a crash, to be told of anew', async () => {
    const { engagement, engagementId, others } = await shared('Ben');
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
    const ben = await colleague('Ben');
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
    const ben = await colleague('Ben', { readableSiteIds: [] });
    const view = await agree(visitor, ben, ['engagement:join', { engagementId, as: 'agent' }]);
    expect(view.transfer).toMatchObject({ displayName: 'Ben', country: 'IN' });
    const joined = await join(ben, engagementId);
    expect(joined.agents.map((each) => each.byConsent)).toEqual([undefined, true]);
    await notice(visitor, ben);
    const seen = await watch(ben.client, engagementId);
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
    const ben = await colleague('Ben', { readableSiteIds: [] });
    await agree(visitor, ben, ['engagement:accept', { engagementId }]);
    await ben.client.must('engagement:accept', { engagementId });
    await visitor.must('transfer:withdraw');
    const { ended } = await visitor.changed('engagement:ended');
    expect(ended).toMatchObject({ by: 'system', reason: 'transferLapsed' });

    const other = world.engagement();
    const asked = await world.visitor(other);
    const dev = await colleague('Dev', { readableSiteIds: [] });
    world.records.refuseNext('accepted', 'consentMissing', 'IN');
    const accepting = { engagementId: other.engagementId };
    expect(await refusalOf(dev.client, 'engagement:accept', accepting)).toEqual(byConsent);
    const { transfer } = await asked.changed('transfer:asked');
    await asked.must('transfer:refuse', { askId: transfer?.askId });
    const answer = { engagementId: other.engagementId, granted: false };
    expect(await dev.client.facts.waitFor('transfer:answered')).toEqual(answer);
  });
});

describe('a call of several', () => {
  async function called() {
    const at = await shared('Ben', 'Sue');
    const { engagementId, visitor, agent } = at;
    const [ben, sue] = at.others as [Colleague, Colleague];
    await agent.must('call:start', { engagementId, media: 'voice' });
    const { call } = await visitor.changed('call:asked');
    await visitor.must('call:answer', {
      askId: call.state === 'asked' ? call.askId : '',
      accept: true,
      media: 'voice',
    });
    await agent.changed('call:answered');
    const give = async (client: Client, more: object = {}): Promise<void> => {
      await client.must('call:produce', {
        ...more,
        transportId: 't',
        source: 'microphone',
        rtpParameters: {},
      });
    };
    const heardBy = (client: Client) =>
      client.facts
        .named<{ producer: { agentId?: string; party: string } }>('call:produced')
        .map(({ producer }) => producer.agentId ?? producer.party);
    return { ...at, ben, sue, give, heardBy };
  }

  /** As the visitor's page does it once the sentence stands in its panel. */
  async function shows(visitor: Client): Promise<void> {
    const { call } = await visitor.changed('call:attended');
    const presenceId = call.state === 'on' ? call.present?.at(-1)?.presenceId : undefined;
    await visitor.must('call:notice', { presenceId });
    visitor.facts.clear();
  }

  it('[CA7] [CA8] tells a listener of nothing before the visitor is shown them, and whispers to agents alone', async () => {
    const { engagementId, visitor, agent, ben, sue, give, heardBy } = await called();
    const body = { engagementId, mode: 'listen' };
    expect(await refusalOf(ben.client, 'call:attend', body)).toEqual({ code: 'notPermitted' });
    expect(await refusalOf(sue.client, 'call:join', { engagementId })).toEqual({ code: 'notPermitted' });
    await sue.client.must('call:attend', body);
    await sue.client.must('call:join', { engagementId });
    await give(visitor);
    await agent.facts.waitFor('call:produced');
    expect(heardBy(sue.client)).toEqual([]);
    await shows(visitor);
    await give(agent, { engagementId });
    await sue.client.facts.waitFor('call:produced');
    expect([heardBy(sue.client), heardBy(ben.client)]).toEqual([[world.shop.agents[0].agentId], []]);
    await sue.client.must('call:attend', { engagementId, mode: 'whisper' });
    await shows(visitor);
    agent.facts.clear();
    await give(sue.client, { engagementId });
    await agent.facts.waitFor('call:produced');
    expect([heardBy(agent), heardBy(visitor)]).toEqual([[sue.agentId], []]);
    expect(await refusalOf(sue.client, 'call:end', { engagementId })).toEqual({ code: 'notPermitted' });
    await sue.client.must('call:leave', { engagementId });
    await until(() => world.records.of('callLeft').length === 2);
    const attended = world.records.of('callAttended').map(({ mode }) => mode);
    expect([attended, world.records.of('callNoticed').length]).toEqual([['listen', 'whisper'], 2]);
  });

  it('[MA11] goes on when it is handed to somebody who has yet to come into it', async () => {
    const { engagementId, visitor, agent, ben } = await called();
    await agent.must('engagement:handOver', { engagementId, agentId: ben.agentId });
    const offered = await ben.client.changed('lead:offered');
    expect(offered.agent?.agentId).toBe(world.shop.agents[0].agentId);
    expect(offered.call).toMatchObject({ state: 'on', heir: { agentId: ben.agentId } });
    expect(world.records.of('leadPassed')).toEqual([]);
    await ben.client.must('call:attend', { engagementId, mode: 'speak' });
    await shows(visitor);
    const passed = await ben.client.changed('lead:passed');
    expect([passed.agent?.agentId, passed.call.state]).toEqual([ben.agentId, 'on']);
    expect(passed.call).toMatchObject({ present: [{ agentId: world.shop.agents[0].agentId }] });
    expect(world.calls.told.map(({ what }) => what)).not.toContain('ownerClosed');
  });

  it('[MA11] stays with its lead when whoever was asked into it declines, is asked no more, or does not come', async () => {
    const { engagementId, agent, ben, sue } = await called();
    const ask = () => agent.must('engagement:handOver', { engagementId, agentId: ben.agentId });
    await ask();
    expect(await refusalOf(sue.client, 'engagement:keepLead', { engagementId })).toEqual({
      code: 'notPermitted',
    });
    await ben.client.must('engagement:keepLead', { engagementId });
    expect((await agent.changed('lead:declined')).call).not.toHaveProperty('heir');
    await ask();
    await agent.must('engagement:keepLead', { engagementId });
    expect((await agent.changed('lead:kept')).call).not.toHaveProperty('heir');
    agent.facts.clear();
    await ask();
    await agent.changed('lead:offered');
    world.clock.advance(limits.askMs);
    const kept = await agent.changed('lead:kept');
    expect([kept.agent?.agentId, kept.call.state]).toEqual([world.shop.agents[0].agentId, 'on']);
    await agent.must('call:end', { engagementId });
  });

  it('[MA7] goes on when it is handed to somebody in it, and its media is left alone', async () => {
    const { engagementId, visitor, agent, ben } = await called();
    const { call } = viewOf(visitor) as EngagementView;
    await ben.client.must('call:attend', { engagementId, mode: 'speak' });
    await shows(visitor);
    await agent.must('engagement:handOver', { engagementId, agentId: ben.agentId });
    const handed = await visitor.changed('lead:passed');
    expect(handed.agent?.agentId).toBe(ben.agentId);
    const first = world.shop.agents[0].agentId;
    const callId = call.state === 'on' ? call.callId : '';
    expect(handed.call).toMatchObject({ state: 'on', callId, present: [{ agentId: first, noticed: true }] });
    expect(world.calls.told.map(({ what }) => what)).not.toContain('ownerClosed');
    await agent.must('call:leave', { engagementId });
    await ben.client.must('call:end', { engagementId });
    expect((await visitor.changed('call:ended')).call.state).toBe('off');
  });
});
