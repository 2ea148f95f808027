/** The shape of the register of adequacy findings: data with dates and sources, never constants of the code. */

import type { CountryCode } from './country.js';

export interface AdequacyEntry {
  readonly regime: 'EU' | 'UK' | 'CH';
  readonly country: CountryCode;
  /** The act that the finding rests on. */
  readonly instrument: string;
  /** `scoped` covers some recipients or data only; without the recorded fact it is not relied on. */
  readonly scope: 'full' | 'scoped';
  readonly scopeRule?: string;
  /** ISO dates; the end is the last day in force. */
  readonly validFrom: string;
  readonly validTo?: string;
  readonly status: 'inForce' | 'suspended' | 'repealed' | 'annulled';
  readonly source: string;
  readonly verifiedAt: string;
}

export interface TransferRegister {
  /** Changes with every edit; each decision names the version it was made by. */
  readonly version: string;
  readonly adequacy: readonly AdequacyEntry[];
}
