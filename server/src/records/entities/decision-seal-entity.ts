/** That a decision was made, and with which hash: nothing after the newest one would show that it is missing. */

import { EntitySchema } from 'typeorm';

export interface DecisionSealRow {
  decisionId: string;
  tenantId: string;
  hash: string | null;
}

export const decisionSealEntity = new EntitySchema<DecisionSealRow>({
  name: 'decision_seal',
  columns: {
    decisionId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    hash: { type: 'varchar', length: 43, nullable: true },
  },
});
