/** Somebody who was invited into one call by a link: who they are, and what became of the link. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface CallExpertRow extends CarriedRow {
  expertId: string;
  engagementId: string;
  callId: string;
  invitedBy: string;
  displayName: string;
  organisation: string;
  country: string;
  /** Under which what is said is shown to them where they work. */
  viewingDecisionId: string;
  secretHash: string;
  invitedAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
  /** The first time that somebody tried it and was not let in. */
  refusedAt: Date | null;
}

export const callExpertEntity = new EntitySchema<CallExpertRow>({
  name: 'call_expert',
  columns: {
    expertId: { type: 'uuid', primary: true },
    engagementId: { type: 'uuid' },
    callId: { type: 'varchar', length: 64 },
    invitedBy: { type: 'uuid' },
    displayName: { type: 'varchar', length: 64 },
    organisation: { type: 'varchar', length: 200 },
    country: { type: 'char', length: 2 },
    viewingDecisionId: { type: 'uuid' },
    secretHash: { type: 'varchar', length: 43 },
    invitedAt: { type: 'timestamptz' },
    expiresAt: { type: 'timestamptz' },
    usedAt: { type: 'timestamptz', nullable: true },
    revokedAt: { type: 'timestamptz', nullable: true },
    refusedAt: { type: 'timestamptz', nullable: true },
    ...carried,
  },
});
