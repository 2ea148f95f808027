/** Relays as the rest of `live` sees them: where a call goes that cannot, or must not, go straight. */

import type { EngagementId, IceServer } from '@alongside/protocol';

export interface CallRelays {
  /** Whether there is one that answers and may be used. */
  readonly usable: boolean;
  /** With names and passwords for this engagement; none where there is no relay. */
  serversFor(engagementId: EngagementId): readonly IceServer[];
}

export const noRelays: CallRelays = { usable: false, serversFor: () => [] };
