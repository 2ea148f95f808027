/** What the customer has concluded with whoever runs the installation for it (Art. 28): without it nothing new begins. */

import * as v from 'valibot';
import { personText } from '../chat.js';
import { Day } from '../day.js';

/**
 * `GET|POST /api/agreements`; `POST …/:agreementId/approval` by another officer, which replaces the one before;
 * `DELETE …/:agreementId` ends it. Whoever runs the installation can confirm it as well, on its machine.
 */
export const AgreementCreate = v.strictObject({
  /** What the text that was signed is called, so that another one shows. */
  version: personText(64),
  /** Both parties, by the names under which they signed. */
  controller: personText(200),
  processor: personText(200),
  signedOn: Day,
  /** The last day on which it holds; without one it holds until it is ended or replaced. */
  validUntil: v.exactOptional(Day),
});
export type AgreementCreate = v.InferOutput<typeof AgreementCreate>;

export type AgreementState = 'waiting' | 'inForce' | 'expiring' | 'expired' | 'replaced' | 'ended';

export interface AgreementShown extends AgreementCreate {
  readonly agreementId: string;
  /** `expiring`: in force for thirty more days at most. */
  readonly state: AgreementState;
  readonly recordedBy: string;
  /** Another officer, or somebody who runs the installation. */
  readonly confirmedBy: string | undefined;
  readonly confirmedAt: number | undefined;
  /** The reader recorded it, so somebody else has to confirm. */
  readonly own: boolean;
  readonly endedAt: number | undefined;
}
