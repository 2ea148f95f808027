/** One thing that happened to a case: rows are only added, each with the hash of the one before. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface CaseHistoryRow extends CarriedRow {
  caseId: string;
  /** The database numbers and hashes. */
  number: number;
  at: Date;
  actor: 'person' | 'officer' | 'system';
  actorId: string | null;
  happening: string;
  detail: string | null;
  previousHash: string;
  hash: string;
}

export const caseHistoryEntity = new EntitySchema<CaseHistoryRow>({
  name: 'case_history',
  columns: {
    caseId: { type: 'uuid', primary: true },
    number: { type: 'integer', primary: true },
    at: { type: 'timestamptz' },
    actor: { type: 'enum', enum: ['person', 'officer', 'system'] },
    actorId: { type: 'uuid', nullable: true },
    happening: { type: 'varchar', length: 32 },
    detail: { type: 'varchar', length: 4000, nullable: true },
    previousHash: { type: 'varchar', length: 64 },
    hash: { type: 'varchar', length: 64 },
    ...carried,
  },
});
