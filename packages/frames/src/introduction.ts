/** What both sides hold when a key agreement is complete: the code, whether it stayed, and the keys. */

import type { Continuity, ContinuityEntry } from './continuity.js';
import type { AgreedKeys } from './key-agreement.js';

export interface Introduction {
  readonly code: string;
  readonly continuity: Continuity;
  /** The secret that a next page proves. */
  readonly entry: ContinuityEntry;
  readonly keys: AgreedKeys;
}
