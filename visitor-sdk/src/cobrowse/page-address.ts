/** Reads addresses, in browsers that have no `URL.canParse` as well. */
export function parseAddress(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    // It is not an address.
    return undefined;
  }
}
