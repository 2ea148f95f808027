/** The shape of the register that decisions are made from: data with dates and sources, never constants of the code. */

export type TransferRegime = 'EU' | 'UK' | 'CH';
/** Who receives: whoever runs the store, or people who read and view. */
export type Recipient = 'store' | 'people';
export type Framework = 'DPF_EU' | 'DPF_UK_EXT' | 'DPF_CH';

export interface AdequacyEntry {
  readonly regime: TransferRegime;
  readonly country: string;
  /** The act that the finding rests on. */
  readonly instrument: string;
  /** `scoped` covers some recipients or data only; without the recorded fact it is not relied on. */
  readonly scope: 'full' | 'scoped';
  readonly scopeRule?: string | undefined;
  /** Its scope is a list of certified organisations: the fact that counts is a certification. */
  readonly framework?: Framework | undefined;
  /** ISO dates; the end is the last day in force. */
  readonly validFrom: string;
  readonly validTo?: string | undefined;
  readonly status: 'inForce' | 'suspended' | 'repealed' | 'annulled';
  readonly source: string;
  readonly verifiedAt: string;
}

/** An organisation of the United States on the list of one of the three Data Privacy Frameworks. */
export interface Certification {
  readonly framework: Framework;
  readonly holder: string;
  readonly covers: Recipient;
  /** Visitors are no staff: a certification for `hr` data alone does not cover them. */
  readonly scope: 'hr' | 'nonHr' | 'both';
  readonly status: 'active' | 'inactive' | 'removed';
  readonly validFrom: string;
  readonly validTo?: string | undefined;
  readonly source: string;
  /** When somebody last looked at the public list. */
  readonly verifiedAt: string;
}

/** That whoever receives there falls under the scope of a finding of that law for the country. */
export interface ScopeFact {
  readonly regime: TransferRegime;
  readonly country: string;
  readonly covers: Recipient;
  readonly source: string;
  readonly verifiedAt: string;
}

/** A country in which everybody who reads or views is employed by the customer itself. */
export interface Establishment {
  readonly country: string;
  readonly source: string;
  readonly verifiedAt: string;
}

export interface Derogations {
  /** Whether explicit consent for one session (Art. 49(1)(a)) is ever relied on. */
  readonly consent: boolean;
  /** More often than this a month is no longer occasional. */
  readonly mostSharesAMonth: number;
}

/** What an edition holds, and people load and edit. */
export interface RegisterBody {
  readonly adequacy: readonly AdequacyEntry[];
  readonly certifications: readonly Certification[];
  readonly scopeFacts: readonly ScopeFact[];
  readonly establishments: readonly Establishment[];
  readonly derogations: Derogations;
  /** Where the customer wrote that it relies on the frameworks without clauses to fall back on. */
  readonly fallbackWaiver?: string | undefined;
}

export interface TransferRegister extends RegisterBody {
  /** Changes with every edit; each decision names the version it was made by. */
  readonly version: string;
  /** When this installation last confirmed the edition, in milliseconds. */
  readonly confirmedAt: number;
}

export const REGISTER_FRESH_MS = 30 * 86_400_000;

/** Past this, what rests on a list that others keep (certifications, recorded scope) counts no more. */
export function isFresh({ confirmedAt }: Pick<TransferRegister, 'confirmedAt'>, now: number): boolean {
  return now <= confirmedAt + REGISTER_FRESH_MS;
}
