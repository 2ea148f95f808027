/** The shape of an export, from which its JSON Schema is made and against which a test reads a real one. */

import { AskedIn, SurveyAnswers } from '@alongside/protocol';
import * as v from 'valibot';

const Time = v.number();
const Basis = v.object({
  basis: v.string(),
  fromCountry: v.string(),
  toCountry: v.string(),
  decisionId: v.string(),
  decidedAt: Time,
});
const Held = v.object({
  class: v.picklist(['transcript', 'survey', 'metadata', 'case']),
  rows: v.number(),
  erasedAt: v.optional(Time),
  keptUntil: Time,
  storageCountry: v.string(),
  bases: v.array(Basis),
});
const Sources = v.array(v.string());
const Facts = v.array(
  v.strictObject({
    kind: v.string(),
    at: Time,
    fields: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
  }),
);

export const ExportShape = v.strictObject({
  format: v.literal('alongside-export/1'),
  schema: v.string(),
  receipt: v.object({
    engagementId: v.string(),
    siteName: v.string(),
    controller: v.string(),
    contact: v.string(),
    requestedAt: Time,
    endedAt: v.optional(Time),
    noticeVersion: v.number(),
    attendance: v.array(v.object({ displayName: v.string(), country: v.string(), what: v.string() })),
    acts: v.array(v.object({ kind: v.string(), count: v.number() })),
    consents: v.array(
      v.object({
        ...{ scope: v.string(), act: v.string(), at: Time, country: v.optional(v.string()) },
        words: v.optional(AskedIn),
      }),
    ),
    held: v.array(Held),
  }),
  sources: v.strictObject({ transcript: Sources, survey: Sources, metadata: Sources, case: Sources }),
  transcript: v.array(
    v.object({ lineId: v.string(), number: v.number(), from: v.string(), text: v.string(), at: Time }),
  ),
  corrections: v.array(v.strictObject({ text: v.string(), at: Time, held: v.optional(v.literal(true)) })),
  survey: v.optional(SurveyAnswers),
  metadata: Facts,
  cases: Facts,
});
