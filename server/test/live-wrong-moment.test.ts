/**
 * Every command of the table when it is not the time for it, twice, and beyond what a message may hold. The cases
 * are made from the table: a command that is new has no stage here, which the types and the first test say.
 */

import { randomUUID } from 'node:crypto';
import type { EngagementCommand } from '@alongside/engagement';
import { refusalOf } from '@alongside/engagement';
import type {
  AgentCommandName,
  AgentId,
  EngagementId,
  EngagementView,
  Party,
  Reply,
  VisitorCommandName,
} from '@alongside/protocol';
import { agentCommands, limits, PROTOCOL_VERSION, visitorCommands } from '@alongside/protocol';
import { type StartedEngagement, until } from '@alongside/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { replays, type Stage } from './command-replays.js';
import { type Body, type CommandCase, commandCases, wholeBody } from './command-samples.js';
import type { Client, OpenedFact } from './live-world.js';
import { grantView, LiveWorld } from './live-world.js';

let world: LiveWorld;
let witness: Scene;

/** Two people, and what there is between them. */
interface Scene {
  readonly engagement: StartedEngagement;
  readonly engagementId: EngagementId;
  readonly visitor: Client;
  readonly agent: Client;
  /** Of the question that is open, where one is. */
  readonly askId?: string;
  /** The agent whom a body names: the one who has joined, where there is one. */
  readonly agentId: string;
  /** Of who is in a call beside the lead. */
  readonly presenceId?: string;
}

beforeAll(async () => {
  world = await LiveWorld.start();
  witness = await viewed(world.rival);
});

afterAll(() => world.close());

async function scene(tenant = world.shop): Promise<Scene> {
  const { engagement, engagementId, visitor, agent } = await world.active(tenant);
  return { engagement, engagementId, visitor, agent, agentId: tenant.agents[0].agentId };
}

/** A colleague of who leads, before and after joining. */
async function colleagues(as?: 'agent' | 'supervisor') {
  const at = await scene();
  const [, noor] = world.shop.agents;
  const ticket = world.records.agentTicket(noor, { joinsAs: ['agent', 'supervisor'] });
  const colleague = await world.admitted('agent', { protocol: PROTOCOL_VERSION, ticket }, noor.origin);
  if (as !== undefined) {
    await colleague.must('engagement:join', named('agent', at, { as }));
    await at.visitor.changed('agent:joined');
  }
  return { ...at, agentId: noor.agentId, lead: at.agent, colleague };
}

/** The question of this kind, as the one who has to answer it was told. */
async function asked(at: Scene, by: Client, name: 'view' | 'control' | 'call'): Promise<Scene> {
  const view = await by.changed(`${name}:asked`);
  const question = name === 'control' ? undefined : view[name];
  const askId = question?.state === 'asked' ? question.askId : (view.control.asked?.askId ?? '');
  return { ...at, askId };
}

async function viewed(tenant = world.shop): Promise<Scene> {
  const at = await scene(tenant);
  await grantView(at.visitor, at.agent, at.engagementId);
  return at;
}

async function controlAsked(): Promise<Scene> {
  const at = await viewed();
  await at.agent.must('control:ask', named('agent', at, { kinds: ['click'], leaseMs: 60_000 }));
  return asked(at, at.visitor, 'control');
}

async function calling(party: Party, asking: Party): Promise<Scene> {
  const at = await scene();
  const caller = asking === 'agent' ? at.agent : at.visitor;
  await caller.must('call:start', named(asking, at, { media: 'voice' }));
  return asked(at, party === 'agent' ? at.agent : at.visitor, 'call');
}

/** A colleague is let in by nothing but the visitor's explicit consent. */
async function transferAsked(): Promise<Scene> {
  const { colleague, lead, ...at } = await colleagues();
  world.records.refuseNext('joined', 'consentMissing', 'IN');
  const refused = await colleague.ask('engagement:join', named('agent', at, { as: 'agent' }));
  expect(refused).toEqual({ ok: false, refusal: { code: 'consentMissing', detail: 'transfer' } });
  const { transfer } = await at.visitor.changed('transfer:asked');
  return { ...at, agent: lead, askId: transfer?.askId ?? '' };
}

async function sealedCall(): Promise<Scene> {
  const engagement = world.engagement();
  world.records.ledger.start(engagement, world.clock.now(), { mediaSealed: true });
  const [visitor, agent] = [await world.visitor(engagement), await world.agent()];
  const { engagementId } = engagement;
  const at = { engagement, engagementId, visitor, agent, agentId: world.shop.agents[0].agentId };
  await agent.must('engagement:accept', { engagementId });
  await agent.must('call:start', named('agent', at, { media: 'voice' }));
  const { askId } = await asked(at, visitor, 'call');
  await visitor.must('call:answer', { askId, accept: true, media: 'voice' });
  await agent.changed('call:answered');
  return at;
}

/** A colleague leads a call with the visitor. */
async function colleaguesCall() {
  const { colleague, lead, ...at } = await colleagues('agent');
  await lead.must('call:start', named('agent', at, { media: 'voice' }));
  const { askId } = await asked(at, at.visitor, 'call');
  await at.visitor.must('call:answer', { askId, accept: true, media: 'voice' });
  await colleague.changed('call:answered');
  return { ...at, lead, agent: colleague };
}

function named(role: Party, { engagementId }: Scene, body: Body = {}): Body {
  return role === 'agent' ? { engagementId, ...body } : body;
}

const stages: Readonly<Record<Stage, (party: Party) => Promise<Scene>>> = {
  waiting: async (): Promise<Scene> => {
    const engagement = world.engagement();
    const [visitor, agent] = [await world.visitor(engagement), await world.agent()];
    const { agentId } = world.shop.agents[0];
    return { engagement, engagementId: engagement.engagementId, visitor, agent, agentId };
  },
  active: () => scene(),
  viewAsked: async () => {
    const at = await scene();
    await at.agent.must('view:ask', named('agent', at));
    return asked(at, at.visitor, 'view');
  },
  viewed: () => viewed(),
  controlAsked,
  leased: async () => {
    const at = await controlAsked();
    await at.visitor.must('control:grant', { askId: at.askId });
    await at.agent.changed('control:granted');
    return at;
  },
  callAsked: (party: Party) => calling(party, party === 'agent' ? 'visitor' : 'agent'),
  ownCallAsked: (party: Party) => calling(party, party),
  called: async () => {
    const at = await calling('visitor', 'agent');
    await at.visitor.must('call:answer', { askId: at.askId, accept: true, media: 'voice' });
    await at.agent.changed('call:answered');
    return at;
  },
  colleagues: async () => {
    const { colleague, lead: _lead, ...at } = await colleagues();
    return { ...at, agent: colleague };
  },
  joined: async () => {
    const { colleague, lead: _lead, ...at } = await colleagues('agent');
    return { ...at, agent: colleague };
  },
  supervised: async () => {
    const { colleague, lead: _lead, ...at } = await colleagues('supervisor');
    return { ...at, agent: colleague };
  },
  sealedCall,
  colleaguesCall,
  inCall: async () => {
    const at = await colleaguesCall();
    await at.agent.must('call:attend', named('agent', at, { mode: 'speak' }));
    const { call } = await at.visitor.changed('call:attended');
    const presenceId = call.state === 'on' ? call.present?.[0]?.presenceId : undefined;
    return { ...at, ...(presenceId === undefined ? {} : { presenceId }) };
  },
  heir: async () => {
    const { lead, ...at } = await colleaguesCall();
    await lead.must('engagement:handOver', named('agent', at, { agentId: at.agentId }));
    await at.agent.changed('lead:offered');
    return at;
  },
  expertInCall: async () => {
    const at = await stages.called('visitor');
    const { call } = await at.agent.changed('call:answered');
    await world.expert(at.engagement, call.state === 'on' ? call.callId : '');
    const attended = (await at.visitor.changed('call:attended')).call;
    await at.agent.changed('call:attended');
    const presenceId = attended.state === 'on' ? attended.present?.[0]?.presenceId : undefined;
    return { ...at, ...(presenceId === undefined ? {} : { presenceId }) };
  },
  leading: async () => {
    const { colleague: _colleague, lead, ...at } = await colleagues('agent');
    return { ...at, agent: lead };
  },
  transferAsked,
  transferAgreed: async () => {
    const at = await transferAsked();
    await at.visitor.must('transfer:grant', { askId: at.askId, version: '2026-11-22', language: 'en' });
    return at;
  },
  wrapUp: async () => {
    const at = await scene();
    await at.agent.must('engagement:end', named('agent', at));
    await at.agent.changed('engagement:ended');
    return at;
  },
};

function code(reply: Reply<unknown>): string {
  return reply.ok ? 'done' : reply.refusal.code;
}

/** With the question that is really open, and a line that is nobody's yet. */
function bodyAt(at: Scene, { role, name, body }: CommandCase): Body {
  const askId = 'askId' in body && at.askId !== undefined ? { askId: at.askId } : {};
  const lineId = 'lineId' in body ? { lineId: randomUUID() } : {};
  const agentId = 'agentId' in body ? { agentId: at.agentId } : {};
  const presenceId = 'presenceId' in body && at.presenceId !== undefined ? { presenceId: at.presenceId } : {};
  const told = { ...body, ...askId, ...lineId, ...agentId, ...presenceId };
  return wholeBody({ role, name, body: told }, at.engagementId);
}

/** Everything that the two have been told, and what is kept of it, once whatever is under way has arrived. */
async function stateOf({ engagementId, visitor, agent }: Scene): Promise<unknown> {
  for (const client of [visitor, agent]) if (client.socket.connected) await client.ask('chat:typing', null);
  const kept = world.records.committed.filter(
    (entry) => 'engagementId' in entry && entry.engagementId === engagementId,
  );
  return structuredClone({
    heard: [visitor, agent].map(({ heard }) => heard.filter((told) => isOf(engagementId, told))),
    // Lines are counted by the ledger, which takes each once however often it is sent.
    kept: kept.filter(({ type }) => !['connected', 'disconnected', 'chatLine'].includes(type)),
    // Its version counts connections as well.
    ledger: { ...world.records.ledger.of(engagementId), version: 0 },
  });
}

/**
 * What a room of media does with a second track of a source is the rooms' affair, and tested there; figures are news
 * each time, and of keys that come twice the second ones are dropped by whoever they are for.
 */
function isOf(engagementId: EngagementId, told: string): boolean {
  return (
    told.includes(engagementId) && !/^(desk:changed|call:produced|call:measured|call:keysPassed) /.test(told)
  );
}

const bothTables = { visitor: visitorCommands, agent: agentCommands } as const;

it.each(['visitor', 'agent'] as const)('has a stage for every command of the %s', (role) => {
  expect(Object.keys(replays[role]).toSorted()).toEqual(Object.keys(bothTables[role]).toSorted());
});

/** The code that the rules give, or what hides an engagement that is not the agent's. */
function expected(role: Party, name: string, view: EngagementView): string {
  const comesIn = name === 'engagement:accept' || name === 'engagement:join';
  if (role === 'agent' && view.phase === 'waiting' && !comesIn) return 'notFound';
  // Whoever has it already may have missed the answer: to them it is said again.
  if (comesIn && view.phase === 'active') return 'done';
  const who = role === 'visitor' ? role : { agentId: world.shop.agents[0].agentId as AgentId };
  return refusalOf(who, name as EngagementCommand, view) ?? 'done';
}

const senderOf = (role: Party, { visitor, agent }: Scene) => (role === 'visitor' ? visitor : agent);

describe('at a moment that is not its own', () => {
  const moments = ['waiting', 'active', 'wrapUp'] as const;
  const shown = new Map<string, { readonly at: Scene; readonly view: EngagementView }>();
  beforeAll(async () => {
    const waiting = await stages.waiting('visitor');
    const [opened] = waiting.visitor.facts.named<OpenedFact>('session:opened');
    if (opened === undefined) throw new Error('The visitor was told nothing.');
    shown.set('waiting', { at: waiting, view: opened.engagement });
    const active = await stages.active('visitor');
    shown.set('active', { at: active, view: await active.visitor.changed('engagement:accepted') });
    const wrapUp = await stages.wrapUp('visitor');
    shown.set('wrapUp', { at: wrapUp, view: await wrapUp.agent.changed('engagement:ended') });
  });
  /** The limit on commands is a test of its own; here every case must reach the rules. */
  beforeEach(() => world.clock.advance(11_000));

  const concerned = commandCases.filter(({ name }) => name !== 'desk:available');
  const cases = moments.flatMap((moment) => concerned.map((each) => ({ ...each, moment })));
  const sent = cases.filter(({ role, moment }) => role === 'agent' || moment !== 'wrapUp');

  it.each(sent)('$moment: $name of the $role is answered as the rules say', async (each) => {
    const { role, name, moment } = each;
    const known = shown.get(moment);
    if (known === undefined) throw new Error('There is such a moment.');
    const wanted = expected(role, name, known.view);
    // What may be done changes the state: it gets an engagement of its own.
    const at = wanted === 'done' ? await stages[moment](role) : known.at;
    const before = await stateOf(at);
    expect(code(await senderOf(role, at).ask(name, bodyAt(at, each)))).toBe(wanted);
    if (wanted === 'done') leave(at);
    else expect(await stateOf(at)).toEqual(before);
  });

  it('there is none for a visitor whose engagement has ended: nothing is open to them', async () => {
    const { at, view } = shown.get('wrapUp') ?? { at: witness, view: undefined };
    await until(() => !at.visitor.socket.connected);
    const auth = { protocol: PROTOCOL_VERSION, ticket: world.records.visitorTicket(at.engagement) };
    const refusal = await world.refusedConnection('visitor', auth, at.engagement.origin);
    expect(refusal).toEqual({ code: 'expired' });
    const visitorCases = concerned.filter(({ role }) => role === 'visitor');
    const codes = visitorCases.map(({ name }) => view && expected('visitor', name, view));
    expect(new Set(codes)).toEqual(new Set(['wrongState']));
  });
});

/** Nothing of it is left, so that what an agent is told when they come does not grow with each case. */
function leave({ engagementId, visitor, agent }: Scene): void {
  for (const client of [visitor, agent]) client.close();
  world.records.revoke({ type: 'engagementEnded', engagementId, reason: 'erased' });
}

describe('sent twice', () => {
  // [DE3] for a delivery and its answer.
  it.each(commandCases)('$name of the $role is done once', async (each) => {
    const { role, name } = each;
    const { at: stage, again } = replays[role][name as VisitorCommandName & AgentCommandName];
    const at = await stages[stage](role);
    const sender = senderOf(role, at);
    const body = bodyAt(at, each);
    const first = await sender.ask(name, body);
    expect(code(first)).toBe('done');
    if (again === 'lost') {
      await until(() => !sender.socket.connected);
    } else {
      const before = await stateOf(at);
      const second = await sender.ask(name, body);
      expect(code(second)).toBe(again);
      if (name === 'chat:send') expect(second).toEqual(first);
      expect(await stateOf(at)).toEqual(before);
    }
    leave(at);
  });
});

describe('larger than a message may be', () => {
  let at: Scene;
  beforeAll(async () => {
    at = await stages.active('visitor');
  });

  it.each(commandCases)('$name of the $role closes its connection, and nothing else', async (each) => {
    const { role, name } = each;
    const before = await stateOf(at);
    const window = role === 'visitor' ? await world.visitor(at.engagement) : await world.agent();
    const filler = 'x'.repeat(limits.signalBytes);
    window.socket.emit(name, { ...bodyAt(at, each), filler }, () => undefined);
    await until(() => !window.socket.connected);
    expect(await stateOf(at)).toEqual(before);
    expect([at.visitor, at.agent].map(({ socket }) => socket.connected)).toEqual([true, true]);
  });
});

it('has left the other customer as it was', async () => {
  expect([witness.visitor, witness.agent].map(({ socket }) => socket.connected)).toEqual([true, true]);
  await witness.visitor.must('frames:pass');
  await witness.agent.must(
    'chat:send',
    named('agent', witness, { lineId: randomUUID(), text: 'All is well' }),
  );
});
