/** A right that is gone takes one agent out, or ends what nobody else could lead. */

import { agentsOf, type Engagement } from '@alongside/engagement';
import type { AgentId, EndReason, EngagementId, Reply } from '@alongside/protocol';
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

/** In one turn with those who are in by it, and whether or not anything can be written down now. */
export function withdrawTransfers(
  deps: RemovalDeps,
  engagementId: EngagementId,
  recorded?: true,
): Reply<Engagement> {
  const engagement = deps.directory.get(engagementId);
  const rest = engagement === undefined ? [] : agentsOf(engagement).filter(({ byConsent }) => byConsent);
  const withdrawn = deps.runner.runNow(engagementId, {
    type: 'withdrawTransfers',
    ...(recorded ? { recorded } : {}),
  });
  // The lead last: whoever is left then leads, or nobody is and it ends.
  for (const { agentId } of rest.toReversed())
    removeOrEnd(deps, { engagementId, agentId, reason: 'transferLapsed' });
  return withdrawn;
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
