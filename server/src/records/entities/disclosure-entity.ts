/** One demand of an authority, who approved it, and what became of it. */

import { type DisclosureShown, disclosureGrounds, disclosureStates } from '@alongside/protocol';
import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface DisclosureRow extends CarriedRow {
  disclosureId: string;
  authority: string;
  country: string;
  instrument: string;
  ground: DisclosureShown['ground'];
  groundReference: string | null;
  scope: string;
  engagementIds: string[];
  receivedOn: string;
  tellsOn: string | null;
  silenceReason: string | null;
  toldAt: Date | null;
  state: DisclosureShown['state'];
  recordedBy: string;
  recordedAt: Date;
  firstApprover: string | null;
  firstApprovedAt: Date | null;
  secondApprover: string | null;
  secondApprovedAt: Date | null;
  begunAt: Date | null;
  begunBy: string | null;
  receiptHash: string | null;
  outcome: string | null;
  closedAt: Date | null;
}

export const disclosureEntity = new EntitySchema<DisclosureRow>({
  name: 'disclosure',
  columns: {
    disclosureId: { type: 'uuid', primary: true },
    authority: { type: 'varchar', length: 200 },
    country: { type: 'char', length: 2 },
    instrument: { type: 'varchar', length: 200 },
    ground: { type: 'enum', enum: [...disclosureGrounds] },
    groundReference: { type: 'varchar', length: 200, nullable: true },
    scope: { type: 'varchar', length: 1000 },
    engagementIds: { type: 'uuid', array: true },
    receivedOn: { type: 'date' },
    tellsOn: { type: 'date', nullable: true },
    silenceReason: { type: 'varchar', length: 400, nullable: true },
    toldAt: { type: 'timestamptz', nullable: true },
    state: { type: 'enum', enum: [...disclosureStates] },
    recordedBy: { type: 'uuid' },
    recordedAt: { type: 'timestamptz' },
    firstApprover: { type: 'uuid', nullable: true },
    firstApprovedAt: { type: 'timestamptz', nullable: true },
    secondApprover: { type: 'uuid', nullable: true },
    secondApprovedAt: { type: 'timestamptz', nullable: true },
    begunAt: { type: 'timestamptz', nullable: true },
    begunBy: { type: 'uuid', nullable: true },
    receiptHash: { type: 'varchar', length: 64, nullable: true },
    outcome: { type: 'varchar', length: 1000, nullable: true },
    closedAt: { type: 'timestamptz', nullable: true },
    ...carried,
  },
});
