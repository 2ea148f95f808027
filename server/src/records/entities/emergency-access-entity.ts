/** What somebody who operates the service may read of one customer for an hour at most, and why. */

import { EntitySchema } from 'typeorm';

export interface EmergencyAccessRow {
  accessId: string;
  tenantId: string;
  /** Stands for the operator in the audit: a person of no password who can never sign in. */
  personId: string;
  ticket: string;
  reason: string;
  secretHash: string;
  openedAt: Date;
  openUntil: Date;
  endedAt: Date | null;
  seenBy: string | null;
  seenAt: Date | null;
}

export const emergencyAccessEntity = new EntitySchema<EmergencyAccessRow>({
  name: 'emergency_access',
  columns: {
    accessId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    personId: { type: 'uuid' },
    ticket: { type: 'varchar', length: 64 },
    reason: { type: 'varchar', length: 400 },
    secretHash: { type: 'varchar', length: 43 },
    openedAt: { type: 'timestamptz' },
    openUntil: { type: 'timestamptz' },
    endedAt: { type: 'timestamptz', nullable: true },
    seenBy: { type: 'uuid', nullable: true },
    seenAt: { type: 'timestamptz', nullable: true },
  },
});
