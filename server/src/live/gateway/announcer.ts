/** Says facts to the pages and windows that they concern. */

import type { CallMember, Engagement } from '@alongside/engagement';
import { agentOf, agentsOf, callRoleOf, engagementView, mayHear } from '@alongside/engagement';
import type {
  AgentId,
  CallAvailability,
  CallKeyStep,
  CallMeasured,
  ChatLine,
  DeliveryAnswer,
  DeliveryOffered,
  DeskView,
  EndReason,
  EngagementChange,
  EngagementId,
  EngagementView,
  ReadyOffer,
  RemoteProducer,
  SiteId,
  StorageState,
} from '@alongside/protocol';
import type { EngagementDirectory } from '../engagement/engagement-directory.js';
import { expertViewOf } from './expert-view.js';
import type { AgentNamespace, ExpertNamespace, VisitorNamespace } from './live-sockets.js';

export interface AnnouncerDeps {
  readonly visitors: VisitorNamespace;
  readonly agents: AgentNamespace;
  readonly experts: ExpertNamespace;
  readonly directory: EngagementDirectory;
}

type CallRoom = ReturnType<AgentNamespace['to']>;

/** Rooms are named by the engagement (visitors), and by the agent or expert (theirs); the server alone lets anybody in. */
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
    for (const agentId of expertsIn(view)) {
      const expert = expertViewOf(engagement, agentId);
      if (expert !== undefined) this.#deps.experts.to(agentId).emit('expert:changed', { expert });
    }
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

  /** To whom may hear it: nobody is offered their own picture. */
  produced(
    engagementId: EngagementId,
    producer: RemoteProducer,
    offers: ReadonlyMap<CallMember, ReadyOffer>,
  ): void {
    for (const member of this.#hearing(engagementId, producer)) {
      const offer = offers.get(member);
      this.offered(engagementId, member, offer === undefined ? producer : { ...producer, offer });
    }
  }

  producerChanged(engagementId: EngagementId, producer: RemoteProducer): void {
    const fact = { engagementId, producer };
    for (const member of this.#hearing(engagementId, producer)) {
      if (member === 'visitor') this.#deps.visitors.to(engagementId).emit('call:producerChanged', fact);
      else this.#beside(member, (room) => room.emit('call:producerChanged', fact));
    }
  }

  /** To everybody in the call: it says nothing to who did not have it. */
  producerClosed(engagementId: EngagementId, producerId: string): void {
    for (const { member } of this.#calling(engagementId)) this.withheld(engagementId, member, producerId);
  }

  offered(engagementId: EngagementId, to: CallMember, producer: RemoteProducer): void {
    const fact = { engagementId, producer };
    if (to === 'visitor') this.#deps.visitors.to(engagementId).emit('call:produced', fact);
    else this.#beside(to, (room) => room.emit('call:produced', fact));
  }

  withheld(engagementId: EngagementId, from: CallMember, producerId: string): void {
    const fact = { engagementId, producerId };
    if (from === 'visitor') this.#deps.visitors.to(engagementId).emit('call:producerClosed', fact);
    else this.#beside(from, (room) => room.emit('call:producerClosed', fact));
  }

  /** To the visitor, with whose it is, or to every agent in the call: a step says itself whom of them it is for. */
  keysPassed(engagementId: EngagementId, by: CallMember, step: CallKeyStep): void {
    if (by !== 'visitor') {
      this.#deps.visitors.to(engagementId).emit('call:keysPassed', { engagementId, agentId: by, step });
      return;
    }
    for (const { member } of this.#calling(engagementId)) {
      if (member !== 'visitor')
        this.#beside(member, (room) => room.emit('call:keysPassed', { engagementId, step }));
    }
  }

  /** To the agent, who helps with it; what an agent's own side measures stays theirs. */
  measured(engagementId: EngagementId, measured: CallMeasured): void {
    this.#toAgent(engagementId, (room) => room.emit('call:measured', { engagementId, measured }));
  }

  delivered(engagementId: EngagementId, offer: DeliveryOffered): void {
    this.#deps.visitors.to(engagementId).emit('delivery:offered', offer);
  }

  deliveryAnswered(engagementId: EngagementId, { deliveryId, opened }: DeliveryAnswer): void {
    const fact = { engagementId, deliveryId, opened };
    this.#deps.visitors.to(engagementId).emit('delivery:answered', fact);
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
    for (const { member } of this.#calling(engagementId)) {
      if (member === 'visitor') this.#deps.visitors.to(engagementId).emit('call:lost', { engagementId });
      else this.#beside(member, (room) => room.emit('call:lost', { engagementId }));
    }
  }

  /** An agent's other window has gone on by itself, and need not hear that the one before is back. */
  callDeserted(engagementId: EngagementId, member: CallMember, isGone: boolean): void {
    const fact = { engagementId };
    if (member === 'visitor')
      this.#deps.visitors.to(engagementId).emit(isGone ? 'call:deserted' : 'call:returned', fact);
    else if (isGone) this.#deps.agents.to(member).emit('call:deserted', fact);
  }

  /** To the other agents, who can do something about it; they themselves hear it when they ask to be let in again. */
  callFlooded(engagementId: EngagementId, member: CallMember): void {
    const who = member === 'visitor' ? {} : { agentId: member };
    const others = this.#agentsOf(engagementId).filter((each) => each !== member);
    if (others.length > 0) this.#deps.agents.to(others).emit('call:flooded', { engagementId, ...who });
  }

  deskChanged(agentId: AgentId, desk: DeskView): void {
    this.#deps.agents.to(agentId).emit('desk:changed', { desk });
  }

  statusChanged(status: { calls: CallAvailability; storage: StorageState }): void {
    this.#deps.visitors.emit('session:statusChanged', status);
    this.#deps.agents.emit('session:statusChanged', status);
    this.#deps.experts.emit('session:statusChanged', status);
  }

  shuttingDown(): void {
    this.#deps.visitors.emit('session:ended', { reason: 'shuttingDown' });
    this.#deps.agents.emit('session:ended', { reason: 'shuttingDown' });
    this.#deps.experts.emit('session:ended', { reason: 'shuttingDown' });
  }

  /** Everybody who is in the call, and as what. */
  #calling(engagementId: EngagementId) {
    const engagement = this.#deps.directory.get(engagementId);
    if (engagement === undefined) return [];
    const view = engagementView(engagement);
    const agents = view.agents.map(({ agentId }) => agentId);
    const members: readonly CallMember[] = ['visitor', ...agents, ...expertsIn(view)];
    return members
      .map((member) => ({ member, role: callRoleOf(member, view) }))
      .filter(({ role }) => role !== 'absent');
  }

  #hearing(engagementId: EngagementId, { party, agentId, source }: RemoteProducer): readonly CallMember[] {
    const all = this.#calling(engagementId);
    const whose = party === 'visitor' ? party : agentId;
    const speaker = all.find(({ member }) => member === whose);
    if (speaker === undefined) return [];
    return all.flatMap(({ member, role }) =>
      member !== whose && mayHear(role, speaker.role, source) ? [member] : [],
    );
  }

  /** Of the agents, or an expert: nobody else has their room. */
  #beside(member: AgentId, say: (room: CallRoom) => void): void {
    say(this.#deps.agents.to(member));
    // What is said of a call is the same to both; the types of a room cannot say so.
    say(this.#deps.experts.to(member) as unknown as CallRoom);
  }

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

function expertsIn({ call }: EngagementView): readonly AgentId[] {
  const present = call.state === 'on' ? (call.present ?? []) : [];
  return present.flatMap(({ agentId, expert }) => (expert === undefined ? [] : [agentId]));
}
