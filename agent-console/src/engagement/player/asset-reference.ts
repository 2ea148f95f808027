/** Pictures, fonts and styles are named by the hash of their bytes; this finds and replaces such names in text. */

/** One transparent pixel. */
export const NO_IMAGE = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
/** With what may have been put before it: a pixel carries the name of what it stands for behind a hash sign. */
const REFERENCE = /(?:data:image\/gif;base64,[A-Za-z0-9+/]+#)?alongside-asset:([A-Za-z0-9_-]{43})/g;

export function assetHashes(text: string): readonly string[] {
  if (!text.includes('alongside-asset:')) return [];
  return [...text.matchAll(REFERENCE)].map((match) => match[1] ?? '');
}

/** What stands for an asset that is not here yet: it loads nothing, and is found again by its name. */
export function placeholder(hash: string): string {
  return `${NO_IMAGE}#alongside-asset:${hash}`;
}

/** Replaces every reference by its address, or by `missing` where there is none yet. */
export function replaceAssets(
  text: string,
  addressOf: (hash: string) => string | undefined,
  missing: (hash: string) => string = placeholder,
): string {
  if (!text.includes('alongside-asset:')) return text;
  return text.replace(REFERENCE, (_, hash: string) => addressOf(hash) ?? missing(hash));
}
