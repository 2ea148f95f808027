/**
 * The smallest part of the United Kingdom's and Switzerland's own lists that the product relies on: the EEA, and
 * each other. Not the whole lists, which differ from the Union's: a country that is not here is refused, which
 * errs on the side of the visitor.
 */

import { eeaCountries } from './regime.js';
import type { AdequacyEntry } from './transfer-register.js';

const ofUk = {
  regime: 'UK',
  instrument: 'Data Protection Act 2018, Schedule 21, paragraph 5',
  scope: 'full',
  validFrom: '2021-01-01',
  status: 'inForce',
  source: 'legislation.gov.uk; minimal list, to be completed from the current regulations',
  verifiedAt: '2026-08-05',
} as const;

const ofSwitzerland = {
  regime: 'CH',
  instrument: 'Data Protection Ordinance (SR 235.11), Annex 1',
  scope: 'full',
  validFrom: '2023-09-01',
  status: 'inForce',
  source: 'fedlex.admin.ch; minimal list, to be completed from the current annex',
  verifiedAt: '2026-08-05',
} as const;

export const ukAdequacy: readonly AdequacyEntry[] = [...eeaCountries, 'CH' as const].map((country) => ({
  ...ofUk,
  country,
}));

export const swissAdequacy: readonly AdequacyEntry[] = [...eeaCountries, 'GB' as const].map((country) => ({
  ...ofSwitzerland,
  country,
}));
