/** Relays as the rest of `live` sees them: where a call goes that cannot, or must not, go straight. */

import type { EngagementId, IceServer } from '@alongside/protocol';

export interface CallRelays {
  /** Whether there is one that answers and may be used. */
  readonly usable: boolean;
  /** With names and passwords for this engagement; none where there is no relay. */
  serversFor(engagementId: EngagementId): readonly IceServer[];
  /** Told whenever one answers again, or does not any more. */
  listen(onChanged: () => void): void;
}

export const noRelays: CallRelays = { usable: false, serversFor: () => [], listen: () => undefined };
