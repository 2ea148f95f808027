/** One stretch of somebody in a call beside the lead: in which way, and when the visitor was shown it. */

import type { Party } from '@alongside/protocol';
import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface CallPresenceRow extends CarriedRow {
  presenceId: string;
  engagementId: string;
  callId: string;
  /** One of the two: an agent of the customer, or an expert who was invited. */
  agentId: string | null;
  expertId: string | null;
  mode: 'speak' | 'whisper' | 'listen';
  attendedAt: Date;
  /** Absent where they neither heard anything nor were heard. */
  noticedAt: Date | null;
  /** Of an expert, whom the visitor let in by a yes to these. */
  wordsVersion: string | null;
  wordsLanguage: 'en' | 'de' | null;
  leftAt: Date | null;
  endReason: 'ended' | 'connectionLost' | null;
  /** Of an expert who did not go themselves; by an agent, by whom of them. */
  removedBy: Party | null;
  removerId: string | null;
}

export const callPresenceEntity = new EntitySchema<CallPresenceRow>({
  name: 'call_presence',
  columns: {
    presenceId: { type: 'uuid', primary: true },
    engagementId: { type: 'uuid' },
    callId: { type: 'varchar', length: 64 },
    agentId: { type: 'uuid', nullable: true },
    expertId: { type: 'uuid', nullable: true },
    mode: { type: 'enum', enum: ['speak', 'whisper', 'listen'] },
    attendedAt: { type: 'timestamptz' },
    noticedAt: { type: 'timestamptz', nullable: true },
    wordsVersion: { type: 'varchar', length: 10, nullable: true },
    wordsLanguage: { type: 'varchar', length: 8, nullable: true },
    leftAt: { type: 'timestamptz', nullable: true },
    endReason: { type: 'enum', enum: ['ended', 'connectionLost'], nullable: true },
    removedBy: { type: 'enum', enum: ['visitor', 'agent'], nullable: true },
    removerId: { type: 'uuid', nullable: true },
    ...carried,
  },
});
