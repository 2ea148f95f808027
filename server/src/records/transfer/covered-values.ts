/** The columns that a row carries under a decision. */

import type { CarriedRow, Purpose } from '../entities/carried.js';
import type { TransferDecisionRow } from '../entities/transfer-decision-entity.js';

export function coveredBy(decision: TransferDecisionRow, purpose: Purpose): CarriedRow {
  return {
    tenantId: decision.tenantId,
    originCountry: decision.originCountry,
    originEvidence: decision.originEvidence,
    storageRegion: decision.toCountry,
    purpose,
    decisionId: decision.decisionId,
  };
}
