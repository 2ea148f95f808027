/** That an officer looked at how long a class is kept, and when somebody has to do so again. */

import { EntitySchema } from 'typeorm';

export interface RetentionReviewRow {
  reviewId: string;
  tenantId: string;
  dataClass: 'transcript' | 'survey' | 'metadata';
  months: number;
  reviewedBy: string;
  reviewedAt: Date;
  dueAt: Date;
}

export const retentionReviewEntity = new EntitySchema<RetentionReviewRow>({
  name: 'retention_review',
  columns: {
    reviewId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    dataClass: { type: 'enum', enum: ['transcript', 'survey', 'metadata'] },
    months: { type: 'smallint' },
    reviewedBy: { type: 'uuid' },
    reviewedAt: { type: 'timestamptz' },
    dueAt: { type: 'timestamptz' },
  },
});
