/** What officers and `records` say to each other about what a customer has signed, and transfers rest on. */

import * as v from 'valibot';
import { personText } from '../chat.js';
import { Day } from '../day.js';
import type { SiteId } from '../ids.js';
import { instrumentCodes } from './transfer-basis.js';

const Country = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/));

/** `GET|POST /api/contracts`: clauses, their national forms and binding rules that the customer has signed. */
export const ContractCreate = v.strictObject({
  module: v.picklist(instrumentCodes),
  importerCountry: Country,
  importerName: personText(200),
  reference: personText(200),
  /** Where what was signed can be looked at. */
  source: personText(200),
  signedOn: Day,
  validUntil: v.optional(Day),
  annexesComplete: v.boolean(),
  /** Of the law of the importer's country; no transfer rests on the contract without one. */
  assessment: v.optional(
    v.strictObject({
      conclusion: v.picklist(['ok', 'okWithMeasures', 'notOk']),
      assessedOn: Day,
      reviewDue: Day,
    }),
  ),
  /** The one in force that ends when this is approved. */
  replaces: v.optional(v.pipe(v.string(), v.uuid())),
});
export type ContractCreate = v.InferOutput<typeof ContractCreate>;
export interface ContractShown extends ContractCreate {
  readonly contractId: string;
  /** Since when transfers may rest on it: a second officer has approved it (`POST …/:contractId/approval`). */
  readonly approvedAt: number | undefined;
  /** The reader recorded it, so somebody else has to approve. */
  readonly own: boolean;
  /** No transfer rests on it any more. */
  readonly endedAt: number | undefined;
  /** The day on which somebody last looked at the source. */
  readonly verifiedAt: string;
}

/** `POST /api/contracts/:contractId/verification`: it was looked at again today, where it is now. */
export const ContractVerify = v.strictObject({ source: personText(200) });
export type ContractVerify = v.InferOutput<typeof ContractVerify>;

/** `GET /api/contracts/:contractId/effect`: what its end would end. `DELETE /api/contracts/:contractId` ends it. */
export interface ContractEffect {
  /** Sites of which somebody could no longer be shown anything, or nothing more could be kept. */
  readonly sites: readonly {
    readonly siteId: SiteId;
    readonly name: string;
    /** People who lose what they may see of it. */
    readonly agents: number;
    /** Nothing of its visitors could be kept: it would take no new conversation. */
    readonly closes: boolean;
  }[];
  /** Conversations that would end at once, and how many of their pages are being watched. */
  readonly engagements: number;
  readonly views: number;
}
