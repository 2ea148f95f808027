/**
 * Who receives something of visitors besides Alongside: the register that the console keeps, that the notice names,
 * and that says which hosts `records` may speak to at all. What a customer's own store is sent is below.
 */

import * as v from 'valibot';
import type { ChatLine } from '../chat.js';
import { personName, personText } from '../chat.js';
import { Day } from '../day.js';
import type { EngagementId, SiteId } from '../ids.js';
import { LineId } from '../ids.js';
import { limits } from '../limits.js';
import type { SurveyAnswers } from '../survey.js';
import type { BasisShown } from './transfer-basis.js';

/** Advertising is none of them, and there is no other way to receive anything. */
export const recipientRoles = ['ownStore', 'subProcessor', 'groupEntity'] as const;
export const recipientClasses = ['transcript', 'survey', 'metadata'] as const;

const Country = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/));

/** Where the customer's own store takes what is delivered: https, a path at most, and nothing behind it. */
const Endpoint = v.pipe(v.string(), v.maxLength(255), v.regex(/^https?:\/\/[^\s?#@]+$/));

/** `GET|POST /api/recipients`; `POST …/:recipientId/approval` by another officer; `DELETE …/:recipientId` ends it. */
export const RecipientCreate = v.strictObject({
  name: personText(200),
  country: Country,
  role: v.picklist(recipientRoles),
  purpose: personText(400),
  dataClasses: v.pipe(v.array(v.picklist(recipientClasses)), v.minLength(1), v.maxLength(3)),
  /** A store has to have one; whoever has none is never spoken to. */
  endpoint: v.exactOptional(Endpoint),
  contractReference: personText(200),
  contractOn: Day,
  /** SHA-256 of the annex of technical and organisational measures, so that another one shows. */
  measuresSha256: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  /** Until when the evidence that was seen holds; past it nothing is sent. */
  evidenceUntil: v.exactOptional(Day),
  /** Others than the customer's own store are announced thirty days before: the day from which they receive. */
  activeFrom: v.exactOptional(Day),
});
export type RecipientCreate = v.InferOutput<typeof RecipientCreate>;

/**
 * `host` is whoever runs the store of the installation, `relay` what passes on live what is shown and said: nobody
 * records them, and nobody can end them.
 */
export type RecipientRole = (typeof recipientRoles)[number] | 'host' | 'relay';

export interface RecipientShown extends Omit<RecipientCreate, 'activeFrom' | 'role'> {
  readonly recipientId: string;
  readonly role: RecipientRole;
  readonly announcedAt: number;
  readonly activeFrom: number;
  readonly approvedAt: number | undefined;
  /** The reader recorded it, so somebody else has to approve. */
  readonly own: boolean;
  readonly endedAt: number | undefined;
  /** Whether anything may be sent to it now. */
  readonly active: boolean;
}

/** As visitors are told. */
export interface RecipientNamed {
  readonly name: string;
  readonly country: string;
  /** `people`: whoever works there for the customer may be shown what is written, or the page, or hear a call. */
  readonly role: RecipientRole | 'people';
  /** Later than now while it is announced. */
  readonly activeFrom: number;
  /** On which it receives from the site's visitors; where there is none, it receives nothing. */
  readonly basis?: BasisShown;
}

/**
 * Under the endpoint of a store: `PUT …/engagements/:engagementId` (DeliveredEngagement),
 * `PUT …/engagements/:engagementId/lines/:number` (DeliveredLine),
 * `PUT …/engagements/:engagementId/answers` (DeliveredAnswers),
 * `PUT …/engagements/:engagementId/corrections/:correctionId` (DeliveredCorrection),
 * `DELETE …/engagements/:engagementId` and `DELETE …/engagements/:engagementId/answers`: each any number of
 * times with the same outcome. A number that comes again with another line replaces what came under it before: that
 * one was shown to nobody. `GET …/engagements/:engagementId/lines?after=N` answers `{ lines: ChatLine[] }`, in order;
 * `GET …/engagements/:engagementId` answers what was put there, or 404.
 *
 * Each bears `authorization: Bearer <JWT>`, ES256, type `alongside-delivery+jwt`, signed with the key at
 * `/.well-known/alongside-deliveries.json`: `iss` this service, `aud` the endpoint, `sub` the customer's tenant id,
 * `htm` and `htu` the method and address, `bodySha256` the base64url SHA-256 of the body, `exp` a minute later, and a
 * `jti` of its own.
 */
export interface DeliveredEngagement {
  readonly engagementId: EngagementId;
  readonly siteId: SiteId;
  readonly requestedAt: number;
  readonly language: string;
  readonly noticeVersion: number;
  readonly visitorName?: string;
  readonly topic?: string;
  /** Whom the customer's own server says it has signed in. */
  readonly confirmedAs?: string;
}
export type DeliveredLine = ChatLine & { readonly agentId?: string };
export type DeliveredAnswers = SurveyAnswers & { readonly at: number };
/** What the visitor says is right, by a request that was granted; what was said stays as it was. */
export interface DeliveredCorrection {
  readonly correctionId: string;
  readonly text: string;
  readonly at: number;
}

/** What a store says that the visitor said of themselves; what else it knows of an engagement is not read. */
export const StoredEngagement = v.object({
  visitorName: v.exactOptional(personName(limits.nameLength)),
  topic: v.exactOptional(personName(limits.topicLength)),
  confirmedAs: v.exactOptional(personName(limits.confirmedAsLength)),
});
export type StoredEngagement = v.InferOutput<typeof StoredEngagement>;

/** What a store says that was said; what else it says of a line is not read. */
export const StoredLines = v.object({
  lines: v.pipe(
    v.array(
      v.object({
        number: v.pipe(v.number(), v.integer(), v.minValue(1)),
        lineId: LineId,
        text: v.pipe(v.string(), v.maxLength(limits.chatLineLength)),
      }),
    ),
    v.maxLength(500),
  ),
});
