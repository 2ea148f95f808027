/** What a decision says: the basis with what it rests on, or the closed list of reasons against. */

import type { BasisCode } from '@alongside/protocol';
import type { Regime } from './regime.js';

export type TransferRefusalCode =
  | 'FACTS_INCOMPLETE'
  | 'INVALIDATED_C311_18'
  | 'INVALIDATED_C362_14'
  | 'UNKNOWN_BASIS'
  | 'CLAUSES_NOT_IN_FORCE'
  | 'CLAUSES_NOT_FOR_REGIME'
  | 'WRONG_MODULE'
  | 'NO_BASIS';

export interface RegimeBasis {
  readonly regime: Regime;
  readonly basis: BasisCode;
  readonly reference?: string;
}

export type TransferOutcome =
  | {
      readonly outcome: 'ALLOW';
      /** The weightiest of the bases of all attached regimes. */
      readonly basis: BasisCode;
      readonly reference?: string;
      readonly regimes: readonly RegimeBasis[];
      /** The last millisecond for which what it rests on is known to be in force; undefined = open. */
      readonly validUntil?: number;
    }
  | {
      readonly outcome: 'REFUSE';
      readonly code: TransferRefusalCode;
      /** For an officer, in English; people of a page are told by the code's sentence in their language. */
      readonly sentence: string;
      /** The regime that refused, if it was one. */
      readonly regime?: Regime;
    };
