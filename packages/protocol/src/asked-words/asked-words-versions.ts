/**
 * Every version of the words in which the panel asked for consents: the ledger names one with each yes, so that none ever
 * goes or changes, which a test beside the panel's own words holds.
 */

import type { AskedWords } from '../asked-in.js';
import { words20261122 } from './words-2026-11-22.js';
import { words20261123 } from './words-2026-11-23.js';
import { words20261124 } from './words-2026-11-24.js';

export const askedWordsVersions: Readonly<Record<string, AskedWords>> = {
  '2026-11-22': words20261122,
  '2026-11-23': words20261123,
  '2026-11-24': words20261124,
};
