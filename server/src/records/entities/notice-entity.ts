/** One version of the notice that a site shows before anything else. */

import type { Language } from '@alongside/protocol';
import { EntitySchema } from 'typeorm';

export interface NoticeRow {
  siteId: string;
  version: number;
  tenantId: string;
  body: Partial<Record<Language, string>>;
  authorId: string;
  publishedAt: Date;
  effectiveAt: Date;
}

export const noticeEntity = new EntitySchema<NoticeRow>({
  name: 'notice',
  columns: {
    siteId: { type: 'uuid', primary: true },
    version: { type: 'integer', primary: true },
    tenantId: { type: 'uuid' },
    body: { type: 'jsonb' },
    authorId: { type: 'uuid' },
    publishedAt: { type: 'timestamptz' },
    effectiveAt: { type: 'timestamptz' },
  },
});
