/** Switzerland's list of states with adequate protection: Annex 1 of the Data Protection Ordinance. */

import { eeaCountries } from './regime.js';
import type { AdequacyEntry } from './transfer-register.js';

const found = {
  regime: 'CH',
  instrument: 'Data Protection Ordinance (SR 235.11), Annex 1',
  scope: 'full',
  validFrom: '2023-09-01',
  status: 'inForce',
  source: 'bj.admin.ch, list of states of Annex 1; fedlex.admin.ch, SR 235.11',
  verifiedAt: '2026-08-05',
} as const;

const unscoped = ['AD', 'AR', 'FO', 'GB', 'GG', 'GI', 'IL', 'IM', 'JE', 'MC', 'NZ', 'UY'] as const;

export const swissAdequacy: readonly AdequacyEntry[] = [
  ...[...eeaCountries, ...unscoped].map((country) => ({ ...found, country })),
  {
    ...found,
    country: 'CA',
    scope: 'scoped',
    scopeRule: 'recipients subject to PIPEDA or a largely corresponding provincial act',
  },
  {
    ...found,
    country: 'US',
    scope: 'scoped',
    scopeRule: 'organisations certified under the Swiss-U.S. Data Privacy Framework',
    framework: 'DPF_CH',
    validFrom: '2024-09-15',
  },
];
