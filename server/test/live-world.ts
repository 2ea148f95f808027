/** A real `live` on a free port with real clients, two tenants, and a double of records behind the real channel. */

import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type {
  AgentFacts,
  EngagementId,
  EngagementView,
  Refusal,
  Reply,
  SiteId,
  TenantId,
  VisitorFacts,
} from '@alongside/protocol';
import { PROTOCOL_VERSION } from '@alongside/protocol';
import {
  FactRecorder,
  FakeClock,
  newEngagement,
  RecordsDouble,
  type StartedEngagement,
  until,
} from '@alongside/testkit';
import { io, type Socket } from 'socket.io-client';
import { attachFrames } from '../src/live/frames/attach-frames.js';
import { createLive, type Live, type LiveOptions } from '../src/live/index.js';
import { CallRelaysDouble, CallRoomsDouble } from './call-rooms-double.js';

const LIVE_HOST = 'live.test';
export const CONSOLE_ORIGIN = 'http://console.test';

export interface AgentPerson {
  readonly agentId: string;
  readonly tenantId: TenantId;
  readonly displayName: string;
  readonly siteIds: string[];
  readonly origin: string;
}

export interface Tenant {
  readonly tenantId: TenantId;
  readonly siteId: SiteId;
  readonly origin: string;
  readonly agents: readonly [AgentPerson, AgentPerson];
}

export type OpenedFact = Parameters<VisitorFacts['session:opened']>[0];
export type AgentOpenedFact = Parameters<AgentFacts['session:opened']>[0];
export type ChangedFact = Parameters<AgentFacts['engagement:changed']>[0];

export class Client {
  readonly socket: Socket;
  readonly facts: FactRecorder;
  pass = '';
  /** Without it the client behaves as one whose answer never arrived. */
  keepsPasses = true;
  /** All that was ever told to it, whatever a test forgets of its facts. */
  readonly heard: string[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    this.facts = new FactRecorder(socket);
    socket.onAny((name: string, fact: unknown) => this.heard.push(`${name} ${JSON.stringify(fact)}`));
    for (const name of ['session:opened', 'session:passed']) {
      socket.on(name, (_fact: unknown, kept: () => void) => {
        if (this.keepsPasses) kept();
      });
    }
  }

  /** Sends a command and waits for its acknowledgement. */
  async ask<T = unknown>(command: string, body: unknown = {}): Promise<Reply<T>> {
    return this.socket.timeout(10_000).emitWithAck(command, body);
  }

  async must<T = unknown>(command: string, body: unknown = {}): Promise<T> {
    const reply = await this.ask<T>(command, body);
    if (!reply.ok) throw new Error(`${command} was refused: ${reply.refusal.code}`);
    return reply.value;
  }

  /** The first change of this kind, with the whole view. */
  async changed(because: string): Promise<EngagementView> {
    const fact = await this.facts.waitFor<ChangedFact>(
      'engagement:changed',
      (each) => each.because === because,
    );
    return fact.engagement;
  }

  close(): void {
    this.socket.disconnect();
  }

  /** Loses the connection without saying so. */
  drop(): void {
    this.socket.io.reconnection(false);
    this.socket.io.engine.close();
  }
}

function newTenant(name: string): Tenant {
  const tenantId = randomUUID() as TenantId;
  const siteId = randomUUID() as SiteId;
  const person = (displayName: string): AgentPerson => ({
    ...{ agentId: randomUUID(), tenantId, displayName, siteIds: [siteId], origin: CONSOLE_ORIGIN },
  });
  const agents = [person(`Aki of ${name}`), person(`Noor of ${name}`)] as const;
  return { tenantId, siteId, origin: `http://${name}.test`, agents };
}

export class LiveWorld {
  readonly clock = new FakeClock();
  readonly records = new RecordsDouble(this.clock);
  readonly calls = new CallRoomsDouble();
  readonly relays = new CallRelaysDouble();
  readonly shop = newTenant('shop');
  readonly rival = newTenant('rival');
  readonly logged: { event: string; fields: unknown }[] = [];
  /** Engagements whose frames were told to close, in the order of telling. */
  readonly closedFrames: EngagementId[] = [];
  readonly #clients: Client[] = [];
  readonly #people: { readonly tenantId: TenantId; readonly client: Client }[] = [];
  /** Which names belong to which tenant. */
  readonly #owned: { readonly tenantId: TenantId; readonly name: string }[] = [];
  #live: Live | undefined;
  port = 0;

  static async start(overrides: Partial<LiveOptions> = {}): Promise<LiveWorld> {
    const world = new LiveWorld();
    for (const agent of [...world.shop.agents, ...world.rival.agents]) {
      world.records.ledger.know(agent);
    }
    await world.records.start();
    await world.startLive(overrides);
    return world;
  }

  /** As clients name it, with the port of this start. */
  get host(): string {
    return `${LIVE_HOST}:${this.port}`;
  }

  get live(): Live {
    if (this.#live === undefined) throw new Error('Live is not running.');
    return this.#live;
  }

  async startLive(overrides: Partial<LiveOptions> = {}): Promise<void> {
    await this.listenLive(overrides);
    await until(() => this.live.status().storage === 'up');
  }

  /** Listens without waiting for records. */
  async listenLive(overrides: Partial<LiveOptions> = {}): Promise<void> {
    const log = (event: string, fields?: unknown) => this.logged.push({ event, fields });
    this.#live = createLive({
      nodeId: 'node-1',
      journal: { url: this.records.url, secret: this.records.secret, appendMs: 400 },
      publicUrl: `http://${LIVE_HOST}:0`,
      listen: { host: '127.0.0.1', port: 0 },
      allowedHosts: [LIVE_HOST],
      clock: this.clock,
      steadyClock: this.clock,
      logger: { info: log, warn: log, error: log },
      calls: this.calls,
      relays: this.relays,
      frames: (deps) => {
        const frames = attachFrames(deps);
        const close = frames.closed.bind(frames);
        frames.closed = (engagementId) => {
          this.closedFrames.push(engagementId);
          close(engagementId);
        };
        return frames;
      },
      limitsInForce: () => [{ name: 'no-file-writes', inForce: true }],
      sweepMs: 10,
      ...overrides,
    });
    this.port = await this.#live.listen();
  }

  /** As after a crash: nothing is said to anybody, memory is gone, the clients are lost. */
  async restartLive(downMs = 0, overrides: Partial<LiveOptions> = {}): Promise<void> {
    this.records.lostAt = this.clock.now();
    for (const client of this.#clients.splice(0)) client.drop();
    await this.#live?.close();
    this.clock.advance(downMs);
    await this.startLive(overrides);
  }

  engagement(tenant: Tenant = this.shop): StartedEngagement {
    const { tenantId, siteId, origin } = tenant;
    const engagement = newEngagement({ tenantId, siteId, origin });
    this.records.ledger.start(engagement, this.clock.now());
    this.#owned.push({ tenantId, name: engagement.engagementId });
    return engagement;
  }

  async visitor(engagement: StartedEngagement): Promise<Client> {
    const auth = { protocol: PROTOCOL_VERSION, ticket: this.records.visitorTicket(engagement) };
    const client = await this.admitted('visitor', auth, engagement.origin);
    this.#people.push({ tenantId: engagement.tenantId, client });
    return client;
  }

  async agent(person: AgentPerson = this.shop.agents[0]): Promise<Client> {
    const auth = { protocol: PROTOCOL_VERSION, ticket: this.records.agentTicket(person) };
    const client = await this.admitted('agent', auth, person.origin);
    this.#people.push({ tenantId: person.tenantId, client });
    return client;
  }

  /** Who was invited into the call that runs now by a link; the same one again with another ticket. */
  async expert(
    engagement: StartedEngagement,
    callId: string,
    expertId: string = randomUUID(),
  ): Promise<Client> {
    const ticket = this.records.expertTicket(engagement, { expertId, callId, origin: CONSOLE_ORIGIN });
    return this.admitted('expert', { protocol: PROTOCOL_VERSION, ticket }, CONSOLE_ORIGIN);
  }

  async admitted(role: string, auth: object, origin: string): Promise<Client> {
    const client = this.connect(role, auth, origin);
    const failed = new Promise<never>((_resolve, reject) => {
      client.socket.once('connect_error', reject);
    });
    const opened = client.facts.waitFor<OpenedFact>('session:opened');
    client.pass = (await Promise.race([opened, failed])).pass;
    return client;
  }

  /** The refusal that a connection meets. */
  async refusedConnection(role: string, auth: object, origin: string | undefined): Promise<Refusal> {
    const client = this.connect(role, auth, origin);
    return new Promise((resolve, reject) => {
      client.socket.once('connect_error', (error) => resolve((error as { data?: unknown }).data as Refusal));
      client.socket.once('connect', () => reject(new Error('The connection was admitted.')));
    });
  }

  connect(role: string, auth: object, origin: string | undefined): Client {
    const socket = io(`http://127.0.0.1:${this.port}/${role}`, {
      auth,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { Host: this.host, ...(origin === undefined ? {} : { Origin: origin }) },
    });
    const client = new Client(socket);
    this.#clients.push(client);
    return client;
  }

  /** A visitor and an agent in an active engagement. */
  async active(tenant: Tenant = this.shop) {
    const engagement = this.engagement(tenant);
    const visitor = await this.visitor(engagement);
    const agent = await this.agent(tenant.agents[0]);
    const { engagementId } = engagement;
    await agent.must('engagement:accept', { engagementId });
    await visitor.changed('engagement:accepted');
    return { engagement, engagementId, visitor, agent };
  }

  /** An active engagement whose visitor has agreed to be seen. */
  async viewed(tenant: Tenant = this.shop) {
    const active = await this.active(tenant);
    await grantView(active.visitor, active.agent, active.engagementId);
    return active;
  }

  /** A raw HTTP/1.1 request, for the checks before any of socket.io. */
  request(head: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, '127.0.0.1', () => socket.write(`${head}\r\n\r\n`));
      let answer = '';
      socket.on('data', (data) => {
        answer += data;
      });
      socket.on('end', () => resolve(answer));
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
      socket.setTimeout(3000, () => socket.destroy());
    });
  }

  /** Whatever a test did: nobody has heard a name of the other tenant. */
  async close(): Promise<void> {
    for (const client of this.#clients) client.close();
    await this.#live?.close();
    await this.records.stop();
    const leaks = this.#people.flatMap(({ tenantId, client }) => this.#foreignTo(tenantId, client));
    if (leaks.length > 0) throw new Error(`Another tenant heard of it: ${leaks.join('; ')}`);
  }

  #foreignTo(tenantId: TenantId, { heard }: Client): string[] {
    const ofTenants = [this.shop, this.rival].flatMap((tenant) =>
      [tenant.tenantId, tenant.siteId, ...tenant.agents.map(({ agentId }) => agentId)].map((name) => ({
        ...{ tenantId: tenant.tenantId, name },
      })),
    );
    const foreign = [...this.#owned, ...ofTenants].filter((each) => each.tenantId !== tenantId);
    return heard.filter((told) => foreign.some(({ name }) => told.includes(name)));
  }
}

export async function grantView(visitor: Client, agent: Client, engagementId: EngagementId): Promise<void> {
  visitor.facts.clear();
  agent.facts.clear();
  await agent.must('view:ask', { engagementId });
  const { view } = await visitor.changed('view:asked');
  if (view.state !== 'asked') throw new Error('The question was not put.');
  await visitor.must('view:grant', { askId: view.askId });
  await agent.changed('view:granted');
}
