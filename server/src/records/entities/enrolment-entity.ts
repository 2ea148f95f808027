/** A one-time link to set a password with; its secret is kept as a hash. */

import { EntitySchema } from 'typeorm';

export interface EnrolmentRow {
  secretHash: string;
  tenantId: string;
  personId: string;
  expiresAt: Date;
  usedAt: Date | null;
}

export const enrolmentEntity = new EntitySchema<EnrolmentRow>({
  name: 'enrolment',
  columns: {
    secretHash: { type: 'varchar', length: 43, primary: true },
    tenantId: { type: 'uuid' },
    personId: { type: 'uuid' },
    expiresAt: { type: 'timestamptz' },
    usedAt: { type: 'timestamptz', nullable: true },
  },
});
