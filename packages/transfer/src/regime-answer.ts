/** What one regime answers, before the answers of all are put together. */

import type { BasisCode } from '@alongside/protocol';
import type { CountryCode } from './country.js';
import { refusalSentences, type TransferRefusalCode } from './refusal-sentences.js';
import type { Regime } from './regime.js';
import type { TransferFacts } from './transfer-facts.js';
import type { Refused, RegimeBasis } from './transfer-outcome.js';
import type { TransferRegister } from './transfer-register.js';

export interface RegimeQuestion {
  readonly facts: TransferFacts;
  readonly register: TransferRegister;
  readonly now: number;
  readonly destination: CountryCode;
  readonly controller: CountryCode;
}

export type RegimeAnswer =
  | { readonly outcome: 'ALLOW'; readonly basis: RegimeBasis; readonly validUntil: number | undefined }
  | Refused;

export interface RestsOn {
  readonly basis: BasisCode;
  readonly reference?: string | undefined;
  readonly validUntil?: number | undefined;
}

export function allow(regime: Regime, { basis, reference, validUntil }: RestsOn): RegimeAnswer {
  return {
    outcome: 'ALLOW',
    basis: { regime, basis, ...(reference === undefined ? {} : { reference }) },
    validUntil,
  };
}

export function refuse(code: TransferRefusalCode, regime?: Regime): Refused {
  const sentence = refusalSentences[code].en;
  return { outcome: 'REFUSE', code, sentence, ...(regime === undefined ? {} : { regime }) };
}
