/** What lets an expert's page be loaded anew within the call: the pass, in this tab alone, until the visit is over. */

import type { EngagementId } from '@alongside/protocol';
import type { KeptPass } from '../live/live-connection.js';

export interface KeptPlace extends KeptPass {
  readonly engagementId: EngagementId;
  /** It was on: whoever had muted it is not heard by loading the page anew. */
  readonly microphone: boolean;
}

const NAME = 'alongside_expert';

export function keptPlace(): KeptPlace | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(NAME) ?? 'null');
    return isPlace(kept) ? kept : undefined;
  } catch {
    // No storage, or something else in it: the link is what is left.
    return undefined;
  }
}

export function keepPlace(place: KeptPlace): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(place));
  } catch {
    // Without storage the visit lasts as long as the page.
  }
}

export function forgetPlace(): void {
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // There was none.
  }
}

function isPlace(kept: unknown): kept is KeptPlace {
  const place = kept as Partial<Record<keyof KeptPlace, unknown>> | null;
  const texts = [place?.liveUrl, place?.pass, place?.engagementId];
  return texts.every((each) => typeof each === 'string') && typeof place?.microphone === 'boolean';
}
