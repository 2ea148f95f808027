/** The visitors' namespace: admission, presence and commands. */

import { engagementView, refusalOf } from '@alongside/engagement';
import type { EngagementId, Reply, VisitorCommandName } from '@alongside/protocol';
import { accept, limits, refuse, visitorCommands } from '@alongside/protocol';
import type { VisitorActor } from './actor.js';
import { admitAs, rotatePasses } from './admit-as.js';
import { clientSoftware, truncatedAddress } from './client-software.js';
import type { Handlers } from './command.js';
import { bindCommands } from './command.js';
import { callCommands, consentCommand } from './commands/call-commands.js';
import { chatCommands } from './commands/chat-commands.js';
import { visitorDeliveryCommands } from './commands/delivery-commands.js';
import { visitorSharingCommands } from './commands/sharing-commands.js';
import { visitorTransferCommands } from './commands/transfer-commands.js';
import { Connections } from './connections.js';
import { forgetHandshake } from './forget-handshake.js';
import type { GatewayDeps, SessionEnd } from './gateway-deps.js';
import { endSession } from './gateway-deps.js';
import type { VisitorNamespace, VisitorSocket } from './live-sockets.js';
import { RateWindow } from './rate-window.js';

export class VisitorGateway {
  readonly #deps: GatewayDeps;
  readonly #connections = new Connections<EngagementId, VisitorSocket>();
  readonly #handlers: Handlers<typeof visitorCommands, VisitorActor>;

  constructor(namespace: VisitorNamespace, deps: GatewayDeps) {
    this.#deps = deps;
    this.#handlers = {
      ...chatCommands(deps.commands),
      ...visitorSharingCommands(deps.commands),
      ...visitorDeliveryCommands(deps.commands),
      ...callCommands(deps.commands),
      ...consentCommand(deps.commands),
      ...visitorTransferCommands(deps.commands),
    };
    namespace.use(admitAs('visitor', deps));
    namespace.on('connection', (socket) => this.#connected(socket));
  }

  get size(): number {
    return this.#connections.size;
  }

  socketOf(engagementId: EngagementId, sessionId: string): VisitorSocket | undefined {
    return this.#connections.find(engagementId, sessionId);
  }

  isConnected(engagementId: EngagementId): boolean {
    return this.#connections.has(engagementId);
  }

  /** Ends every session of the engagement's visitor; their passes are void. */
  end(engagementId: EngagementId, reason: SessionEnd): void {
    this.#deps.passes.revoke(
      ({ identity }) => identity.role === 'visitor' && identity.engagementId === engagementId,
    );
    for (const socket of this.#connections.of(engagementId)) endSession(socket, reason);
  }

  /** Replaces passes that have been out for long, so that one that was seen does not stay good for ever. */
  rotate(): void {
    rotatePasses(this.#connections.all(), this.#deps.passes);
  }

  #connected(socket: VisitorSocket): void {
    const { session } = socket.data;
    const { sessionId, identity } = session;
    const { engagementId } = identity;
    const { runner, directory, passes, counts, logger, clock } = this.#deps;
    for (const former of this.#connections.add(engagementId, sessionId, socket))
      endSession(former, 'replaced');
    runner.runNow(engagementId, { type: 'visitorReturned' });
    const engagement = directory.get(engagementId);
    if (engagement === undefined || engagement.phase === 'closed' || engagement.phase === 'wrapUp') {
      // It ended between the handshake's check and now.
      this.#connections.remove(engagementId, sessionId, socket);
      endSession(socket, engagement?.phase === undefined ? 'abandoned' : 'visitorEnded');
      return;
    }
    const pass = passes.issue(session);
    const opened = { pass, now: clock.now(), engagement: engagementView(engagement), ...this.#deps.status() };
    socket.emit('session:opened', opened, () => passes.kept(pass));
    void socket.join(engagementId);
    bindCommands(socket, {
      table: visitorCommands,
      handlers: this.#handlers,
      identify: (command) => this.#identify(socket, command as VisitorCommandName),
      rate: new RateWindow(clock, limits.commandsPer10s),
      counts,
      logger,
    });
    for (const offer of this.#deps.commands.offers.of(engagementId)) socket.emit('delivery:offered', offer);
    this.#reportConnected(socket);
    forgetHandshake(socket);
    socket.on('disconnect', () => {
      this.#disconnected(socket);
      // A connection that has left its namespace would stay open as nobody's, and uncounted.
      socket.conn.close();
    });
  }

  #identify(socket: VisitorSocket, command: VisitorCommandName): Reply<VisitorActor> {
    const { session } = socket.data;
    const { engagementId } = session.identity;
    const engagement = this.#deps.directory.get(engagementId);
    if (engagement === undefined) return refuse('notFound');
    const code = refusalOf('visitor', command, engagementView(engagement));
    if (code !== undefined) return refuse(code);
    return accept({ party: 'visitor', session, socketId: socket.id, engagementId });
  }

  #reportConnected(socket: VisitorSocket): void {
    const { address, headers } = socket.handshake;
    this.#deps.runner.report(socket.data.session.identity.engagementId, {
      type: 'connected',
      party: 'visitor',
      truncatedAddress: truncatedAddress(this.#deps.addressOf(address, headers)),
      software: clientSoftware(headers['user-agent']),
    });
  }

  #disconnected(socket: VisitorSocket): void {
    const { sessionId, identity } = socket.data.session;
    const { engagementId } = identity;
    // A connection that was replaced has nothing to take back.
    if (!this.#connections.remove(engagementId, sessionId, socket)) return;
    if (this.#deps.isClosing()) return;
    this.#deps.passes.lost(sessionId);
    this.#deps.runner.report(engagementId, { type: 'disconnected', party: 'visitor' });
    if (this.#connections.has(engagementId)) return;
    const { typing, announcer } = this.#deps.commands;
    if (typing.mayTell(engagementId, undefined, false)) announcer.typed(engagementId, undefined, false);
    this.#deps.runner.runNow(engagementId, { type: 'visitorLeft' });
  }
}
