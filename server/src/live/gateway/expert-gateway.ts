/** The namespace of experts: whoever was invited into one call by a link, with its media and nothing else. */

import { randomUUID } from 'node:crypto';
import { callRoleOf, engagementView } from '@alongside/engagement';
import type { AgentId, EngagementId, RefusalCode, Reply } from '@alongside/protocol';
import { accept, expertCommands, limits, refuse } from '@alongside/protocol';
import type { ExpertActor } from './actor.js';
import { admitAs, rotatePasses } from './admit-as.js';
import type { Handlers } from './command.js';
import { bindCommands } from './command.js';
import { mediaCommands } from './commands/call-commands.js';
import { leaveCommand } from './commands/call-presence-commands.js';
import { Connections } from './connections.js';
import { expertViewOf } from './expert-view.js';
import { forgetHandshake } from './forget-handshake.js';
import type { GatewayDeps, SessionEnd } from './gateway-deps.js';
import { endSession } from './gateway-deps.js';
import type { ExpertNamespace, ExpertSocket } from './live-sockets.js';
import { RateWindow } from './rate-window.js';

export class ExpertGateway {
  readonly #deps: GatewayDeps;
  readonly #connections = new Connections<AgentId, ExpertSocket>();
  readonly #handlers: Handlers<typeof expertCommands, ExpertActor>;

  constructor(namespace: ExpertNamespace, deps: GatewayDeps) {
    this.#deps = deps;
    this.#handlers = { ...mediaCommands(deps.commands), ...leaveCommand(deps.commands) };
    namespace.use(admitAs('expert', deps));
    namespace.on('connection', (socket) => this.#connected(socket));
  }

  get size(): number {
    return this.#connections.size;
  }

  socketOf(expertId: AgentId, sessionId: string): ExpertSocket | undefined {
    return this.#connections.find(expertId, sessionId);
  }

  /** Out of the call: the pass is dead, whatever the reason. */
  end(expertId: AgentId, reason: SessionEnd): void {
    this.#deps.passes.revoke(({ identity }) => identity.role === 'expert' && identity.agentId === expertId);
    for (const socket of this.#connections.of(expertId)) endSession(socket, reason);
  }

  /** Replaces passes that have been out for long. */
  rotate(): void {
    rotatePasses(this.#connections.all(), this.#deps.passes);
  }

  #connected(socket: ExpertSocket): void {
    const { sessionId, identity } = socket.data.session;
    const { counts, logger, clock } = this.#deps;
    for (const former of this.#connections.add(identity.agentId, sessionId, socket))
      endSession(former, 'replaced');
    bindCommands<ExpertActor>(socket, {
      table: expertCommands,
      handlers: this.#handlers,
      identify: (_command, body) => this.#identify(socket, body),
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
    void this.#letIn(socket);
  }

  /** Their coming is committed before anything is told to them; whoever comes back is in the call already. */
  async #letIn(socket: ExpertSocket): Promise<void> {
    const { session } = socket.data;
    const { engagementId, agentId, callId, displayName, organisation } = session.identity;
    const { runner, passes, clock } = this.#deps;
    const attended = await runner.run(engagementId, {
      ...{ type: 'attendCall', presenceId: randomUUID(), agentId, mode: 'speak' },
      expert: { callId, displayName, organisation },
    });
    const expert = attended.ok ? expertViewOf(attended.value, agentId) : undefined;
    if (expert === undefined) {
      this.end(agentId, attended.ok ? 'callEnded' : whyNot(attended.refusal.code));
      return;
    }
    if (!socket.connected) {
      // Without a pass nobody comes back: they are not left standing there.
      if (!passes.knows(session.sessionId)) runner.runNow(engagementId, { type: 'leaveCall', agentId });
      return;
    }
    const pass = passes.issue(session);
    const opened = { pass, now: clock.now(), expert, ...this.#deps.status() };
    socket.emit('session:opened', opened, () => passes.kept(pass));
    void socket.join(agentId);
  }

  /** Whatever the body names, it is the call that they were invited into, while it goes on with them in it. */
  #identify(socket: ExpertSocket, body: unknown): Reply<ExpertActor> {
    const { session } = socket.data;
    const { engagementId, agentId, callId } = session.identity;
    // The table's schema has checked that the body names one.
    const named = body as { readonly engagementId: EngagementId };
    const engagement = this.#deps.directory.get(engagementId);
    if (named.engagementId !== engagementId || engagement === undefined) return refuse('notFound');
    const view = engagementView(engagement);
    const isInCall = view.call.state === 'on' && view.call.callId === callId;
    if (!isInCall || callRoleOf(agentId, view) === 'absent') return refuse('wrongState');
    return accept({ party: 'agent', session, socketId: socket.id, engagementId, agentId });
  }

  #disconnected(socket: ExpertSocket): void {
    const { sessionId, identity } = socket.data.session;
    if (!this.#connections.remove(identity.agentId, sessionId, socket)) return;
    // They may come back for as long as the pass is good; what runs out ends their presence.
    if (!this.#deps.isClosing()) this.#deps.passes.lost(sessionId);
  }
}

/** The call may have ended, or the link been taken back, while their coming was written down. */
function whyNot(code: RefusalCode): SessionEnd {
  if (code === 'wrongState' || code === 'notFound') return 'callEnded';
  return code === 'notPermitted' ? 'revoked' : 'notLetIn';
}
