/** Which tab shows itself: the one that last came to the front. Others leave the page's stream to it. */

/** Calls back whenever this tab comes to the front; returns how to stop. */
export function watchTabTurn(onFront: () => void): () => void {
  const check = (): void => {
    if (document.visibilityState === 'visible') onFront();
  };
  document.addEventListener('visibilitychange', check);
  addEventListener('focus', check);
  addEventListener('pageshow', check);
  return () => {
    document.removeEventListener('visibilitychange', check);
    removeEventListener('focus', check);
    removeEventListener('pageshow', check);
  };
}
