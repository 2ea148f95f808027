/** A customer of the installation, which is a tenant. */

import { EntitySchema } from 'typeorm';

export interface CustomerRow {
  tenantId: string;
  name: string;
  legalName: string | null;
  country: string | null;
  privacyContact: string | null;
  transcriptMonths: number;
  surveyMonths: number;
  metadataMonths: number;
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
    createdAt: { type: 'timestamptz' },
    deactivatedAt: { type: 'timestamptz', nullable: true },
    eraseAfter: { type: 'timestamptz', nullable: true },
    eraseAskedBy: { type: 'uuid', nullable: true },
  },
});
