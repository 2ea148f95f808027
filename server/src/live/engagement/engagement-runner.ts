/**
 * Lets happenings happen. What gives (a grant, a lease, an acceptance, an end) is committed before it takes
 * effect, one after the other for each engagement; what takes away overtakes them and is reported afterwards.
 */

import { randomUUID } from 'node:crypto';
import type {
  Clock,
  Committed,
  Engagement,
  EntryDraft,
  Happening,
  HappeningOf,
  JournalAck,
  JournalEntry,
  Outcome,
} from '@alongside/engagement';
import { nextDeadline, transition, undo } from '@alongside/engagement';
import type { EngagementChange, EngagementId, Reply } from '@alongside/protocol';
import { accept, refuse } from '@alongside/protocol';
import type { JournalClient } from '../journal/journal-client.js';
import type { EngagementDirectory } from './engagement-directory.js';

export interface Move {
  readonly before: Engagement;
  readonly after: Engagement;
  readonly changes: readonly EngagementChange[];
}

export interface RunnerDeps {
  readonly directory: EngagementDirectory;
  readonly journal: Pick<JournalClient, 'append' | 'report' | 'takesAppends'>;
  readonly clock: Clock;
  /** Told in the same turn in which the state changes, so that nothing slips through in between. */
  onMoved(move: Move): void;
}

export class EngagementRunner {
  readonly #deps: RunnerDeps;
  readonly #lanes = new Map<EngagementId, Promise<unknown>>();
  /** Lease numbers that were tried, so that one that failed is never used again. */
  readonly #leases = new Map<EngagementId, number>();

  constructor(deps: RunnerDeps) {
    this.#deps = deps;
  }

  /** Lets it happen, after its commit where it has one. */
  async run(engagementId: EngagementId, happening: Happening): Promise<Reply<Engagement>> {
    const first = this.#try(engagementId, happening);
    if (first.kind === 'refused') return { ok: false, refusal: first.refusal };
    if (first.kind === 'moved') return this.#move(engagementId, first);
    return this.#inLane(engagementId, () => this.#commitThenMove(engagementId, happening));
  }

  /** Lets something happen that needs no commit, at once. */
  runNow(engagementId: EngagementId, happening: Happening): Reply<Engagement> {
    const outcome = this.#try(engagementId, happening);
    if (outcome.kind === 'refused') return { ok: false, refusal: outcome.refusal };
    if (outcome.kind === 'commit') throw new TypeError('This happening has to be committed first.');
    return this.#move(engagementId, outcome);
  }

  /** As `run`, for a lease, whose number is chosen here. */
  grantControl(
    engagementId: EngagementId,
    granted: Omit<HappeningOf<'grantControl'>, 'type' | 'lease'>,
  ): Promise<Reply<Engagement>> {
    const lease = this.#nextLease(engagementId);
    return this.run(engagementId, { type: 'grantControl', ...granted, lease });
  }

  /** As `run`, for a view, with which something may be lent as well. */
  grantView(
    engagementId: EngagementId,
    granted: Omit<HappeningOf<'grantView'>, 'type' | 'lease'>,
  ): Promise<Reply<Engagement>> {
    const engagement = this.#deps.directory.get(engagementId);
    const view = engagement?.phase === 'active' ? engagement.view : undefined;
    const lends = view?.state === 'asked' && view.kinds.length > 0;
    const lease = lends ? this.#nextLease(engagementId) : 0;
    return this.run(engagementId, { type: 'grantView', ...granted, lease });
  }

  /** Puts an engagement into memory, or replaces what a newer ledger corrects. */
  adopt(engagement: Engagement, reports: readonly EntryDraft[]): void {
    const before = this.#deps.directory.get(engagement.engagementId);
    if (before === engagement) return;
    this.#deps.directory.set(engagement);
    this.#report(engagement.engagementId, reports);
    const changes: EngagementChange[] = ['session:synchronised'];
    this.#deps.onMoved({ before: before ?? engagement, after: engagement, changes });
  }

  /** The ledger is known to be at least at this version: older tickets cannot change what is in memory. */
  noticeVersion(engagementId: EngagementId, version: number): void {
    const engagement = this.#deps.directory.get(engagementId);
    if (engagement === undefined || engagement.ledgerVersion >= version) return;
    this.#deps.directory.set({ ...engagement, ledgerVersion: version });
  }

  /** Applies what is due by now. */
  async runDue(engagementId: EngagementId): Promise<void> {
    // A bound, since a rule that leaves its own deadline in place must not hold up the others for ever.
    for (let step = 0; step < 8; step += 1) {
      const engagement = this.#deps.directory.get(engagementId);
      const deadline = engagement && nextDeadline(engagement);
      if (deadline === undefined || deadline.at > this.#deps.clock.now()) return;
      const done = await this.run(engagementId, deadline.happening);
      if (!done.ok) return;
    }
  }

  /** The engagement leaves memory. */
  forget(engagementId: EngagementId): void {
    this.#deps.directory.delete(engagementId);
    this.#lanes.delete(engagementId);
    this.#leases.delete(engagementId);
  }

  /** Completes a draft and reports it: it took effect already. */
  report(engagementId: EngagementId, draft: EntryDraft): void {
    this.#deps.journal.report(this.entry(engagementId, draft));
  }

  /** Writes something down that changes no state, and answers once it is committed. */
  async commit(engagementId: EngagementId, draft: EntryDraft): Promise<JournalAck> {
    if (!this.#deps.journal.takesAppends) return refuse('storageUnavailable');
    return this.#deps.journal.append(this.entry(engagementId, draft));
  }

  entry(engagementId: EngagementId, draft: EntryDraft): JournalEntry {
    return { ...draft, entryId: randomUUID(), engagementId, at: this.#deps.clock.now() };
  }

  #nextLease(engagementId: EngagementId): number {
    const last = this.#deps.directory.get(engagementId)?.lastLease ?? 0;
    const lease = Math.max(last, this.#leases.get(engagementId) ?? 0) + 1;
    this.#leases.set(engagementId, lease);
    return lease;
  }

  #try(engagementId: EngagementId, happening: Happening, committed?: Committed): Outcome {
    const engagement = this.#deps.directory.get(engagementId);
    if (engagement === undefined) return { kind: 'refused', refusal: { code: 'notFound' } };
    const now = this.#deps.clock.now();
    return transition(engagement, happening, committed === undefined ? { now } : { now, committed });
  }

  #move(engagementId: EngagementId, outcome: Extract<Outcome, { kind: 'moved' }>): Reply<Engagement> {
    const before = this.#deps.directory.get(engagementId);
    if (before === undefined) return refuse('notFound');
    const { next: after, changes, reports } = outcome;
    if (after === before) return accept(before);
    this.#deps.directory.set(after);
    this.#report(engagementId, reports);
    this.#deps.onMoved({ before, after, changes });
    return accept(after);
  }

  async #commitThenMove(engagementId: EngagementId, happening: Happening): Promise<Reply<Engagement>> {
    // Those before it in the lane may have changed the state since it was first tried.
    const outcome = this.#try(engagementId, happening);
    if (outcome.kind === 'refused') return { ok: false, refusal: outcome.refusal };
    if (outcome.kind === 'moved') return this.#move(engagementId, outcome);
    if (!this.#deps.journal.takesAppends) return refuse('storageUnavailable');
    const { entries } = outcome;
    const takesBack = undo(entries);
    const late = takesBack.length > 0 ? undefined : this.#takeEffectLate(engagementId, happening);
    const acks = await Promise.all(
      entries.map((draft) => this.#deps.journal.append(this.entry(engagementId, draft), late)),
    );
    const failed = acks.find((ack) => !ack.ok);
    if (failed !== undefined && !failed.ok) {
      // Whether a part of it was or will be committed is unknown or mixed: the ledger may not keep a grant.
      const unknown = acks.some((ack) => ack.ok || ack.refusal.code === 'storageUnavailable');
      if (unknown) this.#report(engagementId, takesBack);
      return failed;
    }
    const settled = this.#settle(engagementId, happening, acks, entries);
    if (!settled.ok) this.#report(engagementId, takesBack);
    return settled;
  }

  /** During the commit anything may have happened: the rules are asked again on the state of now. */
  #settle(
    engagementId: EngagementId,
    happening: Happening,
    acks: readonly JournalAck[],
    entries: readonly EntryDraft[] = [],
  ): Reply<Engagement> {
    const good = acks.filter((ack) => ack.ok);
    const version = Math.max(...good.map((ack) => ack.version));
    const entry = good[0]?.entry ?? version;
    const outcome = this.#try(engagementId, happening, { version, entry, entries });
    if (outcome.kind === 'moved') return this.#move(engagementId, outcome);
    return outcome.kind === 'refused' ? { ok: false, refusal: outcome.refusal } : refuse('internal');
  }

  /** An acceptance or an end whose commit came after its time is true all the same. */
  #takeEffectLate(engagementId: EngagementId, happening: Happening) {
    return (ack: JournalAck): void => {
      if (ack.ok) this.#settle(engagementId, happening, [ack]);
    };
  }

  #report(engagementId: EngagementId, drafts: readonly EntryDraft[]): void {
    for (const draft of drafts) this.report(engagementId, draft);
  }

  #inLane<T>(engagementId: EngagementId, work: () => Promise<T>): Promise<T> {
    const before = this.#lanes.get(engagementId) ?? Promise.resolve();
    const result = before.then(work, work);
    this.#lanes.set(engagementId, result);
    return result;
  }
}
