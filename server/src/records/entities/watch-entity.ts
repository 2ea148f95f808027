/** From when to when an agent could see the page, and how often they did what there. */

import { EntitySchema } from 'typeorm';
import { type CarriedRow, carried } from './carried.js';

export interface WatchRow extends CarriedRow {
  watchId: string;
  engagementId: string;
  agentId: string;
  watchedFrom: Date;
  /** Absent while it goes on, and for ever when `live` was lost meanwhile. */
  watchedTo: Date | null;
  points: number;
  draws: number;
  scrolls: number;
  clicks: number;
  types: number;
  navigations: number;
}

export const watchEntity = new EntitySchema<WatchRow>({
  name: 'watch',
  columns: {
    watchId: { type: 'uuid', primary: true },
    engagementId: { type: 'uuid' },
    agentId: { type: 'uuid' },
    watchedFrom: { type: 'timestamptz' },
    watchedTo: { type: 'timestamptz', nullable: true },
    points: { type: 'integer' },
    draws: { type: 'integer' },
    scrolls: { type: 'integer' },
    clicks: { type: 'integer' },
    types: { type: 'integer' },
    navigations: { type: 'integer' },
    ...carried,
  },
});
