/**
 * What the console and `records` say to each other, all under `/api`, JSON, same origin. The access token
 * (10 minutes) travels as `authorization: Bearer`; the refresh token rotates in the HttpOnly cookie
 * `__Host-alongside-refresh`, SameSite=Strict, path `/` as that prefix demands (off TLS `alongside-refresh`, path
 * `/api/session`).
 *
 * A refused request answers `{ "refusal": Refusal }` with the refusal's status.
 */

import * as v from 'valibot';
import type { ChatLine } from '../chat.js';
import { personName, personText } from '../chat.js';
import type { CallAvailability, EngagementPhase, StorageState } from '../engagement-view.js';
import type { AgentId, EngagementId, SiteKey, TenantId } from '../ids.js';
import { Secret256, SiteId } from '../ids.js';
import { Language } from '../language.js';
import { limits } from '../limits.js';
import { textNets } from '../masking-policy.js';
import type { SurveyAnswers, SurveyVersion } from '../survey.js';
import { SurveyForm } from '../survey.js';
import type { BasisShown } from './transfer-basis.js';

export const roles = ['agent', 'supervisor', 'officer'] as const;
/** An officer is a privacy officer or admin of a customer; roles are a set, not a ladder. */
export const Role = v.picklist(roles);
export type Role = v.InferOutput<typeof Role>;

const Email = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.email(), v.maxLength(254));
const Password = v.pipe(v.string(), v.minLength(12), v.maxLength(200));
const Country = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/));
const Origin = v.pipe(v.string(), v.regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/), v.maxLength(255));
const Selector = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.selectorLength));
const Selectors = v.pipe(v.array(Selector), v.maxLength(limits.selectorsPerList));
/** A path such as `/account/*`, with an origin before it or a route behind `#` where it says so. */
const PagePattern = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^(?=[/#]|https?:\/\/[^/?#*]+[/#])(https?:\/\/[^/?#*]+)?(\/[^?#]*)?(#.*)?$/i),
  v.maxLength(limits.selectorLength),
);
export function isPagePattern(text: string): boolean {
  return v.safeParse(PagePattern, text).success;
}
const PagePatterns = v.pipe(v.array(PagePattern), v.maxLength(limits.selectorsPerList));

/** `POST /api/customers`: name and e-mail suffice. Answers CustomerCreated. */
export const CustomerCreate = v.strictObject({
  name: personText(120),
  email: Email,
  /** Wanted when the installation's `SIGN_UP` is `code`. */
  code: v.optional(v.pipe(v.string(), v.maxLength(64))),
});
export interface CustomerCreated {
  readonly tenantId: TenantId;
  /** One-time link of the first officer to set a password with; shown once. */
  readonly enrolSecret: string;
}

/** `POST /api/enrolments/look` -> EnrolmentLook; `POST /api/enrolments` sets the password -> SignedIn. */
export const EnrolmentLook = v.strictObject({ secret: Secret256 });
export interface EnrolmentLooked {
  readonly customerName: string;
  readonly email: string;
  readonly displayName: string | undefined;
  /** Of a customer's first officer nobody else can have said where they work: they are asked for it here. */
  readonly asksCountry: boolean;
}
export const Enrol = v.strictObject({
  secret: Secret256,
  displayName: personName(limits.nameLength),
  password: Password,
  /** Taken from whom it is asked of, and from nobody else. */
  country: v.exactOptional(Country),
});

/** Of the words that the console shows; with others everybody is asked again. */
export const PLEDGE_VERSION = 1;
/**
 * `POST /api/pledge`: whoever signs in promises to keep to themselves what visitors say and show. Until then every other
 * route for people is refused with `notPermitted`, `pledge`.
 */
export const PledgeGiven = v.strictObject({ version: v.literal(PLEDGE_VERSION) });

/** `POST /api/password`: one's own, by who knows the one before. Ends the sessions of other devices -> SignedIn. */
export const PasswordChange = v.strictObject({
  password: v.pipe(v.string(), v.maxLength(200)),
  newPassword: Password,
});

/** `POST /api/session` signs in, `POST /api/session/refresh` renews, `DELETE /api/session` signs out. */
export const SignIn = v.strictObject({ email: Email, password: v.pipe(v.string(), v.maxLength(200)) });
export interface SignedIn {
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly me: Me;
}
export interface Me {
  readonly agentId: AgentId;
  readonly tenantId: TenantId;
  readonly customerName: string;
  readonly displayName: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly language: Language;
  /** Whether they have promised to keep to themselves what visitors say and show. */
  readonly hasPledged: boolean;
}

const AskedAgain = v.pipe(v.string(), v.maxLength(200));
const DaysToThink = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(14));

/**
 * `POST /api/customer/end` by an officer: the account rests and can be restored with `POST /api/customer/restore`
 * (SignIn of an officer); with days it is erased when they are over, at most fourteen.
 */
export const AccountEnd = v.strictObject({ password: AskedAgain, eraseInDays: v.exactOptional(DaysToThink) });
export type AccountEnd = v.InferOutput<typeof AccountEnd>;

/**
 * `POST /api/agents/:agentId/erasure` by another officer: the person is shut out at once, and erased when the days are
 * over; until then `DELETE` calls it off, which leaves them disabled.
 */
export const PersonErase = v.strictObject({ password: AskedAgain, eraseInDays: DaysToThink });
export type PersonErase = v.InferOutput<typeof PersonErase>;

/** `POST /api/ticket`: a ticket for the live node. */
export interface AgentTicketIssued {
  readonly ticket: string;
  readonly liveUrl: string;
}

/** `GET /api/customer`, `PUT /api/customer`. */
export const CustomerEdit = v.strictObject({
  name: personText(120),
  legalName: v.optional(personText(200)),
  country: v.optional(Country),
  privacyContact: v.optional(personText(254)),
  retentionMonths: v.optional(
    v.strictObject({
      transcript: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24)),
      survey: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24)),
      metadata: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12)),
    }),
  ),
});
export type CustomerEdit = v.InferOutput<typeof CustomerEdit>;
export interface CustomerShown extends CustomerEdit {
  readonly tenantId: TenantId;
  readonly storageCountry: string;
  /** What is missing before a site can take engagements, as catalogue codes. */
  readonly missing: readonly string[];
}

/**
 * `GET|POST /api/sites`, `GET|PUT /api/sites/:siteId`, `POST /api/sites/:siteId/previews` -> Done: an officer looks at a
 * page as agents would see it, which the audit learns and nobody else.
 */
export const SiteEdit = v.strictObject({
  name: personText(80),
  origins: v.pipe(v.array(Origin), v.minLength(1), v.maxLength(limits.originsPerSite)),
  /** Countries its visitors are in; several or none = unknown, which attaches every regime. */
  visitorCountries: v.pipe(v.array(Country), v.maxLength(60)),
  masking: v.strictObject({
    text: v.picklist(['masked', 'shown']),
    maskSelectors: Selectors,
    blockSelectors: Selectors,
    allowSelectors: Selectors,
    noControlSelectors: Selectors,
    confirmSelectors: v.exactOptional(Selectors),
    clicks: v.exactOptional(v.picklist(['everywhere', 'marked'])),
    /** Without a list, all of them. */
    nets: v.exactOptional(v.pipe(v.array(v.picklist(textNets)), v.maxLength(textNets.length))),
    maskPages: v.exactOptional(PagePatterns),
    blockPages: v.exactOptional(PagePatterns),
    showPages: v.exactOptional(PagePatterns),
  }),
  /** The customer's own store (a recipient) that lines and answers go to and stay in; without one they stay here. */
  deliverTo: v.exactOptional(v.pipe(v.string(), v.uuid())),
  /** Whether children come to it; `general`, without a word, is a site for everybody that is not meant for them. */
  audience: v.exactOptional(v.picklist(['general', 'mayBeChildren', 'noChildren'])),
  languages: v.pipe(v.array(Language), v.minLength(1), v.maxLength(2)),
  /** Voice and picture go through a relay alone, of conversations that begin from then on. */
  relayOnly: v.exactOptional(v.boolean()),
  /** Voice and picture are sealed from end to end, of conversations that begin from then on. */
  mediaSealed: v.exactOptional(v.boolean()),
  /** What may be shown in calls, of conversations that begin from then on; `tab` without a word. */
  screens: v.exactOptional(v.picklist(['none', 'tab', 'any'])),
  /** Experts who are nobody of the customer's may be invited into a call by a link; nobody without a word. */
  experts: v.exactOptional(v.boolean()),
  cookieDomain: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9.-]+$/), v.maxLength(253))),
  accent: v.optional(v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i))),
  /** The public half of the key with which the customer's server signs who a visitor is: PEM, P-256. */
  identityKey: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(limits.identityKeyLength))),
});
export type SiteEdit = v.InferOutput<typeof SiteEdit>;
/** `basedOn` is the `edition` that was changed: where another one holds by now, nothing of that is overwritten. */
export const SiteChange = v.strictObject({
  ...SiteEdit.entries,
  basedOn: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
});
export type SiteChange = v.InferOutput<typeof SiteChange>;
export interface SiteShown extends SiteEdit {
  readonly siteId: SiteId;
  /** Of all that can be edited: another one with every change. */
  readonly edition: string;
  readonly siteKey: SiteKey;
  /** The one script tag to paste. */
  readonly snippet: string;
  readonly noticeVersion: number | undefined;
  readonly surveyVersion: number | undefined;
}

/** `GET|POST /api/sites/:siteId/surveys`. */
export const SurveyCreate = SurveyForm;
export type { SurveyVersion };

/**
 * `GET /api/agents`, `POST /api/agents` (invites), `PUT /api/agents/:agentId`, `POST /api/agents/:agentId/link`: a new
 * one-time link, with which the password of before and every session end.
 */
export const AgentInvite = v.strictObject({
  email: Email,
  displayName: v.optional(personName(limits.nameLength)),
  roles: v.pipe(v.array(Role), v.minLength(1)),
  /** Country of work: a fact that an officer states. Unknown refuses. */
  country: Country,
  /** For whom they work, as contracts name it; missing: the customer itself. */
  employer: v.optional(personText(200)),
  siteIds: v.array(SiteId),
});
export const AgentEdit = v.strictObject({
  displayName: personName(limits.nameLength),
  roles: v.pipe(v.array(Role), v.minLength(1)),
  country: Country,
  employer: v.optional(personText(200)),
  siteIds: v.array(SiteId),
  disabled: v.boolean(),
});
export interface AgentShown {
  readonly agentId: AgentId;
  readonly email: string;
  readonly displayName: string | undefined;
  readonly roles: readonly Role[];
  readonly country: string | undefined;
  /** As stated last; `POST /api/agents/:agentId/employer-approval` by another officer than who stated it. */
  readonly employer: string | undefined;
  /** Until it is confirmed nothing covers them that names an organisation; `approval`: who reads this may. */
  readonly employerWaits?: 'approval' | 'otherOfficer';
  /** An officer who was let in lately: before this they settle nothing that takes two people. */
  readonly settlesFrom?: number;
  readonly siteIds: readonly SiteId[];
  readonly state: 'invited' | 'active' | 'disabled';
  /** When they promised secrecy, in whatever words were asked for then. */
  readonly pledgedAt: number | undefined;
  /** When they are erased, unless that is called off. */
  readonly eraseAfter?: number;
}
export interface AgentInvited {
  readonly agent: AgentShown;
  /** The one-time link, shown once: `<console>/enrol#<secret>`. */
  readonly enrolUrl: string;
}

/** `GET /api/engagements?before=<ms>&phase=...&search=...`: newest first, 50 at a time. */
export interface EngagementListed {
  readonly engagementId: EngagementId;
  readonly siteName: string;
  readonly phase: EngagementPhase;
  readonly requestedAt: number;
  readonly endedAt: number | undefined;
  readonly visitorName: string | undefined;
  readonly topic: string | undefined;
  readonly agentName: string | undefined;
  readonly lines: number;
  readonly rating: number | undefined;
  readonly erased: boolean;
}

/** `GET /api/engagements/:engagementId`: everything that is held of it, each row with its basis. */
export interface EngagementRecord extends EngagementListed {
  /** What the visitor said of themselves, if anything. */
  readonly introduction:
    | {
        readonly visitorName: string | undefined;
        readonly topic: string | undefined;
        readonly confirmedAs: string | undefined;
        readonly basis: BasisShown;
      }
    | undefined;
  readonly transcript: readonly (ChatLine & {
    readonly senderName: string | undefined;
    readonly basis: BasisShown;
  })[];
  readonly survey:
    | (SurveyAnswers & {
        readonly form: SurveyForm;
        readonly at: number;
        readonly basis: BasisShown;
        /** The answers are in the customer's own store, and are not shown here. */
        readonly held?: true;
      })
    | undefined;
  /** Since when it is stored and nothing more, for officers alone. */
  readonly restrictedAt: number | undefined;
  /** Whose store keeps the words and the answers; undefined while they are kept here. */
  readonly heldBy: string | undefined;
  /** What the agents are called who are named by their numbers. */
  readonly agentNames?: Readonly<Record<string, string>>;
  readonly metadata: readonly {
    readonly kind: string;
    readonly at: number;
    readonly fields: Record<string, string | number | boolean>;
    readonly basis: BasisShown;
    /** Of who took part: under which they read what is written. */
    readonly reading?: BasisShown;
  }[];
  readonly keptUntil: { readonly transcript: number; readonly survey: number; readonly metadata: number };
}

/** `GET /api/engagements/:engagementId/lines?after=N`: for the agent's own running engagements. */
export interface AgentLines {
  readonly lines: readonly ChatLine[];
}

/** `GET /api/audit?before=<number>`: who did what. */
export interface AuditListed {
  /** Its place in the chain: `?before` asks for those in front of it. */
  readonly number: number;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
}

/** `GET /api/audit/check`: whether the trail, a chain of hashes, is as it was written. */
export interface AuditCheck {
  readonly entries: number;
  readonly holds: boolean;
}

/** `GET /api/proof`: public; the newest proof that nothing is stored, in one line; `/proof` says the rest. */
export type ProofSummary =
  | { readonly state: 'none' | 'broken' }
  | {
      readonly state: 'signed';
      readonly date: string;
      readonly form: 'short' | 'full';
      readonly result: 'clean' | 'partial' | 'violated';
    };

/** `GET /api/installation`: public; what the sign-in page must know. */
export interface Installation {
  readonly signUp: 'open' | 'code' | 'closed';
  readonly anyCustomer: boolean;
  /** The day of the findings on transfers that came with this version: setting up confirms them. */
  readonly register: string;
  readonly calls: CallAvailability;
  readonly storage: StorageState;
  readonly replayOrigin: string;
  readonly languages: readonly Language[];
  readonly version: string;
}
