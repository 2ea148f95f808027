/** What became of one entry inside a batch. */

import type { JournalAck } from '@alongside/engagement';
import { type RefusalCode, refuse } from '@alongside/protocol';

export type EntryResult =
  | JournalAck
  /** The decisions that covered the engagement are over: they are made anew, and the entry is tried again. */
  | { readonly uncovered: true };

export function refused(code: RefusalCode, detail?: string): JournalAck {
  return refuse(code, detail);
}
