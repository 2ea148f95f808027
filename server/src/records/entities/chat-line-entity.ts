/** One line that a person sent, numbered without a gap within its engagement. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface ChatLineRow extends CarriedRow {
  engagementId: string;
  number: number;
  lineId: string;
  sender: 'visitor' | 'agent';
  agentId: string | null;
  /** None where the customer keeps the words itself: then `deliveredAt` says since when. */
  text: string | null;
  deliveredAt: Date | null;
  at: Date;
  version: number;
  /** Of its engagement. */
  shelf: string;
}

export const chatLineEntity = new EntitySchema<ChatLineRow>({
  name: 'chat_line',
  columns: {
    engagementId: { type: 'uuid', primary: true },
    number: { type: 'integer', primary: true },
    lineId: { type: 'uuid' },
    sender: { type: 'enum', enum: ['visitor', 'agent'] },
    agentId: { type: 'uuid', nullable: true },
    text: { type: 'varchar', length: 4000, nullable: true },
    deliveredAt: { type: 'timestamptz', nullable: true },
    at: { type: 'timestamptz' },
    version: { type: 'integer' },
    shelf: { type: 'date' },
    ...carried,
  },
});
