/**
 * What a visitor's page and `records` say to each other over HTTPS, all under `/v1`, JSON, CORS limited to the
 * site's origins, never with credentials. A return secret travels in the header
 * `authorization: Alongside <engagementId>.<secret>`, never in a URL.
 *
 * A refused request answers `{ "refusal": Refusal }` with the refusal's status.
 */

import * as v from 'valibot';
import type { AskedIn } from '../asked-in.js';
import type { ChatLine } from '../chat.js';
import { ChatSend, personName } from '../chat.js';
import type { AgentRole, CallMode, EngagementPhase, Party } from '../engagement-view.js';
import type { SiteId } from '../ids.js';
import { EngagementId, Secret256 } from '../ids.js';
import { Language } from '../language.js';
import { limits } from '../limits.js';
import type { MaskingPolicy } from '../masking-policy.js';
import type { SurveyAnswers, SurveyVersion } from '../survey.js';
import type { RecipientNamed } from './recipient-api.js';
import type { BasisShown } from './transfer-basis.js';

/** A notice as it is shown: the customer's own words, and what the service adds from its settings. */
export interface NoticeShown {
  readonly version: number;
  readonly language: Language;
  /** Who runs this: the customer's legal name and how to reach its privacy contact. */
  readonly controller: string;
  readonly contact: string;
  /** Where to complain, by the customer's country and what the store rests on. */
  readonly redress?: string;
  /** The customer's own paragraphs, plain text. */
  readonly body: string;
  readonly keptMonths: { readonly transcript: number; readonly survey: number; readonly metadata: number };
  readonly storageCountry: string;
  /** On which that is kept here. */
  readonly basis: BasisShown;
  readonly publishedAt: number;
  /** From when the next version applies, if one is announced. */
  readonly changesAt?: number;
  /** Who keeps lines and answers instead of this service: the customer's own store. */
  readonly deliveredTo?: RecipientNamed;
  /** Who else receives something of visitors, and who will; and whose people read and watch, from each country. */
  readonly recipients: readonly RecipientNamed[];
}

/** `GET /v1/sites/:siteKey/config?language=en`: public, cacheable for a minute, nothing about the visitor. */
export interface SiteConfig {
  readonly siteId: SiteId;
  readonly siteName: string;
  readonly languages: readonly Language[];
  readonly notice: NoticeShown;
  readonly masking: MaskingPolicy;
  /** When the masking was changed last: whoever agreed to it before has agreed to another one. */
  readonly maskingChangedAt: number;
  /** Where the site is embedded: its pages may be shown inside each other, where they say so themselves. */
  readonly origins: readonly string[];
  /** Domain for the return cookie, so that sub-domains continue; absent = the page's host only. */
  readonly cookieDomain: string | undefined;
  readonly survey: SurveyVersion | undefined;
  /** From which age visitors consent by themselves, where children may come or may not: they are asked before they begin. */
  readonly ageAsked?: { readonly age: number; readonly audience: 'mayBeChildren' | 'noChildren' };
  readonly accent: string | undefined;
  /** Whether an agent of the site is available now. */
  readonly staffed: boolean;
}

/** `GET /v1/sites/:siteKey/notices`: public; every version that was shown or is announced, newest first. */
export interface NoticeArchived {
  readonly version: number;
  readonly body: Partial<Record<Language, string>>;
  readonly publishedAt: number;
  readonly effectiveAt: number;
}

/**
 * `GET /v1/engagements/transfer-words/:country?language=en` with the return secret: in which words explicit consent to a
 * transfer is asked for. The answer names the version, which the ledger keeps.
 */
export interface TransferWords {
  readonly version: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly yes: string;
}

/** `POST /v1/sites/:siteKey/engagements` -> EngagementOpened. */
export const EngagementStart = v.strictObject({
  engagementId: EngagementId,
  /** SHA-256 of the page's return secret as ASCII text, base64url; the secret itself stays in the page. */
  returnHash: Secret256,
  noticeVersion: v.pipe(v.number(), v.integer(), v.minValue(1)),
  language: Language,
  name: v.optional(personName(limits.nameLength)),
  topic: v.optional(personName(limits.topicLength)),
  /** A token by which the customer's own server says who has signed in on their site. */
  identity: v.optional(v.pipe(v.string(), v.maxLength(limits.identityTokenLength))),
  /** Of the age that the site asks for; where it asks, there is an answer, and else there is none. */
  ofAge: v.optional(v.boolean()),
  firstLine: ChatSend,
});
export type EngagementStart = v.InferOutput<typeof EngagementStart>;

export interface EngagementOpened {
  readonly ticket: string;
  readonly liveUrl: string;
  readonly firstLine: ChatLine;
}

/** `POST /v1/engagements/return` with the return secret -> EngagementReturned. */
export interface EngagementReturned {
  readonly phase: EngagementPhase;
  /** Present while the engagement is not closed or ended. */
  readonly ticket: string | undefined;
  readonly liveUrl: string | undefined;
  /** The survey is open: the engagement has ended and nothing was answered yet. */
  readonly surveyOpen: boolean;
}

/** `GET /v1/engagements/lines?after=N` with the return secret. */
export interface LinesAfter {
  readonly lines: readonly ChatLine[];
}

// `POST /v1/engagements/survey` with the return secret: SurveyAnswers -> Done. Answering twice: `conflict`.

/** `GET /v1/engagements/receipt` with the return secret. Also after the end, while the secret lives. */
export interface Receipt {
  readonly engagementId: EngagementId;
  readonly siteName: string;
  readonly controller: string;
  readonly contact: string;
  readonly requestedAt: number;
  readonly endedAt: number | undefined;
  readonly noticeVersion: number;
  /** Who watched or spoke, in what role, from which country, when. */
  readonly attendance: readonly {
    readonly displayName: string;
    readonly country: string;
    readonly what: 'chat' | 'view' | 'control' | 'call';
    /** Of who took part in the conversation: as the one who led it, or beside them. */
    readonly role?: AgentRole;
    /** Of a call: beside the lead, and in which way. */
    readonly mode?: CallMode;
    /** Of an expert who was in a call: for whom they work, as the agent stated it. */
    readonly organisation?: string;
    /** Of an expert who did not go themselves: who put them out. */
    readonly removedBy?: Party;
    /** Under which they read what is written. */
    readonly basis?: BasisShown;
    readonly from: number;
    readonly to: number | undefined;
    /** The service was lost meanwhile: `to` is when it was last known to go on. */
    readonly endLost?: true;
  }[];
  /** What they did on the page: counts by kind. */
  readonly acts: readonly { readonly kind: string; readonly count: number }[];
  readonly consents: readonly {
    readonly scope: string;
    readonly act: 'granted' | 'refused' | 'withdrawn';
    /** Of a transfer: to where. */
    readonly country?: string;
    /** In which words it was given, where the panel told. */
    readonly words?: AskedIn;
    readonly at: number;
  }[];
  /** What is held, class by class, and under which basis; of requests and what came of them only where there are any. */
  readonly held: readonly {
    readonly class: 'transcript' | 'survey' | 'metadata' | 'case';
    readonly rows: number;
    readonly erasedAt: number | undefined;
    readonly keptUntil: number;
    readonly storageCountry: string;
    readonly bases: readonly BasisShown[];
    /** The content is in the customer's own store, in that country; here are ids and the state of delivery. */
    readonly heldBy?: { readonly name: string; readonly country: string };
  }[];
}

/** `GET /v1/engagements/export` with the return secret: every row held, as JSON (a download). */
export interface VisitorExport {
  readonly format: 'alongside-export/1';
  /** Where the JSON Schema of this document is, on the service. */
  readonly schema: string;
  readonly receipt: Receipt;
  /** Where the rows of each class came from. */
  readonly sources: Readonly<Record<'transcript' | 'survey' | 'metadata' | 'case', readonly string[]>>;
  readonly transcript: readonly ChatLine[];
  /** What the visitor says is right; what was said stays as it was. */
  readonly corrections: readonly {
    readonly text: string;
    readonly at: number;
    /** The words are in the customer's own store. */
    readonly held?: true;
  }[];
  readonly survey: SurveyAnswers | undefined;
  readonly metadata: readonly ExportedFact[];
  /** What the visitor asked by their rights and was answered, what was erased, and what is held by law. */
  readonly cases: readonly ExportedFact[];
}

export interface ExportedFact {
  readonly kind: string;
  readonly at: number;
  readonly fields: Record<string, string | number | boolean>;
}

/** `POST /v1/engagements/erase` with the return secret: transcript and answers go at once. */
export interface ErasureReceipt {
  /** None while a hold keeps all of it: it goes by itself when that ends. */
  readonly erasureId: string | undefined;
  readonly at: number;
  readonly erased: { readonly transcript: number; readonly survey: number };
  readonly remains: readonly {
    readonly class: 'transcript' | 'survey' | 'metadata';
    readonly rows: number;
    readonly keptUntil: number;
    readonly reason: string;
    /** By which it must be kept until then. */
    readonly law?: string;
  }[];
}
