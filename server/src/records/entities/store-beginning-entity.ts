/** A beginning that a customer's own store was asked to take; it goes once the engagement is here, or is gone there. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface StoreBeginningRow extends CarriedRow {
  engagementId: string;
  recipientId: string;
  askedAt: Date;
  /** The store is being told to erase it: until it has, nothing begins by this id. */
  takenBack: boolean;
}

export const storeBeginningEntity = new EntitySchema<StoreBeginningRow>({
  name: 'store_beginning',
  columns: {
    engagementId: { type: 'uuid', primary: true },
    recipientId: { type: 'uuid', primary: true },
    askedAt: { type: 'timestamptz' },
    takenBack: { type: 'boolean' },
    ...carried,
    tenantId: { type: 'uuid', primary: true },
  },
});
