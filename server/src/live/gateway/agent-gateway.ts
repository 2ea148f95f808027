/** The agents' namespace: admission, presence and commands. */

import type { Engagement, EngagementCommand } from '@alongside/engagement';
import { agentsOf, engagementView, refusalOf } from '@alongside/engagement';
import type { AgentId, EngagementId, Reply } from '@alongside/protocol';
import { accept, agentCommands, limits, refuse } from '@alongside/protocol';
import type { AgentIdentity, Session } from '../tickets/session.js';
import type { AgentActor } from './actor.js';
import { admitAs, rotatePasses } from './admit-as.js';
import { clientSoftware, truncatedAddress } from './client-software.js';
import type { Handlers } from './command.js';
import { bindCommands } from './command.js';
import { callCommands } from './commands/call-commands.js';
import { presenceCommands } from './commands/call-presence-commands.js';
import { chatCommands } from './commands/chat-commands.js';
import { agentDeliveryCommands } from './commands/delivery-commands.js';
import { availabilityCommand, deskCommands } from './commands/desk-commands.js';
import { agentSharingCommands } from './commands/sharing-commands.js';
import { Connections } from './connections.js';
import { forgetHandshake } from './forget-handshake.js';
import type { GatewayDeps, SessionEnd } from './gateway-deps.js';
import { endSession } from './gateway-deps.js';
import type { AgentNamespace, AgentSocket } from './live-sockets.js';
import { RateWindow } from './rate-window.js';

const { 'desk:available': deskAvailable, ...engagementCommands } = agentCommands;
const deskTable = { 'desk:available': deskAvailable } as const;

export class AgentGateway {
  readonly #deps: GatewayDeps;
  readonly #connections = new Connections<AgentId, AgentSocket>();
  readonly #handlers: Handlers<typeof engagementCommands, AgentActor> &
    Handlers<typeof deskTable, { readonly session: Session<AgentIdentity> }>;

  constructor(namespace: AgentNamespace, deps: GatewayDeps) {
    this.#deps = deps;
    this.#handlers = {
      ...chatCommands(deps.commands),
      ...agentSharingCommands(deps.commands),
      ...agentDeliveryCommands(deps.commands),
      ...callCommands(deps.commands),
      ...presenceCommands(deps.commands),
      ...deskCommands(deps.commands),
      ...availabilityCommand(deps.commands),
    };
    namespace.use(admitAs('agent', deps));
    namespace.on('connection', (socket) => this.#connected(socket));
  }

  get size(): number {
    return this.#connections.size;
  }

  socketOf(agentId: AgentId, sessionId: string): AgentSocket | undefined {
    return this.#connections.find(agentId, sessionId);
  }

  isConnected(agentId: AgentId): boolean {
    return this.#connections.has(agentId);
  }

  /** One identity for each connected agent of a tenant. */
  connected(tenantId: AgentIdentity['tenantId']): AgentIdentity[] {
    return this.#connections
      .keys()
      .flatMap((agentId) => this.#connections.of(agentId).slice(-1))
      .map((socket) => socket.data.session.identity)
      .filter((identity) => identity.tenantId === tenantId);
  }

  /** The agent may not go on: sessions end, passes are void. */
  end(agentId: AgentId, reason: SessionEnd): void {
    this.#revokePasses(agentId);
    for (const socket of this.#connections.of(agentId)) endSession(socket, reason);
  }

  /** What the agent may do has changed: every connection has to come back with a new ticket. */
  renew(agentId: AgentId): void {
    this.#revokePasses(agentId);
    for (const socket of this.#connections.of(agentId)) socket.conn.close();
  }

  /** Replaces passes that have been out for long. */
  rotate(): void {
    rotatePasses(this.#connections.all(), this.#deps.passes);
  }

  #revokePasses(agentId: AgentId): void {
    this.#deps.passes.revoke(({ identity }) => identity.role === 'agent' && identity.agentId === agentId);
  }

  #connected(socket: AgentSocket): void {
    const { session } = socket.data;
    const { sessionId, identity } = session;
    const { agentId } = identity;
    const { passes, counts, logger, clock } = this.#deps;
    for (const former of this.#connections.add(agentId, sessionId, socket)) endSession(former, 'replaced');
    const { desk } = this.#deps.commands;
    desk.arrived(identity);
    this.#returnTo(socket);
    const pass = passes.issue(session);
    const opened = {
      pass,
      now: clock.now(),
      available: desk.isAvailable(agentId),
      desk: desk.viewFor(identity),
      engagements: this.#own(identity).map(engagementView),
      ...this.#deps.status(),
    };
    socket.emit('session:opened', opened, () => passes.kept(pass));
    void socket.join(agentId);
    bindCommands<AgentActor | { readonly session: Session<AgentIdentity> }>(socket, {
      table: agentCommands,
      handlers: this.#handlers,
      identify: (command, body) => this.#identify(socket, command, body),
      rate: new RateWindow(clock, limits.commandsPer10s),
      counts,
      logger,
    });
    forgetHandshake(socket);
    socket.on('disconnect', () => {
      this.#disconnected(socket);
      // A connection that has left its namespace would stay open as nobody's, and uncounted.
      socket.conn.close();
    });
  }

  #identify(
    socket: AgentSocket,
    command: string,
    body: unknown,
  ): Reply<AgentActor | { readonly session: Session<AgentIdentity> }> {
    const { session } = socket.data;
    if (command in deskTable) return accept({ session });
    // The table's schema has checked that the body names one.
    const { engagementId } = body as { readonly engagementId: EngagementId };
    const { agentId } = session.identity;
    const actor = accept({ party: 'agent', session, socketId: socket.id, engagementId, agentId } as const);
    const engagement = this.#deps.directory.get(engagementId);
    if (engagement === undefined || engagement.tenantId !== session.identity.tenantId) {
      return refuse('notFound');
    }
    if (command === 'engagement:accept') {
      // Who was slower must learn that it is taken; the rules of the engagement say so.
      return this.#deps.commands.desk.sees(session.identity, engagement) ? actor : refuse('notFound');
    }
    const joins = command === 'engagement:join';
    const isOwn = agentsOf(engagement).some((each) => each.agentId === agentId);
    // Whether what is said and shown may go to them, `records` decides with a reason when they join.
    const mayAsk = joins
      ? this.#deps.commands.desk.sees(session.identity, engagement)
      : isOwn && this.#isOpenTo(session.identity, engagement);
    if (!mayAsk) return refuse('notFound');
    const code = refusalOf({ agentId }, command as EngagementCommand, engagementView(engagement));
    // Whoever is in already may have missed the answer: to them it is said again.
    return code === undefined || (joins && isOwn && engagement.phase === 'active') ? actor : refuse(code);
  }

  /** What the agent takes part in, unless its site was taken from them or its transfer has lost its basis. */
  #own(identity: AgentIdentity): Engagement[] {
    return this.#deps.directory.ofAgent(identity.agentId).filter((each) => this.#isOpenTo(identity, each));
  }

  #isOpenTo(identity: AgentIdentity, engagement: Engagement): boolean {
    const seat = agentsOf(engagement).find(({ agentId }) => agentId === identity.agentId);
    const isReadable = identity.readableSiteIds.includes(engagement.siteId) || seat?.byConsent === true;
    return isReadable && this.#deps.commands.desk.sees(identity, engagement);
  }

  #returnTo(socket: AgentSocket): void {
    const { identity } = socket.data.session;
    const { agentId } = identity;
    const { address, headers } = socket.handshake;
    for (const { engagementId } of this.#own(identity)) {
      this.#deps.runner.runNow(engagementId, { type: 'agentReturned', agentId });
      this.#deps.runner.report(engagementId, {
        type: 'connected',
        party: 'agent',
        agentId,
        truncatedAddress: truncatedAddress(this.#deps.addressOf(address, headers)),
        software: clientSoftware(headers['user-agent']),
      });
    }
  }

  #disconnected(socket: AgentSocket): void {
    const { sessionId, identity } = socket.data.session;
    const { agentId } = identity;
    if (!this.#connections.remove(agentId, sessionId, socket)) return;
    if (this.#deps.isClosing()) return;
    this.#deps.passes.lost(sessionId);
    if (this.#connections.has(agentId)) return;
    const { desk, typing, announcer } = this.#deps.commands;
    desk.went(agentId);
    for (const { engagementId } of this.#deps.directory.ofAgent(agentId)) {
      if (typing.mayTell(engagementId, agentId, false)) announcer.typed(engagementId, agentId, false);
      this.#deps.runner.report(engagementId, { type: 'disconnected', party: 'agent', agentId });
      this.#deps.runner.runNow(engagementId, { type: 'agentLeft', agentId });
    }
  }
}
