/** How a transfer basis is told to people: on records, in the notice and on the receipt. */

export type BasisCode =
  | 'NONE_DOMESTIC'
  | 'NONE_SAME_ENTITY'
  | 'NONE_DIRECT_FROM_SUBJECT'
  | 'ADEQUACY'
  | 'SCC_M1'
  | 'SCC_M2'
  | 'SCC_M3'
  | 'SCC_M4';

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
