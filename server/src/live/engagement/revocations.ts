/** What `records` takes away takes effect at once: it is in the ledger already, or must not wait for it. */

import { agentsOf, type Revocation } from '@alongside/engagement';
import type { AgentId, EngagementId, SiteId } from '@alongside/protocol';
import type { Desk } from '../desk/desk.js';
import type { AgentGateway } from '../gateway/agent-gateway.js';
import type { Announcer } from '../gateway/announcer.js';
import type { ExpertGateway } from '../gateway/expert-gateway.js';
import type { FrameDoor } from '../relay/ports.js';
import type { FramePasses } from '../tickets/frame-passes.js';
import type { TicketVerifier } from '../tickets/ticket-verifier.js';
import type { EngagementDirectory } from './engagement-directory.js';
import type { EngagementRunner } from './engagement-runner.js';
import { endAtOnce, removeOrEnd, withdrawTransfers } from './remove-or-end.js';

export interface RevocationsDeps {
  readonly directory: EngagementDirectory;
  readonly runner: EngagementRunner;
  readonly frames: FrameDoor;
  readonly framePasses: FramePasses;
  readonly tickets: Pick<TicketVerifier, 'voidTicketsOf'>;
  readonly desk: Desk;
  readonly announcer: Pick<Announcer, 'rulesChanged'>;
  readonly agents: Pick<AgentGateway, 'end' | 'renew'>;
  readonly experts: Pick<ExpertGateway, 'end'>;
}

export function applyRevocation(deps: RevocationsDeps, revocation: Revocation): void {
  switch (revocation.type) {
    case 'agentChanged':
      agentChanged(deps, revocation);
      return;
    case 'consentWithdrawn':
      consentWithdrawn(deps, revocation);
      return;
    case 'engagementEnded':
      deps.runner.runNow(revocation.engagementId, {
        type: 'end',
        by: 'system',
        reason: revocation.reason,
        recorded: true,
      });
      if (revocation.outOfSight)
        deps.runner.runNow(revocation.engagementId, { type: 'close', recorded: true });
      return;
    case 'engagementDisputed':
      deps.runner.runNow(revocation.engagementId, { type: 'dispute' });
      return;
    case 'expertRevoked':
      expertRevoked(deps, revocation.engagementId, revocation.expertId);
      return;
    case 'rulesChanged':
      rulesChanged(deps, revocation.siteId);
      return;
    case 'transferLapsed':
      lapsed(deps, revocation);
  }
}

/** The pages themselves ask what the rules are, of whoever keeps them. */
function rulesChanged({ directory, announcer }: RevocationsDeps, siteId: SiteId): void {
  for (const engagement of directory.all()) {
    if (engagement.siteId === siteId) announcer.rulesChanged(engagement.engagementId, siteId);
  }
}

function lapsed(deps: RevocationsDeps, revocation: Extract<Revocation, { type: 'transferLapsed' }>): void {
  const { engagementId, agentId } = revocation;
  const reason = 'transferLapsed';
  if (agentId === undefined) {
    endAtOnce(deps, engagementId, reason);
    return;
  }
  const engagement = deps.directory.get(engagementId);
  if (engagement === undefined) return;
  const hasSeat = agentsOf(engagement).some((each) => each.agentId === agentId);
  // An expert has none: whatever the conversation has come to meanwhile, it is not theirs to end.
  if (hasSeat) removeOrEnd(deps, { engagementId, agentId, reason });
  else expertRevoked(deps, engagementId, agentId);
}

/** Told why before they are out of the call, which is all that they were in. */
function expertRevoked(
  { experts, runner }: RevocationsDeps,
  engagementId: EngagementId,
  expertId: AgentId,
): void {
  experts.end(expertId, 'revoked');
  runner.runNow(engagementId, { type: 'leaveCall', agentId: expertId });
}

function agentChanged(
  deps: RevocationsDeps,
  { agentId, disabled, at }: Extract<Revocation, { type: 'agentChanged' }>,
): void {
  deps.tickets.voidTicketsOf(agentId, at);
  deps.framePasses.revoke((seat) => seat.role === 'agent' && seat.agentId === agentId);
  for (const { engagementId } of deps.directory.ofAgent(agentId)) {
    deps.frames.agentRemoved(engagementId, agentId);
    if (disabled) removeOrEnd(deps, { engagementId, agentId, reason: 'revoked' });
  }
  if (!disabled) {
    deps.agents.renew(agentId);
    return;
  }
  deps.desk.removed(agentId);
  deps.agents.end(agentId, 'revoked');
}

function consentWithdrawn(
  deps: RevocationsDeps,
  { engagementId, scope }: Extract<Revocation, { type: 'consentWithdrawn' }>,
): void {
  const { runner } = deps;
  switch (scope) {
    case 'view':
      runner.runNow(engagementId, { type: 'stopView', recorded: true });
      return;
    case 'control':
      runner.runNow(engagementId, { type: 'endControl', by: 'visitor' });
      return;
    case 'transfer':
      withdrawTransfers(deps, engagementId, true);
      return;
    case 'watch':
      // Taken from one agent at a time, and on the page alone.
      return;
    case 'voice':
      runner.runNow(engagementId, { type: 'withdrawSource', source: 'microphone', recorded: true });
      return;
    case 'video':
      runner.runNow(engagementId, { type: 'withdrawSource', source: 'camera', recorded: true });
      return;
    case 'screen':
      runner.runNow(engagementId, { type: 'withdrawSource', source: 'screen', recorded: true });
  }
}
