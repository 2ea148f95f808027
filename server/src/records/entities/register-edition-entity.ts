/** One edition of a customer's register: written once; only its state changes. */

import type { RegisterBody } from '@alongside/transfer';
import { EntitySchema } from 'typeorm';

export interface RegisterEditionRow {
  editionId: string;
  tenantId: string;
  number: number;
  /** The shipped edition that it began from. */
  version: string;
  body: RegisterBody;
  note: string;
  state: 'proposed' | 'inForce' | 'superseded' | 'rejected';
  /** Nobody: the set-up. */
  proposedBy: string | null;
  proposedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  confirmedAt: Date | null;
}

export const registerEditionEntity = new EntitySchema<RegisterEditionRow>({
  name: 'register_edition',
  columns: {
    editionId: { type: 'uuid', primary: true },
    tenantId: { type: 'uuid' },
    number: { type: 'integer' },
    version: { type: 'varchar', length: 32 },
    body: { type: 'jsonb' },
    note: { type: 'varchar', length: 400 },
    state: { type: 'enum', enum: ['proposed', 'inForce', 'superseded', 'rejected'] },
    proposedBy: { type: 'uuid', nullable: true },
    proposedAt: { type: 'timestamptz' },
    decidedBy: { type: 'uuid', nullable: true },
    decidedAt: { type: 'timestamptz', nullable: true },
    confirmedAt: { type: 'timestamptz', nullable: true },
  },
});
