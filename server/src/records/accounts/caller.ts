/** Who asks: a person of a customer whose access token was checked and whose account was just read. */

import type { Role } from '@alongside/protocol';

export interface Caller {
  /** Before the account was read: what changed later is not in this. */
  readonly readAt: number;
  readonly personId: string;
  readonly tenantId: string;
  readonly displayName: string;
  readonly country: string | undefined;
  /** For whom they work; undefined: the customer itself. */
  readonly employer: string | undefined;
  /** Runs the service, and is nobody of the customer’s: what they are shown is support. */
  readonly operates?: true;
  readonly roles: readonly Role[];
  /** Without it nothing is answered but the promise itself. */
  readonly hasPledged: boolean;
  readonly siteIds: readonly string[];
}
