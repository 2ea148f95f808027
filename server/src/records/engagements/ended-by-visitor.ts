/** What an engagement's row says that the visitor has ended away from its connection. */

import type { EngagementRow } from '../entities/engagement-entity.js';

export function endedByVisitor(at: Date, endReason: 'visitorEnded' | 'erased'): Partial<EngagementRow> {
  return { phase: 'closed', closedAt: at, endedAt: at, endedBy: 'visitor', endReason };
}
