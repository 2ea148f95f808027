/** What the relay asks before each frame and each intent. */

import type { AgentId, IntentKind, LeasedKind } from '@alongside/protocol';
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
  if (!needsLease(act.intent)) return true;
  const { control } = engagement;
  return (
    control.state === 'leased' &&
    control.lease === act.lease &&
    control.expiresAt > now &&
    control.kinds.includes(act.intent)
  );
}

function needsLease(intent: IntentKind): intent is LeasedKind {
  return intent !== 'point' && intent !== 'draw';
}
