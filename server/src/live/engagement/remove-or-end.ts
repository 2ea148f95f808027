/** A right that is gone takes one agent out, or ends what nobody else could lead. */

import type { AgentId, EndReason, EngagementId } from '@alongside/protocol';
import type { EngagementDirectory } from './engagement-directory.js';
import type { EngagementRunner } from './engagement-runner.js';

export interface RemovalDeps {
  readonly directory: EngagementDirectory;
  readonly runner: EngagementRunner;
}

export interface Removal {
  readonly engagementId: EngagementId;
  readonly agentId: AgentId;
  readonly reason: 'revoked' | 'transferLapsed';
}

/** One agent less; the engagement ends only where nobody else can lead it. */
export function removeOrEnd(deps: RemovalDeps, { engagementId, agentId, reason }: Removal): void {
  const left = deps.runner.runNow(engagementId, { type: 'leave', agentId, reason });
  if (!left.ok) endAtOnce(deps, engagementId, reason);
}

/** What stands on it ends now; the ledger learns of it when it can. */
export function endAtOnce(
  { directory, runner }: RemovalDeps,
  engagementId: EngagementId,
  reason: EndReason,
): void {
  if (directory.get(engagementId) === undefined) return;
  const ended = runner.runNow(engagementId, { type: 'end', by: 'system', reason, recorded: true });
  if (ended.ok) runner.report(engagementId, { type: 'ended', by: 'system', reason });
}
