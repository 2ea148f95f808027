/** A case as the rules see it: nothing of who asked, only what decides what may happen next and by when. */

import type { CaseOutcome, CaseState, IdentityMeans, RecordPurpose, RightsKind } from '@alongside/protocol';

export interface CaseFacts {
  readonly kind: RightsKind;
  readonly state: CaseState;
  readonly receivedAt: number;
  /** Which engagement it is about is known. */
  readonly isNamed: boolean;
  /** Came to the service and not to the customer, who decides: the service hands it on with its support pack. */
  readonly isReferred: boolean;
  readonly referredAt: number | undefined;
  readonly packMadeAt: number | undefined;
  readonly identity: IdentityMeans | undefined;
  /** Since there is reasonable doubt of who asks, the month stands still. */
  readonly pausedSince: number | undefined;
  readonly pausedMs: number;
  readonly extendedAt: number | undefined;
  readonly outcome: CaseOutcome | undefined;
  readonly answeredAt: number | undefined;
  readonly executedAt: number | undefined;
  readonly objectsTo: RecordPurpose | undefined;
}

export function newCase(
  kind: RightsKind,
  { receivedAt, ...more }: Pick<CaseFacts, 'receivedAt'> & Partial<CaseFacts>,
): CaseFacts {
  return {
    kind,
    state: 'received',
    receivedAt,
    isNamed: true,
    isReferred: false,
    referredAt: undefined,
    packMadeAt: undefined,
    identity: undefined,
    pausedSince: undefined,
    pausedMs: 0,
    extendedAt: undefined,
    outcome: undefined,
    answeredAt: undefined,
    executedAt: undefined,
    objectsTo: undefined,
    ...more,
  };
}
