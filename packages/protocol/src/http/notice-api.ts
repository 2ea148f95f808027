/** The notices of a site, as officers write them and see them listed. */

import * as v from 'valibot';
import { Day } from '../day.js';
import { Language } from '../language.js';

const Paragraphs = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4000));
/**
 * `GET|POST /api/sites/:siteId/notices`: each post is a new version. The first one applies at once; every other one is
 * announced, and applies to new engagements fourteen days later at the earliest.
 */
export const NoticeCreate = v.strictObject({
  body: v.record(Language, Paragraphs),
  effectiveOn: v.exactOptional(Day),
});
export const NOTICE_ANNOUNCED_DAYS = 14;
export interface NoticeVersionShown {
  readonly version: number;
  readonly body: Partial<Record<Language, string>>;
  readonly publishedAt: number;
  readonly effectiveAt: number;
  readonly author: string;
}
