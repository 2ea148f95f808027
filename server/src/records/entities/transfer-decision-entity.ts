/** What was decided of one flow, and by which facts; only its end is ever written later. */

import { EntitySchema } from 'typeorm';

export interface TransferDecisionRow {
  decisionId: string;
  tenantId: string;
  dataClass: 'transcript' | 'survey' | 'metadata' | 'case' | 'live';
  access: 'store' | 'read' | 'view';
  originCountry: string;
  originEvidence: 'siteSetting' | 'unknown' | 'personSetting';
  controllerCountry: string;
  toCountry: string;
  outcome: 'ALLOW' | 'REFUSE';
  basis:
    | 'NONE_DOMESTIC'
    | 'NONE_SAME_ENTITY'
    | 'NONE_DIRECT_FROM_SUBJECT'
    | 'ADEQUACY'
    | 'SCC_M1'
    | 'SCC_M2'
    | 'SCC_M3'
    | 'SCC_M4'
    | null;
  reference: string | null;
  regimes: string;
  reasonCode: string | null;
  registerVersion: string;
  inputsSha256: string;
  decidedAt: Date;
  validUntil: Date | null;
  endedAt: Date | null;
}

export const transferDecisionEntity = new EntitySchema<TransferDecisionRow>({
  name: 'transfer_decision',
  columns: {
    decisionId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    dataClass: { type: 'enum', enum: ['transcript', 'survey', 'metadata', 'case', 'live'] },
    access: { type: 'enum', enum: ['store', 'read', 'view'] },
    originCountry: { type: 'char', length: 2 },
    originEvidence: { type: 'enum', enum: ['siteSetting', 'unknown', 'personSetting'] },
    controllerCountry: { type: 'char', length: 2 },
    toCountry: { type: 'char', length: 2 },
    outcome: { type: 'enum', enum: ['ALLOW', 'REFUSE'] },
    basis: {
      type: 'enum',
      enum: [
        'NONE_DOMESTIC',
        'NONE_SAME_ENTITY',
        'NONE_DIRECT_FROM_SUBJECT',
        'ADEQUACY',
        'SCC_M1',
        'SCC_M2',
        'SCC_M3',
        'SCC_M4',
      ],
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
  },
});
