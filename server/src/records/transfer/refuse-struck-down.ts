/** What leans on a framework that was struck down carries nothing, whatever it says besides. */

import { type Reply, refuse } from '@alongside/protocol';
import { refuseInvalidated } from '@alongside/transfer';

/** The refusal of the first text that names one. */
export function refuseStruckDown(...texts: readonly string[]): Reply<never> | undefined {
  const named = texts.map(refuseInvalidated).find((each) => each !== undefined);
  return named === undefined ? undefined : refuse('transferRefused', named.code);
}
