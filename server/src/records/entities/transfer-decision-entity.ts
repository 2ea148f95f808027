/** What was decided of one flow, and by which facts; only its end is ever written later. */

import { type BasisCode, instrumentCodes } from '@alongside/protocol';
import type { Access, DataClass, Importer } from '@alongside/transfer';
import { EntitySchema } from 'typeorm';

export interface TransferDecisionRow {
  decisionId: string;
  tenantId: string;
  dataClass: DataClass;
  access: Access;
  originCountry: string;
  originEvidence: 'siteSetting' | 'unknown' | 'personSetting';
  controllerCountry: string;
  toCountry: string;
  /** Whom it goes to, where that is neither the customer itself nor who hosts the store. */
  importer: string | null;
  importerIs: Importer['is'] | null;
  outcome: 'ALLOW' | 'REFUSE';
  basis: BasisCode | null;
  reference: string | null;
  regimes: string;
  reasonCode: string | null;
  registerVersion: string;
  inputsSha256: string;
  decidedAt: Date;
  validUntil: Date | null;
  endedAt: Date | null;
  /** When what its rows rest on now was found; of store decisions that have ended. */
  settledAt: Date | null;
  /** The decision before it, and a hash over both: an edited or missing row shows. */
  previousId: string | null;
  hash: string | null;
}

/** The two struck-down frameworks are none of them. */
const bases = [
  ...([
    'NONE_DOMESTIC',
    'NONE_SAME_ENTITY',
    'NONE_DIRECT_FROM_SUBJECT',
    'NONE_RETURNED',
    'ADEQUACY',
  ] as const),
  ...(['DPF_EU', 'DPF_UK_EXT', 'DPF_CH', 'ART49_A'] as const),
  ...instrumentCodes,
] satisfies readonly BasisCode[];

export const transferDecisionEntity = new EntitySchema<TransferDecisionRow>({
  name: 'transfer_decision',
  columns: {
    decisionId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    dataClass: { type: 'enum', enum: ['transcript', 'survey', 'metadata', 'case', 'live'] },
    access: { type: 'enum', enum: ['store', 'read', 'view', 'export', 'onward', 'relay', 'support'] },
    originCountry: { type: 'char', length: 2 },
    originEvidence: { type: 'enum', enum: ['siteSetting', 'unknown', 'personSetting'] },
    controllerCountry: { type: 'char', length: 2 },
    toCountry: { type: 'char', length: 2 },
    importer: { type: 'varchar', length: 200, nullable: true },
    importerIs: { type: 'enum', enum: ['customer', 'processor', 'other'], nullable: true },
    outcome: { type: 'enum', enum: ['ALLOW', 'REFUSE'] },
    basis: {
      type: 'enum',
      enum: [...bases],
      nullable: true,
    },
    reference: { type: 'varchar', length: 200, nullable: true },
    regimes: { type: 'varchar', length: 16 },
    reasonCode: { type: 'varchar', length: 32, nullable: true },
    registerVersion: { type: 'varchar', length: 32 },
    inputsSha256: { name: 'inputs_sha256', type: 'varchar', length: 43 },
    decidedAt: { type: 'timestamptz' },
    validUntil: { type: 'timestamptz', nullable: true },
    endedAt: { type: 'timestamptz', nullable: true },
    settledAt: { type: 'timestamptz', nullable: true },
    previousId: { type: 'uuid', nullable: true },
    hash: { type: 'varchar', length: 43, nullable: true },
  },
});
