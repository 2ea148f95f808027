/** That an account was ended, and when: all that is left of it. */

import { EntitySchema } from 'typeorm';

export interface EndedAccountRow {
  tenantId: string;
  endedAt: Date;
  removedRows: number;
}

export const endedAccountEntity = new EntitySchema<EndedAccountRow>({
  name: 'ended_account',
  columns: {
    tenantId: { type: 'uuid', primary: true },
    endedAt: { type: 'timestamptz' },
    removedRows: { type: 'integer' },
  },
});
