/** Who of a customer did what, by code. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface AuditEntryRow extends CarriedRow {
  auditId: string;
  at: Date;
  actorId: string;
  action: string;
  subject: string;
  /** The database numbers and hashes, so that what is changed or missing shows. */
  number: number;
  previousHash: string;
  hash: string;
}

export const auditEntryEntity = new EntitySchema<AuditEntryRow>({
  name: 'audit_entry',
  columns: {
    auditId: { type: 'uuid', primary: true },
    at: { type: 'timestamptz' },
    actorId: { type: 'uuid' },
    action: { type: 'varchar', length: 64 },
    subject: { type: 'varchar', length: 64 },
    number: { type: 'integer' },
    previousHash: { type: 'varchar', length: 64 },
    hash: { type: 'varchar', length: 64 },
    ...carried,
  },
});
