/** Whether the visitor is there, as far as this console can know it. */

import type { EngagementView } from '@alongside/protocol';

export type Presence = 'here' | 'away' | 'unknown';

/** What was told last may be long over while nothing can be heard. */
export function presenceOf(view: Pick<EngagementView, 'visitor'>, isLineLost: boolean): Presence {
  if (isLineLost) return 'unknown';
  return view.visitor.connected ? 'here' : 'away';
}
