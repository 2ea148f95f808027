/** How somebody in a call fared at one moment: numbers, and nothing of what was said or shown. */

import type { CallSide } from '@alongside/engagement';
import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface CallSampleRow extends CarriedRow {
  sampleId: string;
  engagementId: string;
  callId: string;
  side: CallSide;
  /** Of an agent; an expert is told by no name. */
  agentId: string | null;
  at: Date;
  upLossPermille: number | null;
  downLossPermille: number | null;
  jitterMs: number | null;
  roundTripMs: number | null;
  upKbps: number | null;
  downKbps: number | null;
  upQuality: number | null;
  downQuality: number | null;
}

const small = { type: 'smallint', nullable: true } as const;
const whole = { type: 'int', nullable: true } as const;

export const callSampleEntity = new EntitySchema<CallSampleRow>({
  name: 'call_sample',
  columns: {
    sampleId: { type: 'uuid', primary: true },
    engagementId: { type: 'uuid' },
    callId: { type: 'varchar', length: 64 },
    side: { type: 'enum', enum: ['visitor', 'lead', 'agent', 'supervisor', 'expert'] },
    agentId: { type: 'uuid', nullable: true },
    at: { type: 'timestamptz' },
    upLossPermille: small,
    downLossPermille: small,
    jitterMs: whole,
    roundTripMs: whole,
    upKbps: whole,
    downKbps: whole,
    upQuality: small,
    downQuality: small,
    ...carried,
  },
});
