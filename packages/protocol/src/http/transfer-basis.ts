/** How a transfer basis is told to people: on records, in the notice and on the receipt. */

export type BasisCode =
  | 'NONE_DOMESTIC'
  | 'NONE_SAME_ENTITY'
  | 'NONE_DIRECT_FROM_SUBJECT'
  | 'NONE_RETURNED'
  | 'ADEQUACY'
  | 'DPF_EU'
  | 'DPF_UK_EXT'
  | 'DPF_CH'
  | InstrumentCode
  | 'ART49_A';

/** What a customer signs with whoever receives: standard contractual clauses, their national forms, binding rules. */
export type InstrumentCode = (typeof instrumentCodes)[number];
export const instrumentCodes = [
  ...(['SCC_M1', 'SCC_M2', 'SCC_M3', 'SCC_M4'] as const),
  ...(['UK_IDTA', 'UK_ADDENDUM', 'CH_SCC', 'BCR_C', 'BCR_P'] as const),
] as const;

export interface BasisShown {
  readonly basis: BasisCode;
  /** Sentence of the catalogue `basis.<code>` with these countries (ISO 3166-1 alpha-2). */
  readonly fromCountry: string;
  readonly toCountry: string;
  /** The adequacy decision or contract it rests on, if any. */
  readonly reference?: string;
  readonly decisionId: string;
  readonly decidedAt: number;
}
