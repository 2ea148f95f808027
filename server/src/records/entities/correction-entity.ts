/** What a person says is wrong in what was said: kept beside it, which stays as it was. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface CorrectionRow extends CarriedRow {
  correctionId: string;
  engagementId: string;
  caseId: string;
  /** Null where the customer keeps it. */
  text: string | null;
  deliveredAt: Date | null;
  at: Date;
}

export const correctionEntity = new EntitySchema<CorrectionRow>({
  name: 'correction',
  columns: {
    correctionId: { type: 'uuid', primary: true },
    engagementId: { type: 'uuid' },
    caseId: { type: 'uuid' },
    text: { type: 'varchar', length: 2000, nullable: true },
    deliveredAt: { type: 'timestamptz', nullable: true },
    at: { type: 'timestamptz' },
    ...carried,
  },
});
