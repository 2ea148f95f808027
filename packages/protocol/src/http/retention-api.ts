/** How long things are kept, when somebody looks at that again, what went, and what was counted: under `/api`. */

import * as v from 'valibot';
import { Day } from '../day.js';

export const keptClasses = ['transcript', 'survey', 'metadata'] as const;
export type KeptClass = (typeof keptClasses)[number];

/** `GET /api/retention`. */
export interface RetentionShown {
  readonly terms: readonly RetentionTerm[];
  /** What purges took away, newest first. */
  readonly receipts: readonly PurgeReceiptShown[];
}

export interface RetentionTerm {
  readonly dataClass: KeptClass;
  readonly months: number;
  readonly most: number;
  /** By when somebody has to look at the term again. */
  readonly reviewDue: number;
  readonly overdue: boolean;
  /** Missing before the first review. */
  readonly reviewed: { readonly at: number; readonly by: string; readonly months: number } | undefined;
}

export interface PurgeReceiptShown {
  readonly dataClass: KeptClass | 'case';
  readonly at: number;
  readonly months: number;
  readonly olderThan: number;
  readonly rows: number;
  /** The month that went as a whole, as `2026-07`. */
  readonly month: string | undefined;
}

/** `POST /api/retention/reviews`: an officer has looked at a term and keeps it; a change of it is an edit before. */
export const RetentionReviewed = v.strictObject({
  dataClass: v.picklist(keptClasses),
  /** The term that was looked at: one that was changed meanwhile is another one. */
  months: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24)),
  /** The day of the next review, a year away at most. */
  nextOn: Day,
});
export type RetentionReviewed = v.InferOutput<typeof RetentionReviewed>;

/** What is counted of a month, and none of it of fewer than ten conversations. */
export const figureNames = ['engagements', 'accepted', 'viewed', 'controlled', 'called', 'answered'] as const;
export type FigureName = (typeof figureNames)[number];

/** `GET /api/statistics`: finished months, newest first, site by site. */
export interface StatisticsShown {
  readonly least: number;
  readonly cells: readonly StatisticsCell[];
}

export interface StatisticsCell {
  /** As `2026-07`. */
  readonly month: string;
  readonly siteId: string;
  readonly siteName: string;
  /** Only what may be shown. */
  readonly figures: Partial<Readonly<Record<FigureName, number>>>;
  /** Mean of the ratings, from 1 to 5, where the answers are shown. */
  readonly rating: number | undefined;
  /** Mean of the waits for an agent, where those who were accepted are shown. */
  readonly waitMs: number | undefined;
}
