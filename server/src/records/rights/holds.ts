/** Holds: what a case or a law keeps from being purged or erased, each with its reason and a hard end. */

import { randomUUID } from 'node:crypto';
import {
  accept,
  type EngagementId,
  type HoldCreate,
  type HoldShown,
  type Reply,
  refuse,
} from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { lockEngagement } from '../engagements/lock-engagement.js';
import { originOf } from '../engagements/visitor-engagements.js';
import { type LegalHoldRow, legalHoldEntity } from '../entities/legal-hold-entity.js';
import type { RecordsContext } from '../records-context.js';
import { coverCase } from './cases/cover-case.js';
import { addMonths } from './kept-until.js';

/** From the end of the engagement: no hold keeps anything for longer than to the end of that day. */
const MOST_MONTHS = 12;
const DAY_MS = 24 * 3_600_000;

export class Holds {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  /** Newest first, those that are over as well. */
  async list(manager: EntityManager): Promise<readonly HoldShown[]> {
    const rows = await manager
      .getRepository(legalHoldEntity)
      .find({ order: { placedAt: 'DESC' }, take: 200 });
    return rows.map(shown);
  }

  async place(manager: EntityManager, caller: Caller, hold: HoldCreate): Promise<Reply<HoldShown>> {
    const { engagementId, caseReference, law } = hold;
    const engagement = await lockEngagement(manager, engagementId);
    if (engagement === null) return refuse('notFound');
    // Nothing is left that it could keep, and nobody is to believe that there is.
    if (engagement.erasedAt !== null) return refuse('wrongState', 'erased');
    const now = this.#context.clock();
    const lastDay = Date.parse(hold.until);
    // Its last day is held as well.
    const heldUntil = new Date(lastDay + DAY_MS - 1);
    const most = addMonths(engagement.endedAt ?? new Date(now), MOST_MONTHS);
    if (heldUntil.getTime() <= now || lastDay > most.getTime()) return refuse('invalid', 'until');
    const { tenantId, personId } = caller;
    const covered = await coverCase(this.#context, manager, { tenantId, origin: originOf(engagement) });
    if (!covered.ok) return covered;
    const holdId = randomUUID();
    const holds = manager.getRepository(legalHoldEntity);
    await holds.insert({
      holdId,
      engagementId,
      caseReference,
      law,
      placedBy: personId,
      placedAt: new Date(now),
      heldUntil,
      ...covered.value,
    });
    await this.#audit(manager, caller, { action: 'hold.placed', subject: engagementId });
    const placed = await holds.findOneByOrFail({ holdId });
    // Last, and before the commit: without a line nothing is held, and with one that was not committed too much is, which
    // officers see and lift after the next start.
    this.#context.ledger.noteHeld('held', placed, now);
    return accept(shown(placed));
  }

  /** Before its end: what was to be erased meanwhile goes with the next look. */
  async lift(manager: EntityManager, caller: Caller, holdId: string): Promise<Reply<HoldShown>> {
    const holds = manager.getRepository(legalHoldEntity);
    const hold = await holds.findOneBy({ holdId });
    if (hold === null) return refuse('notFound');
    if (hold.liftedAt !== null) return refuse('conflict', 'lifted');
    const now = this.#context.clock();
    await holds.update({ holdId }, { liftedAt: new Date(now) });
    await this.#audit(manager, caller, { action: 'hold.lifted', subject: hold.engagementId });
    // After the commit: a hold that no line ends comes back with a restore, where one that stands must not end by a line.
    this.#context.database.afterCommit(manager, () => this.#context.ledger.note('lifted', holdId, now));
    return accept(shown(await holds.findOneByOrFail({ holdId })));
  }

  #audit(
    manager: EntityManager,
    { tenantId, personId: actorId }: Caller,
    what: { action: 'hold.placed' | 'hold.lifted'; subject: string },
  ): Promise<void> {
    return this.#context.audit.add(manager, { tenantId, actorId, ...what });
  }
}

function shown(row: LegalHoldRow): HoldShown {
  return {
    holdId: row.holdId,
    engagementId: row.engagementId as EngagementId,
    caseReference: row.caseReference,
    law: row.law,
    isRestored: row.placedBy === null,
    placedAt: row.placedAt.getTime(),
    until: row.heldUntil.getTime(),
    liftedAt: row.liftedAt?.getTime(),
  };
}
