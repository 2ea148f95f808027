/** Who receives something of visitors: the customer's own store, its group, or somebody who works for it. */

import { type RecipientCreate, recipientRoles } from '@alongside/protocol';
import { EntitySchema } from 'typeorm';

export interface RecipientRow {
  recipientId: string;
  tenantId: string;
  name: string;
  country: string;
  role: RecipientCreate['role'];
  purpose: string;
  dataClasses: RecipientCreate['dataClasses'];
  endpoint: string | null;
  contractReference: string | null;
  contractOn: string | null;
  measuresSha256: string | null;
  evidenceUntil: string | null;
  announcedAt: Date;
  activeFrom: Date;
  proposedBy: string;
  approvedBy: string | null;
  approvedAt: Date | null;
  endedAt: Date | null;
}

export const recipientEntity = new EntitySchema<RecipientRow>({
  name: 'recipient',
  columns: {
    recipientId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    name: { type: 'varchar', length: 200 },
    country: { type: 'char', length: 2 },
    role: { type: 'enum', enum: [...recipientRoles] },
    purpose: { type: 'varchar', length: 400 },
    dataClasses: { type: 'text', array: true },
    endpoint: { type: 'varchar', length: 255, nullable: true },
    contractReference: { type: 'varchar', length: 200, nullable: true },
    contractOn: { type: 'date', nullable: true },
    measuresSha256: { type: 'varchar', length: 64, nullable: true },
    evidenceUntil: { type: 'date', nullable: true },
    announcedAt: { type: 'timestamptz' },
    activeFrom: { type: 'timestamptz' },
    proposedBy: { type: 'uuid' },
    approvedBy: { type: 'uuid', nullable: true },
    approvedAt: { type: 'timestamptz', nullable: true },
    endedAt: { type: 'timestamptz', nullable: true },
  },
});
