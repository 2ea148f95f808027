/** The receipt of an erasure; it outlives what was erased. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface ErasureRow extends CarriedRow {
  erasureId: string;
  engagementId: string;
  transcriptRows: number;
  surveyRows: number;
  at: Date;
}

export const erasureEntity = new EntitySchema<ErasureRow>({
  name: 'erasure',
  columns: {
    erasureId: { type: 'uuid', primary: true },
    engagementId: { type: 'uuid' },
    transcriptRows: { type: 'integer' },
    surveyRows: { type: 'integer' },
    at: { type: 'timestamptz' },
    ...carried,
  },
});
