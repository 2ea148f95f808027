/** How one side of a call fared at one moment: numbers, and nothing of what was said or shown. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface CallSampleRow extends CarriedRow {
  sampleId: string;
  engagementId: string;
  callId: string;
  party: 'visitor' | 'agent';
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
    party: { type: 'enum', enum: ['visitor', 'agent'] },
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
