/**
 * What is said of a person's rights: the visitor's page under `/v1`, with the return secret or with the key of one
 * case in `authorization: Case <caseId>.<key>`; the officers of the customer under `/api/rights`.
 */

import * as v from 'valibot';
import { personText } from '../chat.js';
import { Day } from '../day.js';
import { EngagementId, SiteId, SiteKey } from '../ids.js';
import { Language } from '../language.js';

export const rightsKinds = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'consentWithdrawal',
  'complaint',
  'minor',
] as const;
export type RightsKind = (typeof rightsKinds)[number];

export const caseStates = [
  'received',
  'identityCheck',
  'referred',
  'inProgress',
  'answered',
  'executed',
  'closed',
] as const;
export type CaseState = (typeof caseStates)[number];

/** How somebody showed that the data are theirs; never a copy of an identity document. */
export const identityMeans = ['returnSecret', 'mailLoop', 'customerSignIn', 'knownFacts'] as const;
export type IdentityMeans = (typeof identityMeans)[number];

/** Why a request may be refused, wholly or in part: a closed list, each with the law it rests on. */
export const refusalGrounds = [
  'identityNotShown',
  'nothingHeld',
  'rightsOfOthers',
  'legalObligation',
  'legalClaims',
  'manifestlyUnfounded',
  'notLegitimateInterest',
  'wouldFalsify',
] as const;
export type RefusalGround = (typeof refusalGrounds)[number];

export const caseOutcomes = ['granted', 'partial', 'refused'] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

export const purposes = ['conversation', 'feedback', 'accountability', 'rights'] as const;
const Purpose = v.picklist(purposes);
export type RecordPurpose = v.InferOutput<typeof Purpose>;

const CaseText = personText(2000);
const Contact = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.email(), v.maxLength(254));

/** `POST /v1/engagements/cases` with the return secret -> CaseOpened. */
export const CaseStart = v.strictObject({
  kind: v.picklist(rightsKinds),
  details: v.exactOptional(CaseText),
  contact: v.exactOptional(Contact),
  /** What is objected to; wanted for an objection. */
  objectsTo: v.exactOptional(Purpose),
  /** In which whoever asks is answered; without it that of the conversation. */
  language: v.exactOptional(Language),
});
export type CaseStart = v.InferOutput<typeof CaseStart>;

/** `POST /v1/rights/referrals`: by somebody who kept no receipt, naming the customer by its site -> CaseOpened. */
export const CaseReferral = /* @__PURE__ */ (() =>
  v.strictObject({
    ...CaseStart.entries,
    siteKey: SiteKey,
    contact: Contact,
    engagementId: v.exactOptional(EngagementId),
  }))();
export type CaseReferral = v.InferOutput<typeof CaseReferral>;

/** `POST /api/rights`: what came by letter or mail, as an officer writes it down -> CaseRecorded. */
export const CaseRecord = /* @__PURE__ */ (() =>
  v.strictObject({
    ...CaseStart.entries,
    siteId: SiteId,
    /** From when its time counts. */
    receivedOn: Day,
    engagementId: v.exactOptional(EngagementId),
  }))();
export type CaseRecord = v.InferOutput<typeof CaseRecord>;
export interface CaseRecorded {
  readonly caseId: string;
}

export interface CaseOpened {
  readonly caseId: string;
  /** Opens this case again for as long as it is kept; shown once. */
  readonly caseKey: string;
  readonly seen: CaseSeen;
}

/** `GET /v1/rights/case` with the key of the case: what the person who asked is told of it. */
export interface CaseSeen {
  readonly caseId: string;
  readonly kind: RightsKind;
  readonly state: CaseState;
  readonly controller: string;
  readonly contact: string;
  /** Where to complain, whatever is answered. */
  readonly redress: string;
  readonly receivedAt: number;
  readonly dueAt: number;
  /** Why it takes longer than a month. */
  readonly extended: { readonly until: number; readonly justification: string } | undefined;
  readonly identityConfirmed: boolean;
  readonly answer: CaseAnswerShown | undefined;
  /** What was granted to go and is kept for now, by which law and until when at most; then it goes by itself. */
  readonly held: { readonly law: string; readonly until: number } | undefined;
  readonly closedAt: number | undefined;
}

export interface CaseAnswerShown {
  readonly outcome: CaseOutcome;
  readonly at: number;
  readonly text: string;
  readonly ground: RefusalGround | undefined;
  readonly law: string | undefined;
  readonly redress: string | undefined;
}

/** `GET /api/rights`: the officers' work, what is due first at the top. */
export interface CaseListed {
  readonly caseId: string;
  readonly kind: RightsKind;
  readonly state: CaseState;
  readonly cameBy: 'receipt' | 'referral' | 'letter';
  readonly receivedAt: number;
  /** The next date that must not pass; none once there is nothing left to do. */
  readonly nextDue: CaseDue | undefined;
  readonly late: boolean;
  readonly missing: readonly CaseMissing[];
  readonly engagementId: EngagementId | undefined;
}

export const caseClocks = ['answer', 'firstReply', 'referral', 'supportPack', 'execution'] as const;
export type CaseClock = (typeof caseClocks)[number];

export interface CaseDue {
  readonly clock: CaseClock;
  readonly at: number;
}

/** What a case waits for, as catalogue codes. */
export const caseMissings = ['identity', 'engagement', 'take', 'answer', 'execution', 'close'] as const;
export type CaseMissing = (typeof caseMissings)[number];

export const caseActs = [
  'name',
  'askIdentity',
  'confirmIdentity',
  'take',
  'extend',
  'answer',
  'execute',
  'close',
] as const;
export type CaseActName = (typeof caseActs)[number];

/** `GET /api/rights/:caseId`. */
export interface CaseShown extends CaseListed {
  readonly contact: string | undefined;
  readonly details: string | undefined;
  readonly objectsTo: RecordPurpose | undefined;
  readonly identity: IdentityMeans | undefined;
  readonly pausedSince: number | undefined;
  readonly extended: CaseSeen['extended'];
  readonly answer: CaseAnswerShown | undefined;
  readonly held: CaseSeen['held'];
  readonly executedAt: number | undefined;
  readonly closedAt: number | undefined;
  readonly due: readonly CaseDue[];
  readonly mayDo: readonly CaseActName[];
  readonly grounds: readonly RefusalGround[];
  readonly history: readonly {
    readonly number: number;
    readonly at: number;
    readonly actor: string;
    readonly happening: string;
    readonly detail: string | undefined;
  }[];
  /** Whether each entry of the history is as it was written, and none is missing. */
  readonly historyHolds: boolean;
}

/** `POST /api/rights/:caseId/acts` -> CaseShown. */
export const CaseAct = v.variant('act', [
  /** Which engagement it is about, where who asked did not know. */
  v.strictObject({ act: v.literal('name'), engagementId: EngagementId }),
  v.strictObject({ act: v.literal('askIdentity'), reason: CaseText }),
  v.strictObject({ act: v.literal('confirmIdentity'), means: v.picklist(identityMeans) }),
  v.strictObject({ act: v.literal('take') }),
  v.strictObject({ act: v.literal('extend'), justification: CaseText }),
  v.strictObject({
    act: v.literal('answer'),
    outcome: v.picklist(caseOutcomes),
    text: personText(4000),
    ground: v.exactOptional(v.picklist(refusalGrounds)),
  }),
  v.strictObject({ act: v.literal('execute') }),
  v.strictObject({ act: v.literal('close') }),
]);
export type CaseAct = v.InferOutput<typeof CaseAct>;

/** `GET|POST /api/holds`, `DELETE /api/holds/:holdId`: what must not be purged or erased, for which case, until when. */
export const HoldCreate = v.strictObject({
  engagementId: EngagementId,
  caseReference: personText(64),
  law: personText(120),
  until: Day,
});
export type HoldCreate = v.InferOutput<typeof HoldCreate>;
export interface HoldShown {
  readonly holdId: string;
  readonly engagementId: EngagementId;
  readonly caseReference: string;
  readonly law: string;
  /** Placed after the backup that was restored: its case and its law were in what was lost. */
  readonly isRestored: boolean;
  readonly placedAt: number;
  readonly until: number;
  readonly liftedAt: number | undefined;
}

export const rightsPaths = {
  open: '/v1/engagements/cases',
  refer: '/v1/rights/referrals',
  look: '/v1/rights/case',
  export: '/v1/rights/export',
  csv: '/v1/engagements/export.csv',
  exportCsv: '/v1/rights/export.csv',
  schema: '/v1/rights/export-schema',
  bases: '/v1/privacy/bases',
  storage: '/v1/privacy/storage',
  words: '/v1/privacy/words/:version',
  transferWords: '/v1/privacy/transfer-words/:version',
} as const;
