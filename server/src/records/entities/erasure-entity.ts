/** The receipt of an erasure; it outlives what was erased. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface ErasureRow extends CarriedRow {
  erasureId: string;
  engagementId: string;
  transcriptRows: number;
  surveyRows: number;
  /** What was said stayed. */
  answersOnly: boolean;
  at: Date;
  /** The customer's own store, where the content is; and when it said that it erased it as well. */
  recipientId: string | null;
  toldAt: Date | null;
}

export const erasureEntity = new EntitySchema<ErasureRow>({
  name: 'erasure',
  columns: {
    erasureId: { type: 'uuid', primary: true },
    engagementId: { type: 'uuid' },
    transcriptRows: { type: 'integer' },
    surveyRows: { type: 'integer' },
    answersOnly: { type: 'boolean' },
    at: { type: 'timestamptz' },
    recipientId: { type: 'uuid', nullable: true },
    toldAt: { type: 'timestamptz', nullable: true },
    ...carried,
  },
});
