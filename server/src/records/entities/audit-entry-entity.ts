/** Who of a customer did what, by code. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface AuditEntryRow extends CarriedRow {
  auditId: string;
  at: Date;
  actorId: string;
  action: string;
  subject: string;
}

export const auditEntryEntity = new EntitySchema<AuditEntryRow>({
  name: 'audit_entry',
  columns: {
    auditId: { type: 'uuid', primary: true },
    at: { type: 'timestamptz' },
    actorId: { type: 'uuid' },
    action: { type: 'varchar', length: 64 },
    subject: { type: 'varchar', length: 64 },
    ...carried,
  },
});
