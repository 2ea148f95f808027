/** What the relay asks before each frame and each intent. */

import type { AgentId, IntentKind } from '@alongside/protocol';
import { covers } from '@alongside/protocol';
import type { Engagement } from './engagement.js';

export function mayPublish(engagement: Engagement): boolean {
  return engagement.phase === 'active' && engagement.view.state === 'on';
}

export function mayWatch(engagement: Engagement, agentId: AgentId): boolean {
  return mayPublish(engagement) && engagement.phase === 'active' && engagement.agent.agentId === agentId;
}

export interface ActAsked {
  readonly agentId: AgentId;
  readonly intent: IntentKind;
  readonly lease: number;
}

/** Nobody acts on a page that is not connected, nor on a view that another agent was given. */
export function mayAct(engagement: Engagement, act: ActAsked, now: number): boolean {
  if (engagement.phase !== 'active' || !mayWatch(engagement, act.agentId)) return false;
  if (!engagement.visitor.connected) return false;
  const held = engagement.control.leases.find(({ lease }) => lease === act.lease);
  return (
    held !== undefined &&
    held.agentId === act.agentId &&
    held.expiresAt > now &&
    covers(held.kinds, act.intent)
  );
}
