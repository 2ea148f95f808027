/** What a customer has signed: clauses, their national forms, binding rules; with the assessment they need. */

import { type InstrumentCode, instrumentCodes } from '@alongside/protocol';
import { EntitySchema } from 'typeorm';

export interface ContractRow {
  contractId: string;
  tenantId: string;
  module: InstrumentCode;
  importerCountry: string;
  importerName: string;
  reference: string;
  /** Where what was signed can be looked at, and on which day somebody last did; empty: stated by nobody yet. */
  source: string;
  verifiedAt: string;
  /** Which one ends when this is approved. */
  replaces: string | null;
  signedOn: string;
  validUntil: string | null;
  createdAt: Date;
  endedAt: Date | null;
  annexesComplete: boolean;
  assessment: 'ok' | 'okWithMeasures' | 'notOk' | null;
  assessedOn: string | null;
  reviewDue: string | null;
  proposedBy: string | null;
  /** Nothing rests on it before a second person has approved it. */
  approvedBy: string | null;
  approvedAt: Date | null;
}

export const contractEntity = new EntitySchema<ContractRow>({
  name: 'contract',
  columns: {
    contractId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    module: { type: 'enum', enum: [...instrumentCodes] },
    importerCountry: { type: 'char', length: 2 },
    importerName: { type: 'varchar', length: 200 },
    reference: { type: 'varchar', length: 200 },
    source: { type: 'varchar', length: 200 },
    verifiedAt: { type: 'date' },
    replaces: { type: 'uuid', nullable: true },
    signedOn: { type: 'date' },
    validUntil: { type: 'date', nullable: true },
    createdAt: { type: 'timestamptz' },
    endedAt: { type: 'timestamptz', nullable: true },
    annexesComplete: { type: 'boolean' },
    assessment: { type: 'enum', enum: ['ok', 'okWithMeasures', 'notOk'], nullable: true },
    assessedOn: { type: 'date', nullable: true },
    reviewDue: { type: 'date', nullable: true },
    proposedBy: { type: 'uuid', nullable: true },
    approvedBy: { type: 'uuid', nullable: true },
    approvedAt: { type: 'timestamptz', nullable: true },
  },
});
