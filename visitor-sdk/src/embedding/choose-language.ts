/** The language to ask the notice in: the page's own first, then what the visitor's browser prefers. */

import type { Language } from '@alongside/protocol';

// Written out here so that the loader does not carry the protocol's parsers with it.
const known: readonly Language[] = ['en', 'de'];

export function chooseLanguage(pageLanguage: string, preferred: readonly string[]): Language {
  for (const tag of [pageLanguage, ...preferred]) {
    const found = known.find((language) => tag.toLowerCase().split('-')[0] === language);
    if (found !== undefined) return found;
  }
  return 'en';
}
