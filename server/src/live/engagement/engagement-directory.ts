/** Id to engagement: the only holder of current state. */

import type { Engagement } from '@alongside/engagement';
import { agentsOf } from '@alongside/engagement';
import type { AgentId, EngagementId, TenantId } from '@alongside/protocol';

export class EngagementDirectory {
  readonly #engagements = new Map<EngagementId, Engagement>();
  /** Kept beside the map, since a desk is looked at far more often than an engagement changes hands. */
  readonly #waiting = new Map<TenantId, Set<EngagementId>>();
  readonly #running = new Map<TenantId, Set<EngagementId>>();
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
    for (const agentId of holdersOf(engagement)) list(this.#ofAgent, agentId, engagementId);
    if (engagement.phase === 'active') list(this.#running, tenantId, engagementId);
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

  /** Those that agents take part in, the longest running first. */
  runningOf(tenantId: TenantId): Engagement[] {
    return this.#listed(this.#running.get(tenantId)).sort(
      (one, other) => one.requestedAt - other.requestedAt,
    );
  }

  /** Those that this agent takes part in and that are not closed. */
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
    for (const agentId of holdersOf(engagement)) unlist(this.#ofAgent, agentId, engagementId);
    if (engagement.phase === 'active') unlist(this.#running, engagement.tenantId, engagementId);
  }
}

function isWaiting({ phase }: Engagement): boolean {
  return phase === 'waiting' || phase === 'offered';
}

function holdersOf(engagement: Engagement): AgentId[] {
  return engagement.phase === 'closed' ? [] : agentsOf(engagement).map(({ agentId }) => agentId);
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
