/** Which words of the panel ask for consents: a test holds the version to the words, so that new words are a new one. */

import type { AskedIn, Language } from '@alongside/protocol';

export const wordsVersion = '2026-11-24';

/** What goes with every yes, for the ledger of consents. */
export function askedIn(language: Language): AskedIn {
  return { version: wordsVersion, language };
}
