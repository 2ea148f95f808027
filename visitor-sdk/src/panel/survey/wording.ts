/** What the customer wrote, in the visitor's language. */

import type { Language } from '@alongside/protocol';

/** The words in the visitor's language, or in the first one the customer wrote. */
export function wording(words: Readonly<Partial<Record<Language, string>>>, language: Language): string {
  return words[language] ?? Object.values(words)[0] ?? '';
}
