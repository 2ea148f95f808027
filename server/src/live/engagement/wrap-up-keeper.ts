/** Forgets wrap-ups whose agent has gone: the ledger has them, and the agent's next ticket brings them back. */

import type { Clock } from '@alongside/engagement';
import type { EngagementId } from '@alongside/protocol';
import { limits } from '@alongside/protocol';
import type { EngagementDirectory } from './engagement-directory.js';

export interface WrapUpKeeperDeps {
  readonly directory: EngagementDirectory;
  readonly clock: Clock;
  forget(engagementId: EngagementId): void;
}

export class WrapUpKeeper {
  readonly #deps: WrapUpKeeperDeps;

  constructor(deps: WrapUpKeeperDeps) {
    this.#deps = deps;
  }

  sweep(): void {
    const { directory, clock, forget } = this.#deps;
    const now = clock.now();
    for (const engagement of directory.all()) {
      if (engagement.phase === 'closed') forget(engagement.engagementId);
      if (engagement.phase !== 'wrapUp') continue;
      const { presence } = engagement.agent;
      const gone = !presence.connected && now - presence.since >= limits.visitorGoneMs;
      if (gone) forget(engagement.engagementId);
    }
  }
}
