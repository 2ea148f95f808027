/** One lease of control: to whom, for what, how long, and how it ended. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface LeaseRow extends CarriedRow {
  engagementId: string;
  lease: number;
  entry: number;
  agentId: string;
  kinds: string;
  leaseMs: number;
  wordsVersion: string | null;
  wordsLanguage: 'en' | 'de' | null;
  grantedAt: Date;
  endedAt: Date | null;
  endedBy: 'visitor' | 'agent' | 'system' | null;
  endReason: 'expired' | 'takenBack' | 'released' | 'left' | 'viewEnded' | 'ended' | 'connectionLost' | null;
}

export const leaseEntity = new EntitySchema<LeaseRow>({
  name: 'lease',
  columns: {
    engagementId: { type: 'uuid', primary: true },
    lease: { type: 'integer', primary: true },
    entry: { type: 'integer' },
    agentId: { type: 'uuid' },
    kinds: { type: 'varchar', length: 64 },
    leaseMs: { type: 'integer' },
    wordsVersion: { type: 'varchar', length: 10, nullable: true },
    wordsLanguage: { type: 'varchar', length: 8, nullable: true },
    grantedAt: { type: 'timestamptz' },
    endedAt: { type: 'timestamptz', nullable: true },
    endedBy: { type: 'enum', enum: ['visitor', 'agent', 'system'], nullable: true },
    endReason: {
      type: 'enum',
      enum: ['expired', 'takenBack', 'released', 'left', 'viewEnded', 'ended', 'connectionLost'],
      nullable: true,
    },
    ...carried,
  },
});
