/** One thing that an agent put before the visitor: its kind, and which document; never an address. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface DeliveryRow extends CarriedRow {
  deliveryId: string;
  engagementId: string;
  agentId: string;
  kind: 'page' | 'link' | 'document';
  documentId: string | null;
  offeredAt: Date;
  openedAt: Date | null;
  dismissedAt: Date | null;
}

export const deliveryEntity = new EntitySchema<DeliveryRow>({
  name: 'delivery',
  columns: {
    deliveryId: { type: 'uuid', primary: true },
    engagementId: { type: 'uuid' },
    agentId: { type: 'uuid' },
    kind: { type: 'enum', enum: ['page', 'link', 'document'] },
    documentId: { type: 'uuid', nullable: true },
    offeredAt: { type: 'timestamptz' },
    openedAt: { type: 'timestamptz', nullable: true },
    dismissedAt: { type: 'timestamptz', nullable: true },
    ...carried,
  },
});
