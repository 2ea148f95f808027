/** The id of an applied entry with its answer, so that repeating it is harmless. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface JournalEntryRow extends CarriedRow {
  entryId: string;
  engagementId: string;
  version: number;
  entry: number | null;
  at: Date;
  /** Of its engagement. */
  shelf: string;
}

export const journalEntryEntity = new EntitySchema<JournalEntryRow>({
  name: 'journal_entry',
  columns: {
    entryId: { type: 'uuid', primary: true },
    engagementId: { type: 'uuid' },
    version: { type: 'integer' },
    entry: { type: 'integer', nullable: true },
    at: { type: 'timestamptz' },
    shelf: { type: 'date' },
    ...carried,
  },
});
