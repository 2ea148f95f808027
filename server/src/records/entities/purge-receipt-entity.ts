/** What one run of the purge took away of one class of one tenant. */

import { EntitySchema } from 'typeorm';

export interface PurgeReceiptRow {
  receiptId: string;
  tenantId: string;
  dataClass: 'transcript' | 'survey' | 'metadata' | 'case';
  months: number;
  olderThan: Date;
  purgedRows: number;
  at: Date;
  /** The month that went as a whole; null for what went row by row. */
  shelf: string | null;
}

export const purgeReceiptEntity = new EntitySchema<PurgeReceiptRow>({
  name: 'purge_receipt',
  columns: {
    receiptId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    dataClass: { type: 'enum', enum: ['transcript', 'survey', 'metadata', 'case'] },
    months: { type: 'smallint' },
    olderThan: { type: 'timestamptz' },
    purgedRows: { type: 'integer' },
    at: { type: 'timestamptz' },
    shelf: { type: 'date', nullable: true },
  },
});
