/** When a call was and of which kind; nothing of what was said or shown. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface CallRow extends CarriedRow {
  engagementId: string;
  callId: string;
  media: 'voice' | 'video';
  startedBy: 'visitor' | 'agent';
  startedAt: Date;
  endedAt: Date | null;
  endedBy: 'visitor' | 'agent' | 'system' | null;
  durationMs: string | null;
  endReason: 'ended' | 'connectionLost' | null;
  /** What the visitor showed of theirs, by kind, and whether the agent showed anything. */
  showedTab: boolean;
  showedWindow: boolean;
  showedScreen: boolean;
  agentShowed: boolean;
}

export const callEntity = new EntitySchema<CallRow>({
  name: 'call',
  columns: {
    engagementId: { type: 'uuid', primary: true },
    callId: { type: 'varchar', length: 64, primary: true },
    media: { type: 'enum', enum: ['voice', 'video'] },
    startedBy: { type: 'enum', enum: ['visitor', 'agent'] },
    startedAt: { type: 'timestamptz' },
    endedAt: { type: 'timestamptz', nullable: true },
    endedBy: { type: 'enum', enum: ['visitor', 'agent', 'system'], nullable: true },
    durationMs: { type: 'bigint', nullable: true },
    endReason: { type: 'enum', enum: ['ended', 'connectionLost'], nullable: true },
    showedTab: { type: 'boolean' },
    showedWindow: { type: 'boolean' },
    showedScreen: { type: 'boolean' },
    agentShowed: { type: 'boolean' },
    ...carried,
  },
});
