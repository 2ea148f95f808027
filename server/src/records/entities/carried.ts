/** What every row of the classes transcript, survey, metadata and case carries. */

import type { EntitySchemaColumnOptions } from 'typeorm';

export type OriginEvidence = 'siteSetting' | 'unknown' | 'personSetting';
export type Purpose = 'conversation' | 'feedback' | 'accountability' | 'rights';

/** Stands for a country that is not known, where a column must say something. */
export const UNKNOWN_COUNTRY = 'ZZ';

export interface CarriedRow {
  tenantId: string;
  originCountry: string;
  originEvidence: OriginEvidence;
  storageRegion: string;
  purpose: Purpose;
  decisionId: string;
}

export const carried = {
  tenantId: { type: 'uuid' },
  originCountry: { type: 'char', length: 2 },
  originEvidence: { type: 'enum', enum: ['siteSetting', 'unknown', 'personSetting'] },
  storageRegion: { type: 'char', length: 2 },
  purpose: { type: 'enum', enum: ['conversation', 'feedback', 'accountability', 'rights'] },
  decisionId: { type: 'uuid' },
} as const satisfies Record<keyof CarriedRow, EntitySchemaColumnOptions>;
