/** The United Kingdom's adequacy regulations: Schedule 21 of the Data Protection Act 2018 and what was made since. */

import { eeaCountries } from './regime.js';
import type { AdequacyEntry } from './transfer-register.js';

const found = {
  regime: 'UK',
  instrument: 'Data Protection Act 2018, Schedule 21, paragraph 5',
  scope: 'full',
  validFrom: '2021-01-01',
  status: 'inForce',
  source: 'legislation.gov.uk, Data Protection Act 2018 Schedule 21; ico.org.uk, adequacy regulations',
  verifiedAt: '2026-08-05',
} as const;

const unscoped = ['AD', 'AR', 'CH', 'GG', 'GI', 'IL', 'IM', 'JE', 'NZ', 'UY'] as const;

export const ukAdequacy: readonly AdequacyEntry[] = [
  ...[...eeaCountries, ...unscoped].map((country) => ({ ...found, country })),
  { ...found, country: 'CA', scope: 'scoped', scopeRule: 'recipients subject to PIPEDA' },
  { ...found, country: 'JP', scope: 'scoped', scopeRule: 'recipients subject to the APPI' },
  {
    ...found,
    country: 'KR',
    instrument: 'SI 2022/1213',
    scope: 'scoped',
    scopeRule: 'recipients subject to PIPA',
    validFrom: '2022-12-19',
  },
  {
    ...found,
    country: 'US',
    instrument: 'SI 2023/1028',
    scope: 'scoped',
    scopeRule: 'organisations certified under the UK Extension to the EU-U.S. Data Privacy Framework',
    framework: 'DPF_UK_EXT',
    validFrom: '2023-10-12',
  },
];
