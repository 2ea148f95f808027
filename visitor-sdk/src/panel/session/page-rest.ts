/**
 * When the page is put away whole, to be shown again by a step back or forward. Whatever holds a connection lets go
 * of it then: an open one would cost the page its place in the browser's memory.
 */

/** Calls back when the page is put away, and when it is shown again as it was; returns how to stop. */
export function watchPageRest(rest: () => void, wake: () => void): () => void {
  const hidden = (): void => rest();
  const shown = (event: PageTransitionEvent): void => {
    if (event.persisted) wake();
  };
  addEventListener('pagehide', hidden);
  addEventListener('pageshow', shown);
  return () => {
    removeEventListener('pagehide', hidden);
    removeEventListener('pageshow', shown);
  };
}
