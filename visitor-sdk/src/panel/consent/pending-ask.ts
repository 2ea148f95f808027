/** The question that waits for the visitor, if any. One at a time: a second one waits for the first. */

import { mayVisitor } from '@alongside/engagement';
import type { AgentId, AskId, EngagementView, LeasedKind } from '@alongside/protocol';

export type PendingAsk =
  | {
      readonly kind: 'view';
      readonly askId: AskId;
      readonly agentId: AgentId;
      readonly kinds: readonly LeasedKind[];
    }
  | {
      readonly kind: 'control';
      readonly askId: AskId;
      readonly agentId: AgentId;
      readonly kinds: readonly LeasedKind[];
      readonly leaseMs: number;
    }
  | { readonly kind: 'voice' | 'video'; readonly askId: AskId };

export function pendingAsk(engagement: EngagementView | undefined): PendingAsk | undefined {
  if (engagement === undefined) return undefined;
  const { view, control, call } = engagement;
  if (view.state === 'asked' && mayVisitor('view:grant', engagement))
    return { kind: 'view', askId: view.askId, agentId: view.agentId, kinds: view.kinds };
  if (control.asked !== undefined && mayVisitor('control:grant', engagement)) {
    const { askId, agentId, kinds, leaseMs } = control.asked;
    return { kind: 'control', askId, agentId, kinds, leaseMs };
  }
  if (call.state === 'asked' && mayVisitor('call:answer', engagement))
    return { kind: call.media, askId: call.askId };
  return undefined;
}
