/**
 * The seat of a desk that is shared between nodes: each node publishes its part, all see the sum. Nothing of it
 * may be kept; a part is replaced by the next and gone with its node.
 */

import type { DeskView, QueueEntry, RunningEntry, SiteId, TenantId } from '@alongside/protocol';

export interface DeskPart {
  readonly queue: readonly { readonly siteId: SiteId; readonly entry: QueueEntry }[];
  readonly running: readonly { readonly siteId: SiteId; readonly entry: RunningEntry }[];
  readonly agents: readonly {
    readonly siteIds: readonly SiteId[];
    readonly agent: DeskView['agents'][number];
  }[];
}

export interface DeskShare {
  publish(tenantId: TenantId, part: DeskPart): void;
  /** The parts of the other nodes. */
  others(tenantId: TenantId): readonly DeskPart[];
  onChanged(listener: (tenantId: TenantId) => void): void;
  close(): Promise<void>;
}

/** One node on its own: there are no others. */
export class LocalDeskShare implements DeskShare {
  publish(): void {}

  others(): readonly DeskPart[] {
    return [];
  }

  onChanged(): void {}

  async close(): Promise<void> {}
}
