/** One thing that happened to a demand: rows are only added, each with the hash of the one before. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface DisclosureHistoryRow extends CarriedRow {
  disclosureId: string;
  /** The database numbers and hashes. */
  number: number;
  at: Date;
  actorId: string;
  happening: string;
  detail: string | null;
  previousHash: string;
  hash: string;
}

export const disclosureHistoryEntity = new EntitySchema<DisclosureHistoryRow>({
  name: 'disclosure_history',
  columns: {
    disclosureId: { type: 'uuid', primary: true },
    number: { type: 'integer', primary: true },
    at: { type: 'timestamptz' },
    actorId: { type: 'uuid' },
    happening: { type: 'varchar', length: 32 },
    detail: { type: 'varchar', length: 1000, nullable: true },
    previousHash: { type: 'varchar', length: 64 },
    hash: { type: 'varchar', length: 64 },
    ...carried,
  },
});
