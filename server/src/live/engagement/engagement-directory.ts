/** Id to engagement: the only holder of current state. */

import type { Engagement } from '@alongside/engagement';
import { agentOf } from '@alongside/engagement';
import type { AgentId, EngagementId, TenantId } from '@alongside/protocol';

export class EngagementDirectory {
  readonly #engagements = new Map<EngagementId, Engagement>();

  get size(): number {
    return this.#engagements.size;
  }

  get(engagementId: EngagementId): Engagement | undefined {
    return this.#engagements.get(engagementId);
  }

  set(engagement: Engagement): void {
    this.#engagements.set(engagement.engagementId, engagement);
  }

  delete(engagementId: EngagementId): void {
    this.#engagements.delete(engagementId);
  }

  all(): IterableIterator<Engagement> {
    return this.#engagements.values();
  }

  /** Those that wait for an agent, the longest waiting first. */
  waitingOf(tenantId: TenantId): Engagement[] {
    return [...this.#engagements.values()]
      .filter((each) => each.tenantId === tenantId && (each.phase === 'waiting' || each.phase === 'offered'))
      .sort((one, other) => one.requestedAt - other.requestedAt);
  }

  /** Those that are this agent's and not closed. */
  ofAgent(agentId: AgentId): Engagement[] {
    return [...this.#engagements.values()].filter(
      (each) => each.phase !== 'closed' && agentOf(each)?.agentId === agentId,
    );
  }
}
