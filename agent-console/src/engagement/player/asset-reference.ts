/** Pictures, fonts and styles are named by the hash of their bytes; this finds and replaces such names in text. */

const REFERENCE = /alongside-asset:([A-Za-z0-9_-]{43})/g;

export function assetHashes(text: string): readonly string[] {
  if (!text.includes('alongside-asset:')) return [];
  return [...text.matchAll(REFERENCE)].map((match) => match[1] ?? '');
}

/** Replaces every reference by its address, or by `missing` where there is none yet. */
export function replaceAssets(
  text: string,
  addressOf: (hash: string) => string | undefined,
  missing?: string,
): string {
  if (!text.includes('alongside-asset:')) return text;
  return text.replace(REFERENCE, (reference, hash: string) => addressOf(hash) ?? missing ?? reference);
}
