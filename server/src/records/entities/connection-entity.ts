/** That a side came or went, with its truncated address and software family. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface ConnectionRow extends CarriedRow {
  connectionId: string;
  engagementId: string;
  party: 'visitor' | 'agent';
  agentId: string | null;
  connected: boolean;
  truncatedAddress: string | null;
  software: string | null;
  at: Date;
  /** Of its engagement. */
  shelf: string;
}

export const connectionEntity = new EntitySchema<ConnectionRow>({
  name: 'connection',
  columns: {
    connectionId: { type: 'uuid', primary: true },
    engagementId: { type: 'uuid' },
    party: { type: 'enum', enum: ['visitor', 'agent'] },
    agentId: { type: 'uuid', nullable: true },
    connected: { type: 'boolean' },
    truncatedAddress: { type: 'varchar', length: 64, nullable: true },
    software: { type: 'varchar', length: 64, nullable: true },
    at: { type: 'timestamptz' },
    shelf: { type: 'date' },
    ...carried,
  },
});
