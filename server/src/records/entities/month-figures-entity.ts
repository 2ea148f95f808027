/** What may be shown of one site in one finished month; empty where a figure would be too small. */

import { EntitySchema } from 'typeorm';

export interface MonthFiguresRow {
  tenantId: string;
  siteId: string;
  /** Its first day. */
  month: string;
  engagements: number | null;
  accepted: number | null;
  viewed: number | null;
  controlled: number | null;
  called: number | null;
  answered: number | null;
  ratingTenths: number | null;
  waitSeconds: number | null;
  countedAt: Date;
}

export const monthFiguresEntity = new EntitySchema<MonthFiguresRow>({
  name: 'month_figures',
  columns: {
    tenantId: { type: 'uuid' },
    siteId: { type: 'uuid', primary: true },
    month: { type: 'date', primary: true },
    engagements: { type: 'integer', nullable: true },
    accepted: { type: 'integer', nullable: true },
    viewed: { type: 'integer', nullable: true },
    controlled: { type: 'integer', nullable: true },
    called: { type: 'integer', nullable: true },
    answered: { type: 'integer', nullable: true },
    ratingTenths: { type: 'smallint', nullable: true },
    waitSeconds: { type: 'integer', nullable: true },
    countedAt: { type: 'timestamptz' },
  },
});
