/** Who acts, and what comes of an act. */

import type { IntentRefusal, IntentTarget } from '@alongside/protocol';

export type ActResult = { readonly target?: IntentTarget; readonly slot?: number } | IntentRefusal;

/** Asked at every step of an act that takes time: leases end and are taken back at any moment. */
export type StillLeased = () => IntentRefusal | undefined;

export interface ActingAgent {
  readonly slot: number;
  readonly stillLeased: StillLeased;
}
