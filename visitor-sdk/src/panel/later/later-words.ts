/** Sentences that come with a part of the panel that is loaded later, where the catalogue does not hold all of them. */

import type { Catalogue } from '../messages/catalogue.js';

export interface LaterWords {
  readonly words?: Partial<Catalogue>;
}
