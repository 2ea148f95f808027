/** The `live` nodes that are connected now, what they said of themselves, and how to tell them something. */

import type { LiveStatus, Revocation } from '@alongside/engagement';
import type { CallAvailability } from '@alongside/protocol';

export interface LiveNode {
  readonly nodeId: string;
  readonly startNumber: string;
  readonly liveUrl: string;
  status: LiveStatus | undefined;
  revoke(revocation: Revocation): void;
}

export class LiveNodes {
  readonly #nodes = new Set<LiveNode>();

  add(node: LiveNode): void {
    this.#nodes.add(node);
  }

  remove(node: LiveNode): void {
    this.#nodes.delete(node);
  }

  /** The newest connection: of a node that was restarted, the old one may not have been missed yet. */
  current(): LiveNode | undefined {
    return [...this.#nodes].at(-1);
  }

  revoke(revocation: Revocation): void {
    for (const node of this.#nodes) node.revoke(revocation);
  }

  calls(): CallAvailability {
    return this.current()?.status?.calls ?? { state: 'unavailable' };
  }

  isStaffed(siteId: string): boolean {
    return [...this.#nodes].some(
      (node) => node.status?.staffedSites.some((each) => each === siteId) ?? false,
    );
  }
}
