/** What became of one entry inside a batch. */

import type { JournalAck } from '@alongside/engagement';
import { type RefusalCode, refuse } from '@alongside/protocol';

/** A line that the customer's own store has to take first: under which number, and where that is. */
export interface Undelivered {
  readonly undelivered: { readonly tenantId: string; readonly recipientId: string; readonly number: number };
}

/** What a line was delivered as. */
export interface Delivery {
  readonly deliveredAs?: number;
}

export type Acked = Extract<JournalAck, { ok: true }>;

export type Written = JournalAck | Undelivered;

/** Committed, and nobody writes it up: who has it on their desk is told once this is answered. */
export type ClosedByEnd = Acked & { readonly outOfSight: true };

export type EntryResult =
  | Written
  | ClosedByEnd
  /** The decisions that covered the engagement are over: they are made anew, and the entry is tried again. */
  | { readonly uncovered: true };

export function refused(code: RefusalCode, detail?: string): JournalAck {
  return refuse(code, detail);
}
