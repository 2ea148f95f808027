/** Several agents in one engagement of a world of its own: who they are, the page they see, and how it reaches them. */

import { randomUUID } from 'node:crypto';
import { createSealingEngine, FrameReceiver, FrameSender, systemClock } from '@alongside/frames';
import type { AgentId, EngagementId, EngagementView } from '@alongside/protocol';
import { PROTOCOL_VERSION } from '@alongside/protocol';
import { WebSocket } from 'ws';
import { NodeFrameSocket } from './frames-server.js';
import { HastyClock } from './hasty-clock.js';
import type { AgentPerson, Client } from './live-world.js';
import { CONSOLE_ORIGIN, LiveWorld } from './live-world.js';

export interface Colleague {
  readonly person: AgentPerson;
  readonly agentId: AgentId;
  readonly client: Client;
}

export class SeveralAgents {
  readonly world: LiveWorld;
  readonly #endings: (() => void)[] = [];

  private constructor(world: LiveWorld) {
    this.world = world;
  }

  static async start(how?: Parameters<typeof LiveWorld.start>[0]): Promise<SeveralAgents> {
    return new SeveralAgents(await LiveWorld.start(how));
  }

  async close(): Promise<void> {
    for (const end of this.#endings.splice(0)) end();
    await this.world.close();
  }

  /** Another agent of the shop, signed in. */
  async colleague(displayName: string, more: object = {}): Promise<Colleague> {
    const { tenantId, siteId } = this.world.shop;
    const agentId = randomUUID() as AgentId;
    const person = { agentId, tenantId, displayName, siteIds: [siteId], origin: CONSOLE_ORIGIN };
    this.world.records.ledger.know(person);
    const auth = { protocol: PROTOCOL_VERSION, ticket: this.world.records.agentTicket(person, more) };
    return { person, agentId, client: await this.world.admitted('agent', auth, CONSOLE_ORIGIN) };
  }

  /** A page whose snapshot is every event so far, and which counts how often its recorder began and ended. */
  async page({ visitor, engagementId }: { visitor: Client; engagementId: EngagementId }) {
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
    this.#endings.push(() => sender.close({ ended: true }));
    const { pass } = await visitor.must<{ pass: string }>('frames:pass');
    sender.attach(new NodeFrameSocket(await this.#frameSocket(this.world.shop.origin)), pass);
    const emit = (event: unknown): void => {
      events.push(event);
      sender.send([event]);
    };
    return { clock, events, watched, slots, emit };
  }

  async watch(client: Client, engagementId: EngagementId, meanwhile?: () => void) {
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
    this.#endings.push(() => receiver.close({ ended: true }));
    const { pass } = await client.must<{ pass: string }>('frames:pass', { engagementId });
    meanwhile?.();
    const socket = await this.#frameSocket(CONSOLE_ORIGIN);
    socket.once('close', (code, reason) => {
      seen.closed = `${code} ${reason.toString()}`;
    });
    receiver.attach(new NodeFrameSocket(socket), pass);
    return seen;
  }

  /** A view that is shared, and agents who have joined and been told of. */
  async shared(...names: readonly string[]) {
    const at = await this.world.viewed();
    const others: Colleague[] = [];
    for (const name of names) {
      const other = await this.colleague(name, { joinsAs: ['agent', 'supervisor'] });
      await join(other, at.engagementId, name === 'Sue' ? 'supervisor' : 'agent');
      await notice(at.visitor, other);
      others.push(other);
    }
    return { ...at, others };
  }

  async #frameSocket(origin: string): Promise<WebSocket> {
    const url = `ws://127.0.0.1:${this.world.port}/frames`;
    const socket = new WebSocket(url, { origin, headers: { Host: this.world.host } });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    this.#endings.push(() => socket.terminate());
    return socket;
  }
}

export async function join({ client }: Colleague, engagementId: EngagementId, as = 'agent') {
  return client.must<EngagementView>('engagement:join', { engagementId, as });
}

/** As the visitor's page does it once the name stands in its panel. */
export async function notice(visitor: Client, { agentId }: Colleague): Promise<void> {
  await visitor.must('agent:notice', { agentId });
}

export const refusalOf = async (client: Client, command: string, body: object) => {
  const reply = await client.ask(command, body);
  return reply.ok ? 'done' : reply.refusal;
};

/** The newest view that this one was told of. */
export const viewOf = (client: Client) =>
  client.facts.named<{ engagement: EngagementView }>('engagement:changed').at(-1)?.engagement;
export const roles = (view: EngagementView | undefined) =>
  view?.agents.map(({ displayName, role }) => `${displayName} ${role}`);
