/** What a customer has concluded with whoever runs the installation (Art. 28), and who confirmed it. */

import { EntitySchema } from 'typeorm';

export interface ProcessingAgreementRow {
  agreementId: string;
  tenantId: string;
  version: string;
  controller: string;
  processor: string;
  signedOn: string;
  validUntil: string | null;
  recordedBy: string;
  recordedAt: Date;
  /** Another officer, or whoever runs the installation, by name: nothing begins under it before one of them. */
  confirmedBy: string | null;
  confirmedByOperator: string | null;
  /** Who stands for that operator in the audit, and is nobody of the customer's. */
  operatorId: string | null;
  confirmedAt: Date | null;
  endedAt: Date | null;
  replacedBy: string | null;
}

export const processingAgreementEntity = new EntitySchema<ProcessingAgreementRow>({
  name: 'processing_agreement',
  columns: {
    agreementId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    version: { type: 'varchar', length: 64 },
    controller: { type: 'varchar', length: 200 },
    processor: { type: 'varchar', length: 200 },
    signedOn: { type: 'date' },
    validUntil: { type: 'date', nullable: true },
    recordedBy: { type: 'uuid' },
    recordedAt: { type: 'timestamptz' },
    confirmedBy: { type: 'uuid', nullable: true },
    confirmedByOperator: { type: 'varchar', length: 80, nullable: true },
    operatorId: { type: 'uuid', nullable: true },
    confirmedAt: { type: 'timestamptz', nullable: true },
    endedAt: { type: 'timestamptz', nullable: true },
    replacedBy: { type: 'uuid', nullable: true },
  },
});
