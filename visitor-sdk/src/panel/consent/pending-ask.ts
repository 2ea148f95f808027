/** The question that waits for the visitor, if any. One at a time: a second one waits for the first. */

import { may } from '@alongside/engagement';
import type { AskId, EngagementView, LeasedKind } from '@alongside/protocol';

export type PendingAsk =
  | { readonly kind: 'view'; readonly askId: AskId; readonly kinds: readonly LeasedKind[] }
  | {
      readonly kind: 'control';
      readonly askId: AskId;
      readonly kinds: readonly LeasedKind[];
      readonly leaseMs: number;
    }
  | { readonly kind: 'voice' | 'video'; readonly askId: AskId };

export function pendingAsk(engagement: EngagementView | undefined): PendingAsk | undefined {
  if (engagement === undefined) return undefined;
  const { view, control, call } = engagement;
  if (view.state === 'asked' && may('visitor', 'view:grant', engagement))
    return { kind: 'view', askId: view.askId, kinds: view.kinds };
  if (control.asked !== undefined && may('visitor', 'control:grant', engagement)) {
    const { askId, kinds, leaseMs } = control.asked;
    return { kind: 'control', askId, kinds, leaseMs };
  }
  if (call.state === 'asked' && may('visitor', 'call:answer', engagement))
    return { kind: call.media, askId: call.askId };
  return undefined;
}
