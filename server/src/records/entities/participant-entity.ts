/** One stretch of one agent in an engagement: in which role, from when to when, and under which decision they read. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface ParticipantRow extends CarriedRow {
  participantId: string;
  engagementId: string;
  agentId: string;
  agentCountry: string | null;
  role: 'lead' | 'agent' | 'supervisor';
  /** Without the lead they are a supervisor. */
  supervises: boolean;
  readingDecisionId: string | null;
  joinedAt: Date;
  /** When the visitor's page said that they were there. */
  noticedAt: Date | null;
  /** Absent while it goes on, and of whoever stayed to the end of the engagement. */
  leftAt: Date | null;
  /** `passed`: they went on in another role. */
  endReason: 'passed' | 'left' | 'lost' | 'revoked' | 'transferLapsed' | 'ended' | null;
}

export const participantEntity = new EntitySchema<ParticipantRow>({
  name: 'participant',
  columns: {
    participantId: { type: 'uuid', primary: true },
    engagementId: { type: 'uuid' },
    agentId: { type: 'uuid' },
    agentCountry: { type: 'char', length: 2, nullable: true },
    role: { type: 'enum', enum: ['lead', 'agent', 'supervisor'] },
    supervises: { type: 'boolean' },
    readingDecisionId: { type: 'uuid', nullable: true },
    joinedAt: { type: 'timestamptz' },
    noticedAt: { type: 'timestamptz', nullable: true },
    leftAt: { type: 'timestamptz', nullable: true },
    endReason: {
      type: 'enum',
      enum: ['passed', 'left', 'lost', 'revoked', 'transferLapsed', 'ended'],
      nullable: true,
    },
    ...carried,
  },
});
