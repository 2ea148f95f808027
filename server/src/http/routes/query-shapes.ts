/** Numbers as they come in a query or a path. */

import { EngagementId, SiteId } from '@alongside/protocol';
import * as v from 'valibot';

const Digits = v.pipe(v.string(), v.regex(/^\d{1,15}$/));

export const Milliseconds = v.pipe(Digits, v.transform(Number), v.maxValue(8_640_000_000_000_000));
const ChatNumber = v.pipe(Digits, v.transform(Number), v.maxValue(2_000_000_000));

export const AfterNumber = v.strictObject({ after: v.optional(ChatNumber, '0') });
export const Everywhere = v.strictObject({ everywhere: v.optional(v.picklist(['true', 'false']), 'false') });
export const BeforeNumber = v.strictObject({ before: v.optional(ChatNumber) });
export const Before = v.strictObject({ before: v.optional(Milliseconds) });
export const OfSite = v.strictObject({ siteId: SiteId });
export const OfEngagement = v.strictObject({ engagementId: EngagementId });
