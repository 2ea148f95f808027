/** What a happening leads to: a new state, something to commit first, or a refusal. */

import type { EngagementChange, Refusal, RefusalCode } from '@alongside/protocol';
import type { Engagement } from './engagement.js';
import type { JournalEntry } from './journal.js';

type Draft<E> = E extends unknown ? Omit<E, 'entryId' | 'engagementId' | 'at'> : never;

/** A journal entry without what the runner adds: its id, the engagement and the time. */
export type EntryDraft = Draft<JournalEntry>;

/** What the acknowledgement of committed entries says. */
export interface Committed {
  /** The ledger's version with them. */
  readonly version: number;
  /** The number of the first of them, for a consent. */
  readonly entry: number;
  /** What was asked to be committed before; without it nothing but that it was committed is known. */
  readonly entries?: readonly EntryDraft[];
}

export interface Moment {
  readonly now: number;
  /** Present when the entries that the happening asked to commit are committed. */
  readonly committed?: Committed;
}

export type Outcome =
  | {
      readonly kind: 'moved';
      readonly next: Engagement;
      readonly changes: readonly EngagementChange[];
      /** What took effect and is reported afterwards. */
      readonly reports: readonly EntryDraft[];
    }
  /** Nothing has changed yet: commit these, then ask again with the acknowledgement on the then-current state. */
  | { readonly kind: 'commit'; readonly entries: readonly EntryDraft[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function refused(code: RefusalCode): Outcome {
  return { kind: 'refused', refusal: { code } };
}

/** A step to `next`, whose version is raised by one for each change that is told. */
export function moved(
  next: Engagement,
  changes: readonly EngagementChange[],
  reports: readonly EntryDraft[] = [],
): Outcome {
  const version = next.version + Math.max(1, changes.length);
  return { kind: 'moved', next: { ...next, version }, changes, reports };
}

/** The happening has taken place before: the caller gets its answer and nothing changes. */
export function unchanged(engagement: Engagement): Outcome {
  return { kind: 'moved', next: engagement, changes: [], reports: [] };
}
