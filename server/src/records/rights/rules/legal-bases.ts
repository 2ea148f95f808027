/** For what rows are kept, and on which one ground of Art. 6: an objection is for legitimate interests alone. */

import type { RecordPurpose } from '@alongside/protocol';

export type LegalBasis = '6(1)(b)' | '6(1)(c)' | '6(1)(f)';

export const legalBases: Readonly<Record<RecordPurpose, LegalBasis>> = {
  /** Help was asked for, and this is the help. */
  conversation: '6(1)(b)',
  feedback: '6(1)(f)',
  accountability: '6(1)(f)',
  rights: '6(1)(c)',
};

export function mayObject(purpose: RecordPurpose): boolean {
  return legalBases[purpose] === '6(1)(f)';
}
