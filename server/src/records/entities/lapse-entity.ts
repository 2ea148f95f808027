/** What became of the rows of a store decision when that ended: the state of a row is that of its decision here. */

import { EntitySchema } from 'typeorm';

export interface LapseRow {
  lapseId: string;
  tenantId: string;
  decisionId: string;
  successorId: string | null;
  cause: string;
  madeAt: Date;
  beganAt: Date;
  coveredFrom: Date | null;
  state: 'SUSPENDED' | 'REBASED' | 'REPATRIATED' | 'ERASED';
  deadline: Date;
  rowCount: number;
  packageSha256: string | null;
  actedBy: string | null;
  actedAt: Date | null;
  supersededAt: Date | null;
}

export const lapseEntity = new EntitySchema<LapseRow>({
  name: 'lapse',
  columns: {
    lapseId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    decisionId: { type: 'uuid' },
    successorId: { type: 'uuid', nullable: true },
    cause: { type: 'varchar', length: 32 },
    madeAt: { type: 'timestamptz' },
    beganAt: { type: 'timestamptz' },
    coveredFrom: { type: 'timestamptz', nullable: true },
    state: { type: 'enum', enum: ['SUSPENDED', 'REBASED', 'REPATRIATED', 'ERASED'] },
    deadline: { type: 'timestamptz' },
    rowCount: { type: 'integer' },
    packageSha256: { name: 'package_sha256', type: 'varchar', length: 43, nullable: true },
    actedBy: { type: 'uuid', nullable: true },
    actedAt: { type: 'timestamptz', nullable: true },
    supersededAt: { type: 'timestamptz', nullable: true },
  },
});
