/** Experts who are invited into one call by a link: what the lead's console and the expert's own page ask. */

import * as v from 'valibot';
import { personName } from '../chat.js';
import type { AgentId, EngagementId } from '../ids.js';
import { Secret256 } from '../ids.js';
import { limits } from '../limits.js';
import type { BasisShown } from './transfer-basis.js';

/** `GET|POST /api/engagements/:engagementId/experts`; `POST …/experts/:expertId/revoke`. */
export const ExpertInvite = v.strictObject({
  displayName: personName(limits.expertNameLength),
  /** For whom they work: one of those that are shown, as contracts name it. */
  organisation: personName(limits.organisationLength),
  /** Where they work from: who joins from there has what is said shown to them there. */
  country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)),
});
export type ExpertInvite = v.InferOutput<typeof ExpertInvite>;

/** The link is told this once, and kept nowhere. */
export interface ExpertInvited {
  readonly expertId: AgentId;
  readonly link: string;
  readonly expiresAt: number;
}

export interface ExpertsShown {
  /** The site lets experts be invited. */
  readonly mayInvite: boolean;
  /** The customer's own, and those that two officers approved: nobody comes from another. */
  readonly organisations: readonly { readonly name: string; readonly country: string | null }[];
  /** Links that nobody has used yet. */
  readonly open: readonly {
    readonly expertId: AgentId;
    readonly displayName: string;
    readonly organisation: string;
    readonly expiresAt: number;
  }[];
}

/** `POST /api/experts/look` -> ExpertLooked, as often as one likes; `POST /api/experts/join` -> ExpertJoined, once. */
export const ExpertLook = v.strictObject({ secret: Secret256 });

/** Why a link is good no more: the `detail` of `expired`. */
export const expertLinkEnds = ['used', 'revoked', 'tooLate', 'callEnded', 'switchedOff'] as const;
export type ExpertLinkEnd = (typeof expertLinkEnds)[number];

export interface ExpertLooked {
  readonly engagementId: EngagementId;
  readonly invitedBy: string;
  /** Who answers for what is done with the data of both. */
  readonly customerName: string;
  readonly siteName: string;
  readonly displayName: string;
  readonly organisation: string;
  readonly country: string;
  /** Where the facts of their presence are kept, and for how many months. */
  readonly storageCountry: string;
  readonly months: number;
  readonly basis: BasisShown;
  readonly expiresAt: number;
}

export interface ExpertJoined {
  readonly ticket: string;
  readonly liveUrl: string;
}
