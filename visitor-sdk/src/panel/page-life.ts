/** What becomes of the panel when its page is left, put away whole, or shown again by a step back or forward. */

import type { ReadonlySignal } from '@preact/signals';
import { effect } from '@preact/signals';
import type { EngagementSession } from './session/engagement-session.js';
import { watchPageRest } from './session/page-rest.js';

export interface PageLifeDeps {
  readonly session: ReadonlySignal<EngagementSession | undefined>;
  readonly onRest: () => void;
  readonly onWake: () => void;
  /** Its tab comes to the front, also out of the browser's memory. */
  readonly onSeen: () => void;
}

/** Returns how to stop. */
export function followPageLife(deps: PageLifeDeps): () => void {
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
  const stopAsking = (): void => removeEventListener('beforeunload', ask);
  // Only while there is something to lose: a page that listens is kept in memory by no browser but one.
  const asks = effect(() => {
    const unsent = deps.session.value?.unsent.value ?? [];
    if (unsent.some((line) => line.state !== 'refused')) addEventListener('beforeunload', ask);
    else stopAsking();
  });
  const rests = watchPageRest(deps.onRest, deps.onWake);
  const seen = (): void => {
    if (document.visibilityState === 'visible') deps.onSeen();
  };
  document.addEventListener('visibilitychange', seen);
  return () => {
    document.removeEventListener('visibilitychange', seen);
    asks();
    stopAsking();
    rests();
  };
}
