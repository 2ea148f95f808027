/** One act of consent, in the order in which they were committed. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface ConsentEntryRow extends CarriedRow {
  engagementId: string;
  entry: number;
  scope: 'view' | 'watch' | 'control' | 'voice' | 'video' | 'screen' | 'transfer';
  act: 'granted' | 'refused' | 'withdrawn';
  agentId: string | null;
  /** Of a transfer: to where. */
  toCountry: string | null;
  /** In which the visitor agreed. */
  wordsVersion: string | null;
  wordsLanguage: 'en' | 'de' | null;
  at: Date;
}

export const consentEntryEntity = new EntitySchema<ConsentEntryRow>({
  name: 'consent_entry',
  columns: {
    engagementId: { type: 'uuid', primary: true },
    entry: { type: 'integer', primary: true },
    scope: { type: 'enum', enum: ['view', 'watch', 'control', 'voice', 'video', 'screen', 'transfer'] },
    act: { type: 'enum', enum: ['granted', 'refused', 'withdrawn'] },
    agentId: { type: 'uuid', nullable: true },
    toCountry: { type: 'char', length: 2, nullable: true },
    wordsVersion: { type: 'varchar', length: 10, nullable: true },
    wordsLanguage: { type: 'varchar', length: 8, nullable: true },
    at: { type: 'timestamptz' },
    ...carried,
  },
});
