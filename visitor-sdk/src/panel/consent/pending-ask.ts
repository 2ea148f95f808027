/** The question that waits for the visitor, if any. One at a time: a second one waits for the first. */

import { mayVisitor } from '@alongside/engagement';
import type { AgentId, AskId, EngagementView, LeasedKind } from '@alongside/protocol';

export type PendingAsk = {
  readonly askId: AskId;
  /** When it goes unanswered, by the server's clock. */
  readonly expiresAt: number;
} & (
  | {
      readonly kind: 'view';
      readonly agentId: AgentId;
      readonly kinds: readonly LeasedKind[];
    }
  | {
      readonly kind: 'control';
      readonly agentId: AgentId;
      readonly kinds: readonly LeasedKind[];
      readonly leaseMs: number;
    }
  | { readonly kind: 'voice' | 'video' }
);

export function pendingAsk(engagement: EngagementView | undefined): PendingAsk | undefined {
  if (engagement === undefined) return undefined;
  const { view, control, call } = engagement;
  if (view.state === 'asked' && mayVisitor('view:grant', engagement)) {
    const { askId, expiresAt, agentId, kinds } = view;
    return { kind: 'view', askId, expiresAt, agentId, kinds };
  }
  if (control.asked !== undefined && mayVisitor('control:grant', engagement)) {
    const { askId, expiresAt, agentId, kinds, leaseMs } = control.asked;
    return { kind: 'control', askId, expiresAt, agentId, kinds, leaseMs };
  }
  if (call.state === 'asked' && mayVisitor('call:answer', engagement))
    return { kind: call.media, askId: call.askId, expiresAt: call.expiresAt };
  return undefined;
}
