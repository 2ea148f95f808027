/** Compares deadlines with the clock a few times a second; the only timer of the engagements. */

import type { Clock, Deadline, Engagement } from '@alongside/engagement';
import { nextDeadline } from '@alongside/engagement';
import type { EngagementId } from '@alongside/protocol';
import type { LiveLogger } from '../live-logger.js';
import type { EngagementDirectory } from './engagement-directory.js';
import type { EngagementRunner } from './engagement-runner.js';

export interface SweeperDeps {
  readonly directory: EngagementDirectory;
  readonly runner: EngagementRunner;
  readonly clock: Clock;
  readonly logger: LiveLogger;
  readonly everyMs: number;
  /** Passes and other things that run out; called at each sweep. */
  also(): void;
}

export class Sweeper {
  readonly #deps: SweeperDeps;
  readonly #busy = new Set<EngagementId>();
  /** A state never changes, so neither does its deadline: thousands of idle engagements cost a look-up each. */
  readonly #deadlines = new WeakMap<Engagement, { readonly deadline: Deadline | undefined }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: SweeperDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#sweep(), this.#deps.everyMs).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #sweep(): void {
    this.#deps.also();
    const now = this.#deps.clock.now();
    for (const engagement of this.#deps.directory.all()) {
      const { engagementId } = engagement;
      const deadline = this.#deadlineOf(engagement);
      // One that waits for a commit is not tried again meanwhile.
      if (deadline === undefined || deadline.at > now || this.#busy.has(engagementId)) continue;
      this.#busy.add(engagementId);
      this.#deps.runner
        .runDue(engagementId)
        .catch(() => this.#deps.logger.error('sweep:failed', { engagementId }))
        .finally(() => this.#busy.delete(engagementId));
    }
  }

  #deadlineOf(engagement: Engagement): Deadline | undefined {
    const known = this.#deadlines.get(engagement);
    if (known !== undefined) return known.deadline;
    const deadline = nextDeadline(engagement);
    this.#deadlines.set(engagement, { deadline });
    return deadline;
  }
}
