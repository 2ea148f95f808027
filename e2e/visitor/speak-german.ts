/** A German shop: the page's own language comes before the browser's. */
export function speakGerman(): void {
  new MutationObserver((_, observer) => {
    if (document.documentElement === null) return;
    document.documentElement.lang = 'de';
    observer.disconnect();
  }).observe(document, { childList: true });
}
