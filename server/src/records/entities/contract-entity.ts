/** Standard contractual clauses that a customer has signed. */

import { EntitySchema } from 'typeorm';

export interface ContractRow {
  contractId: string;
  tenantId: string;
  module: 'SCC_M1' | 'SCC_M2' | 'SCC_M3' | 'SCC_M4';
  importerCountry: string;
  importerName: string;
  reference: string;
  signedOn: string;
  validUntil: string | null;
  createdAt: Date;
  endedAt: Date | null;
}

export const contractEntity = new EntitySchema<ContractRow>({
  name: 'contract',
  columns: {
    contractId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    module: { type: 'enum', enum: ['SCC_M1', 'SCC_M2', 'SCC_M3', 'SCC_M4'] },
    importerCountry: { type: 'char', length: 2 },
    importerName: { type: 'varchar', length: 200 },
    reference: { type: 'varchar', length: 200 },
    signedOn: { type: 'date' },
    validUntil: { type: 'date', nullable: true },
    createdAt: { type: 'timestamptz' },
    endedAt: { type: 'timestamptz', nullable: true },
  },
});
