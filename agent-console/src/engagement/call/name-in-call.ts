/** By which name somebody in a call is shown: an agent's, or that under which an expert was invited. */

import type { AgentId, EngagementView } from '@alongside/protocol';

export function nameInCall(
  { call, agents }: Pick<EngagementView, 'call' | 'agents'>,
  agentId: AgentId,
): string {
  const present = call.state === 'on' ? (call.present ?? []) : [];
  const expert = present.find((each) => each.agentId === agentId)?.expert;
  return expert?.displayName ?? agents.find((each) => each.agentId === agentId)?.displayName ?? '';
}
