/** The ledger of one engagement: its state as committed, never a word that was said in it. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

/** An officer, where what they decided of a case ended it. */
export type EndedBy = 'visitor' | 'agent' | 'system' | 'officer';

export interface EngagementRow extends CarriedRow {
  engagementId: string;
  siteId: string;
  transcriptDecisionId: string;
  /** The customer's own store that lines and answers go to, and the decision that this rests on. */
  deliveredTo: string | null;
  onwardDecisionId: string | null;
  requestedAt: Date;
  language: string;
  noticeVersion: number;
  /** By which version of the ages the visitor said that they are of age to consent; nothing where they did not. */
  ofAgeBy: string | null;
  phase: 'waiting' | 'active' | 'wrapUp' | 'closed';
  version: number;
  agentId: string | null;
  agentCountry: string | null;
  readingDecisionId: string | null;
  acceptedAt: Date | null;
  endedAt: Date | null;
  endedBy: EndedBy | null;
  endReason:
    | 'visitorEnded'
    | 'agentEnded'
    | 'visitorLeft'
    | 'abandoned'
    | 'revoked'
    | 'transferLapsed'
    | 'erased'
    | 'restricted'
    | null;
  closedAt: Date | null;
  lastChatNumber: number;
  lastEntry: number;
  lastLease: number;
  returnHash: string;
  returnUntil: Date;
  erasedAt: Date | null;
  /** Stored and nothing more: shown to officers alone, and in no list, search or count. */
  restrictedAt: Date | null;
  /** To be erased as soon as no hold keeps it. */
  eraseWantedAt: Date | null;
  /** Its facts are gone, in this row as well; it stays for the lines or answers that hang on it. */
  factsPurgedAt: Date | null;
  /** The node on which it lives, and which start of it; none before its first ticket. */
  nodeId: string | null;
  nodeStart: string | null;
  /** The month in which it began, by the clock of the database: where its many rows lie. */
  shelf: string;
  /** Of those that it numbered: what is left is what it holds. */
  linesGone: number;
}

export const engagementEntity = new EntitySchema<EngagementRow>({
  name: 'engagement',
  columns: {
    engagementId: { type: 'uuid', primary: true },
    siteId: { type: 'uuid' },
    transcriptDecisionId: { type: 'uuid' },
    deliveredTo: { type: 'uuid', nullable: true },
    onwardDecisionId: { type: 'uuid', nullable: true },
    requestedAt: { type: 'timestamptz' },
    language: { type: 'varchar', length: 8 },
    noticeVersion: { type: 'integer' },
    ofAgeBy: { type: 'varchar', length: 10, nullable: true },
    phase: { type: 'enum', enum: ['waiting', 'active', 'wrapUp', 'closed'] },
    version: { type: 'integer' },
    agentId: { type: 'uuid', nullable: true },
    agentCountry: { type: 'char', length: 2, nullable: true },
    readingDecisionId: { type: 'uuid', nullable: true },
    acceptedAt: { type: 'timestamptz', nullable: true },
    endedAt: { type: 'timestamptz', nullable: true },
    endedBy: { type: 'enum', enum: ['visitor', 'agent', 'system', 'officer'], nullable: true },
    endReason: {
      type: 'enum',
      enum: [
        ...['visitorEnded', 'agentEnded', 'visitorLeft', 'abandoned', 'revoked', 'transferLapsed'],
        ...['erased', 'restricted'],
      ],
      nullable: true,
    },
    closedAt: { type: 'timestamptz', nullable: true },
    lastChatNumber: { type: 'integer' },
    lastEntry: { type: 'integer' },
    lastLease: { type: 'integer' },
    returnHash: { type: 'varchar', length: 43 },
    returnUntil: { type: 'timestamptz' },
    erasedAt: { type: 'timestamptz', nullable: true },
    restrictedAt: { type: 'timestamptz', nullable: true },
    eraseWantedAt: { type: 'timestamptz', nullable: true },
    factsPurgedAt: { type: 'timestamptz', nullable: true },
    nodeId: { type: 'varchar', length: 64, nullable: true },
    nodeStart: { type: 'varchar', length: 50, nullable: true },
    shelf: { type: 'date' },
    linesGone: { type: 'integer' },
    ...carried,
  },
});
