/** What the relay asks before each frame and each intent. */

import type { AgentId, IntentKind } from '@alongside/protocol';
import { covers } from '@alongside/protocol';
import type { Engagement } from './engagement.js';
import { seatOf } from './engagement.js';

export function mayPublish(engagement: Engagement): boolean {
  return engagement.phase === 'active' && engagement.view.state === 'on';
}

/** Of those who take part, whoever the visitor was told of and has not taken it from. */
export function mayWatch(engagement: Engagement, agentId: AgentId): boolean {
  if (engagement.phase !== 'active' || !mayPublish(engagement)) return false;
  return seatOf(engagement, agentId)?.noticed === true && !engagement.hiddenFrom.includes(agentId);
}

export interface ActAsked {
  readonly agentId: AgentId;
  readonly intent: IntentKind;
  readonly lease: number;
}

/** Nobody acts on a page that is not connected, nor on a view that they are not given. */
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
