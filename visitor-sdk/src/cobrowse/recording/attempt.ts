/** Behind any property of an element may be code of the page, which may throw: what is read then is something else. */
export function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    // It is the page's own failure, and no reason to show nothing of the page.
    return otherwise;
  }
}
