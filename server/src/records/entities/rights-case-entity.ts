/** What somebody asked for by their rights, where it stands, and what they were answered. */

import {
  type CaseOutcome,
  type CaseState,
  caseOutcomes,
  caseStates,
  type IdentityMeans,
  identityMeans,
  type Language,
  purposes,
  type RecordPurpose,
  type RefusalGround,
  type RightsKind,
  rightsKinds,
} from '@alongside/protocol';
import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface RightsCaseRow extends CarriedRow {
  caseId: string;
  engagementId: string | null;
  kind: RightsKind;
  state: CaseState;
  cameBy: 'receipt' | 'referral' | 'letter';
  /** In which whoever asked is answered. */
  language: Language;
  contact: string | null;
  details: string | null;
  objectsTo: RecordPurpose | null;
  keyHash: string;
  receivedAt: Date;
  referredAt: Date | null;
  packMadeAt: Date | null;
  identity: IdentityMeans | null;
  pausedSince: Date | null;
  /** A bigint, which the driver hands over as text. */
  pausedMs: string;
  extendedAt: Date | null;
  justification: string | null;
  outcome: CaseOutcome | null;
  answer: string | null;
  ground: RefusalGround | null;
  redress: string | null;
  answeredAt: Date | null;
  executedAt: Date | null;
  closedAt: Date | null;
  /** The clocks that were told to be late already. */
  toldLate: string;
}

export const rightsCaseEntity = new EntitySchema<RightsCaseRow>({
  name: 'rights_case',
  columns: {
    caseId: { type: 'uuid', primary: true },
    engagementId: { type: 'uuid', nullable: true },
    kind: { type: 'enum', enum: [...rightsKinds] },
    state: { type: 'enum', enum: [...caseStates] },
    cameBy: { type: 'varchar', length: 16 },
    language: { type: 'varchar', length: 8 },
    contact: { type: 'varchar', length: 254, nullable: true },
    details: { type: 'varchar', length: 2000, nullable: true },
    objectsTo: { type: 'enum', enum: [...purposes], nullable: true },
    keyHash: { type: 'varchar', length: 43 },
    receivedAt: { type: 'timestamptz' },
    referredAt: { type: 'timestamptz', nullable: true },
    packMadeAt: { type: 'timestamptz', nullable: true },
    identity: { type: 'enum', enum: [...identityMeans], nullable: true },
    pausedSince: { type: 'timestamptz', nullable: true },
    pausedMs: { type: 'bigint' },
    extendedAt: { type: 'timestamptz', nullable: true },
    justification: { type: 'varchar', length: 2000, nullable: true },
    outcome: { type: 'enum', enum: [...caseOutcomes], nullable: true },
    answer: { type: 'varchar', length: 4000, nullable: true },
    ground: { type: 'varchar', length: 32, nullable: true },
    redress: { type: 'varchar', length: 1000, nullable: true },
    answeredAt: { type: 'timestamptz', nullable: true },
    executedAt: { type: 'timestamptz', nullable: true },
    closedAt: { type: 'timestamptz', nullable: true },
    toldLate: { type: 'varchar', length: 120 },
    ...carried,
  },
});
