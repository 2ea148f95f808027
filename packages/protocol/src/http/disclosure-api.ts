/** What authorities demand, as the console keeps it: nothing is handed out before two officers have approved it. */

import * as v from 'valibot';
import { personText } from '../chat.js';
import { Day } from '../day.js';
import { EngagementId } from '../ids.js';
import type { VisitorExport } from './visitor-api.js';

/** `ownLaw`: of the law that binds the customer itself; an order of another country alone is no ground (Art. 48). */
export const disclosureGrounds = [
  'ownLaw',
  'treaty',
  'legalClaims',
  'publicInterest',
  'vitalInterests',
] as const;
export const disclosureStates = ['received', 'approvedOnce', 'approved', 'disclosed', 'refused'] as const;

/** `GET|POST /api/disclosures`; `POST …/:disclosureId/approval`; `POST …/:disclosureId/package` hands it out. */
export const DisclosureCreate = v.strictObject({
  authority: personText(200),
  country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)),
  /** The order, as the authority names it. */
  instrument: personText(200),
  ground: v.picklist(disclosureGrounds),
  /** The law or treaty that it rests on. */
  groundReference: v.exactOptional(personText(200)),
  scope: personText(1000),
  engagementIds: v.pipe(v.array(EngagementId), v.maxLength(100)),
  receivedOn: Day,
  /** Whoever is concerned is told on this day; or why that is forbidden. One of both is wanted before it is handed out. */
  tellsOn: v.exactOptional(Day),
  silenceReason: v.exactOptional(personText(400)),
});
export type DisclosureCreate = v.InferOutput<typeof DisclosureCreate>;

/** `POST …/:disclosureId/refusal`: what the authority was answered instead. */
export const DisclosureRefuse = v.strictObject({ outcome: personText(1000) });

/** `POST …/:disclosureId/receipt`: what stands at the end of a package. Whoever has it has all of it: it is handed out. */
export const DisclosureReceipt = v.strictObject({ receipt: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)) });
export interface DisclosurePackage extends v.InferOutput<typeof DisclosureReceipt> {
  readonly disclosureId: string;
  readonly held: readonly VisitorExport[];
}

export interface DisclosureShown extends DisclosureCreate {
  readonly disclosureId: string;
  readonly state: (typeof disclosureStates)[number];
  readonly approvals: readonly { readonly by: string; readonly own: boolean; readonly at: number }[];
  /** When an officer said that those concerned had been told. */
  readonly toldAt?: number;
  /**
   * Handing out was begun, and nobody has said that it came whole; `again`: who reads this may begin once more; `spent`:
   * nobody may, until two have approved anew.
   */
  readonly begun?: { readonly at: number; readonly again: boolean; readonly spent: boolean };
  readonly outcome: string | undefined;
  readonly closedAt: number | undefined;
  /** Its history, a chain of hashes, is as it was written. */
  readonly holds: boolean;
}

/** `GET /api/disclosures/report`: counts by year, country and outcome, for a report that names nobody. */
export interface DisclosureCounted {
  readonly year: number;
  readonly country: string;
  readonly demanded: number;
  /** Handing out was begun, and nobody has said that it came whole. */
  readonly begun: number;
  readonly disclosed: number;
  readonly refused: number;
  readonly engagements: number;
}
