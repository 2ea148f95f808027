/** What a decision says: the basis with what it rests on, or the closed list of reasons against. */

import type { BasisCode } from '@alongside/protocol';
import type { TransferRefusalCode } from './refusal-sentences.js';
import type { Regime } from './regime.js';

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
      /** For an officer, in English; `refusalSentences` has the other languages. */
      readonly sentence: string;
      /** The regime that refused, if it was one. */
      readonly regime?: Regime;
    };

export type Refused = Extract<TransferOutcome, { outcome: 'REFUSE' }>;
