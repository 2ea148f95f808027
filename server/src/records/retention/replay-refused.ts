/** Thrown at the start, and for the person who starts: whoever is served now may read what had to go, or lose what had to stay. */

import type { Refusal } from '@alongside/protocol';

export class ReplayRefused extends Error {
  override readonly name = 'ReplayRefused';

  constructor({ code, detail }: Refusal) {
    super(
      [
        'The database was restored from before something was erased or held, and neither can be written down in it again:',
        `${detail ?? code}. Is STORAGE_COUNTRY the country in which it is?`,
      ].join('\n'),
    );
  }
}
