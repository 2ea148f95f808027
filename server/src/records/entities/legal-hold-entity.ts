/** What keeps an engagement from being purged or erased: for which case, by which law, and until when at most. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface LegalHoldRow extends CarriedRow {
  holdId: string;
  engagementId: string;
  caseReference: string;
  law: string;
  /** Nobody who is known any more: it came back from the ledger after a restore. */
  placedBy: string | null;
  placedAt: Date;
  heldUntil: Date;
  liftedAt: Date | null;
}

export const legalHoldEntity = new EntitySchema<LegalHoldRow>({
  name: 'legal_hold',
  columns: {
    holdId: { type: 'uuid', primary: true },
    engagementId: { type: 'uuid' },
    caseReference: { type: 'varchar', length: 64 },
    law: { type: 'varchar', length: 120 },
    placedBy: { type: 'uuid', nullable: true },
    placedAt: { type: 'timestamptz' },
    heldUntil: { type: 'timestamptz' },
    liftedAt: { type: 'timestamptz', nullable: true },
    ...carried,
  },
});
