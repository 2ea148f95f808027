/** A document of the customer's catalogue, written by its officers. */

import { EntitySchema } from 'typeorm';

export interface DocumentRow {
  documentId: string;
  tenantId: string;
  title: string;
  body: string;
  changedAt: Date;
}

export const documentEntity = new EntitySchema<DocumentRow>({
  name: 'document',
  columns: {
    documentId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    title: { type: 'varchar', length: 120 },
    body: { type: 'text' },
    changedAt: { type: 'timestamptz' },
  },
});
