/** Says facts to the pages and windows that they concern. */

import type { Engagement } from '@alongside/engagement';
import { agentOf, agentsOf, engagementView } from '@alongside/engagement';
import type {
  AgentId,
  CallAvailability,
  CallMeasured,
  ChatLine,
  DeliveryAnswer,
  DeliveryOffer,
  DeskView,
  EndReason,
  EngagementChange,
  EngagementId,
  RemoteProducer,
  SiteId,
  StorageState,
} from '@alongside/protocol';
import type { EngagementDirectory } from '../engagement/engagement-directory.js';
import type { AgentNamespace, VisitorNamespace } from './live-sockets.js';

export interface AnnouncerDeps {
  readonly visitors: VisitorNamespace;
  readonly agents: AgentNamespace;
  readonly directory: EngagementDirectory;
}

/** Rooms are named by the engagement (visitors) and by the agent (agents); the server alone lets anybody in. */
export class Announcer {
  readonly #deps: AnnouncerDeps;

  constructor(deps: AnnouncerDeps) {
    this.#deps = deps;
  }

  /** One fact for each change; the last one carries the version that the engagement has now. */
  engagementChanged(engagement: Engagement, changes: readonly EngagementChange[]): void {
    const view = engagementView(engagement);
    const agents = agentsOf(engagement).map(({ agentId }) => agentId);
    changes.forEach((because, index) => {
      const version = view.version - (changes.length - 1 - index);
      const fact = { engagement: { ...view, version }, because };
      this.#deps.visitors.to(view.engagementId).emit('engagement:changed', fact);
      if (agents.length > 0) this.#deps.agents.to(agents).emit('engagement:changed', fact);
    });
  }

  engagementRemoved(
    engagementId: EngagementId,
    agentId: AgentId,
    reason: EndReason | 'taken' | 'left',
  ): void {
    this.#deps.agents.to(agentId).emit('engagement:removed', { engagementId, reason });
  }

  /** Lines are said to everybody but the connection that sent them, which hears by the reply. */
  lineSaid(engagementId: EngagementId, line: ChatLine, exceptSocketId: string | undefined): void {
    const fact = { engagementId, line };
    const except = exceptSocketId ?? [];
    this.#deps.visitors.to(engagementId).except(except).emit('chat:said', fact);
    const agents = this.#agentsOf(engagementId);
    if (agents.length > 0) this.#deps.agents.to(agents).except(except).emit('chat:said', fact);
  }

  /** To both sides: who wrote it sees that it is not sent, and the other one that something is on its way. */
  lineDelayed(engagementId: EngagementId, delayed: boolean): void {
    const fact = { engagementId, delayed };
    this.#deps.visitors.to(engagementId).emit('chat:delayed', fact);
    const agents = this.#agentsOf(engagementId);
    if (agents.length > 0) this.#deps.agents.to(agents).emit('chat:delayed', fact);
  }

  /** To everybody but who types: an agent, or the visitor. */
  typed(engagementId: EngagementId, agentId: AgentId | undefined, typing: boolean): void {
    const by = agentId === undefined ? { party: 'visitor' as const } : { party: 'agent' as const, agentId };
    const fact = { engagementId, ...by, typing };
    if (agentId !== undefined) this.#deps.visitors.to(engagementId).emit('chat:typed', fact);
    const others = this.#agentsOf(engagementId).filter((each) => each !== agentId);
    if (others.length > 0) this.#deps.agents.to(others).emit('chat:typed', fact);
  }

  /** To the other party: nobody is offered their own picture. */
  produced(engagementId: EngagementId, producer: RemoteProducer): void {
    const fact = { engagementId, producer };
    if (producer.party === 'agent') this.#deps.visitors.to(engagementId).emit('call:produced', fact);
    else this.#toAgent(engagementId, (room) => room.emit('call:produced', fact));
  }

  producerChanged(engagementId: EngagementId, producer: RemoteProducer): void {
    const fact = { engagementId, producer };
    this.#deps.visitors.to(engagementId).emit('call:producerChanged', fact);
    this.#toAgent(engagementId, (room) => room.emit('call:producerChanged', fact));
  }

  producerClosed(engagementId: EngagementId, producerId: string): void {
    const fact = { engagementId, producerId };
    this.#deps.visitors.to(engagementId).emit('call:producerClosed', fact);
    this.#toAgent(engagementId, (room) => room.emit('call:producerClosed', fact));
  }

  /** To the agent, who helps with it; what an agent's own side measures stays theirs. */
  measured(engagementId: EngagementId, measured: CallMeasured): void {
    this.#toAgent(engagementId, (room) => room.emit('call:measured', { engagementId, measured }));
  }

  delivered(engagementId: EngagementId, { deliveryId, content }: DeliveryOffer): void {
    this.#deps.visitors.to(engagementId).emit('delivery:offered', { deliveryId, content });
  }

  deliveryAnswered(engagementId: EngagementId, { deliveryId, opened }: DeliveryAnswer): void {
    const fact = { engagementId, deliveryId, opened };
    const agents = this.#agentsOf(engagementId);
    if (agents.length > 0) this.#deps.agents.to(agents).emit('delivery:answered', fact);
  }

  transferAnswered(engagementId: EngagementId, agentId: AgentId, granted: boolean): void {
    this.#deps.agents.to(agentId).emit('transfer:answered', { engagementId, granted });
  }

  rulesChanged(engagementId: EngagementId, siteId: SiteId): void {
    this.#deps.visitors.to(engagementId).emit('site:rulesChanged', { siteId });
  }

  callLost(engagementId: EngagementId): void {
    this.#deps.visitors.to(engagementId).emit('call:lost', { engagementId });
    this.#toAgent(engagementId, (room) => room.emit('call:lost', { engagementId }));
  }

  deskChanged(agentId: AgentId, desk: DeskView): void {
    this.#deps.agents.to(agentId).emit('desk:changed', { desk });
  }

  statusChanged(status: { calls: CallAvailability; storage: StorageState }): void {
    this.#deps.visitors.emit('session:statusChanged', status);
    this.#deps.agents.emit('session:statusChanged', status);
  }

  shuttingDown(): void {
    this.#deps.visitors.emit('session:ended', { reason: 'shuttingDown' });
    this.#deps.agents.emit('session:ended', { reason: 'shuttingDown' });
  }

  /** A call is the lead's alone. */
  #toAgent(engagementId: EngagementId, say: (room: ReturnType<AgentNamespace['to']>) => void): void {
    const agentId = this.#agentOf(engagementId);
    if (agentId !== undefined) say(this.#deps.agents.to(agentId));
  }

  #agentsOf(engagementId: EngagementId): AgentId[] {
    const engagement = this.#deps.directory.get(engagementId);
    return engagement === undefined ? [] : agentsOf(engagement).map(({ agentId }) => agentId);
  }

  #agentOf(engagementId: EngagementId): AgentId | undefined {
    const engagement = this.#deps.directory.get(engagementId);
    return engagement && agentOf(engagement)?.agentId;
  }
}
