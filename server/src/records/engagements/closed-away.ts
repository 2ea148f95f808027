/** What an engagement's row says once it is over for everybody, away from its connection. */

import type { EngagementRow } from '../entities/engagement-entity.js';

/** By whom and how, unless it has ended before: one that is being wrapped up keeps how it ended. */
export function closedAway(
  { version, phase, endedAt }: Pick<EngagementRow, 'version' | 'phase' | 'endedAt'>,
  at: Date,
  how: {
    readonly endedBy: NonNullable<EngagementRow['endedBy']>;
    readonly endReason: NonNullable<EngagementRow['endReason']>;
  },
): Partial<EngagementRow> {
  if (phase === 'closed') return { version: version + 1 };
  const end = endedAt === null ? { endedAt: at, ...how } : {};
  return { version: version + 1, phase: 'closed', closedAt: at, ...end };
}
