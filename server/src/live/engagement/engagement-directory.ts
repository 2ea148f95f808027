/** Id to engagement: the only holder of current state. */

import type { Engagement } from '@alongside/engagement';
import { agentOf } from '@alongside/engagement';
import type { AgentId, EngagementId, TenantId } from '@alongside/protocol';

export class EngagementDirectory {
  readonly #engagements = new Map<EngagementId, Engagement>();
  /** Kept beside the map, since a desk is looked at far more often than an engagement changes hands. */
  readonly #waiting = new Map<TenantId, Set<EngagementId>>();
  readonly #ofAgent = new Map<AgentId, Set<EngagementId>>();

  get size(): number {
    return this.#engagements.size;
  }

  get(engagementId: EngagementId): Engagement | undefined {
    return this.#engagements.get(engagementId);
  }

  set(engagement: Engagement): void {
    this.#unlist(engagement.engagementId);
    this.#engagements.set(engagement.engagementId, engagement);
    const { engagementId, tenantId } = engagement;
    if (isWaiting(engagement)) list(this.#waiting, tenantId, engagementId);
    const agentId = holderOf(engagement);
    if (agentId !== undefined) list(this.#ofAgent, agentId, engagementId);
  }

  delete(engagementId: EngagementId): void {
    this.#unlist(engagementId);
    this.#engagements.delete(engagementId);
  }

  all(): IterableIterator<Engagement> {
    return this.#engagements.values();
  }

  /** Those that wait for an agent, the longest waiting first. */
  waitingOf(tenantId: TenantId): Engagement[] {
    return this.#listed(this.#waiting.get(tenantId)).sort(
      (one, other) => one.requestedAt - other.requestedAt,
    );
  }

  /** Those that are this agent's and not closed. */
  ofAgent(agentId: AgentId): Engagement[] {
    return this.#listed(this.#ofAgent.get(agentId));
  }

  /** How many of them there are. */
  countOfAgent(agentId: AgentId): number {
    return this.#ofAgent.get(agentId)?.size ?? 0;
  }

  #listed(ids: ReadonlySet<EngagementId> | undefined): Engagement[] {
    return [...(ids ?? [])].flatMap((id) => this.#engagements.get(id) ?? []);
  }

  #unlist(engagementId: EngagementId): void {
    const engagement = this.#engagements.get(engagementId);
    if (engagement === undefined) return;
    if (isWaiting(engagement)) unlist(this.#waiting, engagement.tenantId, engagementId);
    const agentId = holderOf(engagement);
    if (agentId !== undefined) unlist(this.#ofAgent, agentId, engagementId);
  }
}

function isWaiting({ phase }: Engagement): boolean {
  return phase === 'waiting' || phase === 'offered';
}

function holderOf(engagement: Engagement): AgentId | undefined {
  return engagement.phase === 'closed' ? undefined : agentOf(engagement)?.agentId;
}

function list<Key>(lists: Map<Key, Set<EngagementId>>, key: Key, engagementId: EngagementId): void {
  const ids = lists.get(key) ?? new Set();
  lists.set(key, ids.add(engagementId));
}

function unlist<Key>(lists: Map<Key, Set<EngagementId>>, key: Key, engagementId: EngagementId): void {
  const ids = lists.get(key);
  ids?.delete(engagementId);
  if (ids?.size === 0) lists.delete(key);
}
