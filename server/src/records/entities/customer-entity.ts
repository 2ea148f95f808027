/** A customer of the installation, which is a tenant. */

import type { KeptClass } from '@alongside/protocol';
import { EntitySchema } from 'typeorm';

/** What began before the day on which it was lengthened keeps it. */
export interface FormerTerm {
  readonly dataClass: KeptClass;
  readonly months: number;
  readonly until: number;
}

export interface CustomerRow {
  tenantId: string;
  name: string;
  legalName: string | null;
  country: string | null;
  privacyContact: string | null;
  transcriptMonths: number;
  surveyMonths: number;
  metadataMonths: number;
  formerTerms: readonly FormerTerm[];
  createdAt: Date;
  /** Since when the account rests; it can be restored until it is erased. */
  deactivatedAt: Date | null;
  eraseAfter: Date | null;
  eraseAskedBy: string | null;
}

export const customerEntity = new EntitySchema<CustomerRow>({
  name: 'customer',
  columns: {
    tenantId: { type: 'uuid', primary: true },
    name: { type: 'varchar', length: 120 },
    legalName: { type: 'varchar', length: 200, nullable: true },
    country: { type: 'char', length: 2, nullable: true },
    privacyContact: { type: 'varchar', length: 254, nullable: true },
    transcriptMonths: { type: 'smallint' },
    surveyMonths: { type: 'smallint' },
    metadataMonths: { type: 'smallint' },
    formerTerms: { type: 'jsonb' },
    createdAt: { type: 'timestamptz' },
    deactivatedAt: { type: 'timestamptz', nullable: true },
    eraseAfter: { type: 'timestamptz', nullable: true },
    eraseAskedBy: { type: 'uuid', nullable: true },
  },
});
