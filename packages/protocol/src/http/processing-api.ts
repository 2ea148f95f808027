/** `GET /api/processing-record`: the record of processing and what an impact assessment begins with, as one document. */

import type { AgreementCreate } from './agreement-api.js';
import type { ContractCreate } from './contract-api.js';
import type { RecipientShown } from './recipient-api.js';
import type { BasisCode } from './transfer-basis.js';

export type LegalBasis = '6(1)(b)' | '6(1)(c)' | '6(1)(f)';

/** Why a legitimate interest is not outweighed by those of visitors (Art. 6(1)(f)), by version. */
export interface InterestAssessment {
  readonly version: string;
  readonly interest: string;
  readonly necessity: string;
  readonly balance: string;
}

/** `GET /v1/privacy/bases`, for everybody: on which ground each category is kept, and what comes of not giving it. */
export interface BasisOfPurpose {
  readonly category: 'transcript' | 'survey' | 'metadata' | 'case';
  readonly purpose: 'conversation' | 'feedback' | 'accountability' | 'rights';
  readonly legalBasis: LegalBasis;
  readonly mandatory: boolean;
  readonly consequence: string;
  readonly interest?: InterestAssessment;
}

export interface ProcessingActivity {
  readonly dataClass: 'transcript' | 'survey' | 'metadata' | 'case';
  readonly purpose: 'conversation' | 'feedback' | 'accountability' | 'rights';
  /** Whose data. */
  readonly of: 'visitors';
  /** Of the General Data Protection Regulation: exactly one. */
  readonly legalBasis: LegalBasis;
  /** Of a legitimate interest. */
  readonly interest?: InterestAssessment;
  /** Every column that there is, and what it is for. */
  readonly categories: readonly { readonly table: string; readonly column: string; readonly what: string }[];
  readonly sources: readonly string[];
  readonly keptMonths: number;
  readonly countsFrom: 'endOfEngagement' | 'endOfCase';
}

export interface ProcessingRecord {
  readonly format: 'alongside-processing-record/1';
  readonly madeAt: number;
  readonly controller: { readonly name: string; readonly country?: string; readonly contact?: string };
  /** In force with whoever runs the installation (Art. 28); none: nothing new begins. */
  readonly agreement?: AgreementCreate;
  readonly storageCountry: string;
  readonly activities: readonly ProcessingActivity[];
  readonly recipients: readonly Pick<
    RecipientShown,
    'name' | 'country' | 'role' | 'purpose' | 'dataClasses' | 'contractReference' | 'active'
  >[];
  /** Of sites that let experts be invited into calls: who hears and sees these while they run, from which organisations. */
  readonly experts?: {
    readonly sites: readonly string[];
    readonly receive: 'soundAndPictureOfCalls';
    readonly organisations: readonly string[];
  };
  readonly transfers: readonly {
    readonly dataClass: string;
    readonly access: string;
    readonly fromCountry: string;
    readonly toCountry: string;
    readonly basis: BasisCode;
    readonly reference?: string;
  }[];
  readonly contracts: readonly Pick<
    ContractCreate,
    'module' | 'importerName' | 'importerCountry' | 'reference' | 'signedOn'
  >[];
  readonly measures: readonly string[];
  /** Nobody is scored, and nothing is decided about anybody (Art. 22). */
  readonly automatedDecisions: false;
  readonly assessment: readonly {
    readonly name: string;
    readonly visitorCountries: readonly string[];
    readonly text: 'masked' | 'shown';
    readonly nets: readonly string[];
    readonly allowedSelectors: number;
    readonly blockedPages: number;
    readonly agentsClick: 'everywhere' | 'marked';
    readonly contentKept: 'here' | 'atCustomer';
  }[];
}
