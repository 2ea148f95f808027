/** In which call this window gives no voice: whoever muted is not heard by loading it anew. */

import type { EngagementId } from '@alongside/protocol';

const nameOf = (engagementId: EngagementId) => `alongside_silent_${engagementId}`;

export function silentCall(engagementId: EngagementId): string | undefined {
  try {
    return sessionStorage.getItem(nameOf(engagementId)) ?? undefined;
  } catch {
    // Without storage a mute lasts as long as the page.
    return undefined;
  }
}

export function keepSilentCall(engagementId: EngagementId, callId: string | undefined): void {
  try {
    if (callId === undefined) sessionStorage.removeItem(nameOf(engagementId));
    else sessionStorage.setItem(nameOf(engagementId), callId);
  } catch {
    // As above.
  }
}
