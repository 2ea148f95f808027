/**
 * What time alone brings: dates that pass are told once each, a child's words go, and what a hold kept when it is over;
 * and what is done ends, so that its own term begins.
 */

import type { EntityManager } from 'typeorm';
import { In, IsNull, LessThanOrEqual, Not } from 'typeorm';
import { engagementEntity } from '../../entities/engagement-entity.js';
import { rightsCaseEntity } from '../../entities/rights-case-entity.js';
import type { RecordsContext } from '../../records-context.js';
import { eraseContent } from '../erase-content.js';
import { heldEngagements } from '../holds-in-force.js';
import { advanceCase } from '../rules/advance-case.js';
import { lateClocks } from '../rules/case-clocks.js';
import type { CaseEffects } from './case-effects.js';
import { addHappening, factsOf, valuesOf } from './case-rows.js';
import { coverCase, originOfRow } from './cover-case.js';
import { objectedAnswers } from './what-restricts.js';

/** A day before the three days are over in which they are to be gone. */
const MINOR_AFTER_MS = 48 * 3_600_000;
/** Whoever asked has read what became of it by then, and whoever answered has closed it. */
const CLOSED_AFTER_MS = 30 * 24 * 3_600_000;

/** Also where a hold keeps it for now, which is said beside. */
const erasedByItself = {
  en: 'What was said is to be erased, as it always is when a child is said to have written.',
  de: 'Was gesagt wurde, wird gelöscht, wie immer, wenn ein Kind geschrieben haben soll.',
} as const;

export class CaseSweep {
  readonly #context: RecordsContext;
  readonly #effects: CaseEffects;

  constructor(context: RecordsContext, effects: CaseEffects) {
    this.#context = context;
    this.#effects = effects;
  }

  /** Answers how many dates were found to be past that nobody was told of yet. */
  async run(): Promise<number> {
    const { database, logger } = this.#context;
    let late = 0;
    await database.eachTenant(async (tenantId) => {
      late += await database.inTenant(tenantId, (manager) => this.#tellLate(manager, tenantId));
      await database.inTenant(tenantId, (manager) => this.#eraseMinors(manager, tenantId));
      await database.inTenant(tenantId, (manager) => this.#eraseWaiting(manager, tenantId));
      await database.inTenant(tenantId, (manager) => this.#closeDone(manager, tenantId));
    });
    if (late > 0) logger.warn('rights.late', { cases: late });
    return late;
  }

  async #tellLate(manager: EntityManager, tenantId: string): Promise<number> {
    const now = this.#context.clock();
    const cases = manager.getRepository(rightsCaseEntity);
    let told = 0;
    for (const row of await cases.findBy({ closedAt: IsNull() })) {
      const known = new Set(row.toldLate.split(','));
      const fresh = lateClocks(factsOf(row), now).filter(({ clock }) => !known.has(clock));
      if (fresh.length === 0) continue;
      const covered = await coverCase(this.#context, manager, { tenantId, origin: originOfRow(row) });
      if (!covered.ok) continue;
      const { caseId } = row;
      for (const { clock } of fresh) {
        const happened = { caseId, at: now, actor: 'system', happening: 'late', detail: clock } as const;
        await addHappening(manager, happened, covered.value);
      }
      const clocks = fresh.map(({ clock }) => clock);
      const toldLate = [row.toldLate, ...clocks].filter((each) => each !== '').join(',');
      await cases.update({ caseId }, { toldLate });
      told += clocks.length;
    }
    return told;
  }

  /** Nobody has to be there in time: only an officer who has found that it was no child, and refused, keeps them. */
  async #eraseMinors(manager: EntityManager, tenantId: string): Promise<void> {
    const now = this.#context.clock();
    const cases = manager.getRepository(rightsCaseEntity);
    const open = { executedAt: IsNull(), closedAt: IsNull(), engagementId: Not(IsNull()) };
    const receivedAt = LessThanOrEqual(new Date(now - MINOR_AFTER_MS));
    const rows = await cases.find({
      where: { kind: 'minor', ...open, receivedAt },
      lock: { mode: 'pessimistic_write' },
    });
    for (const row of rows) {
      if (row.outcome === 'refused') continue;
      const covered = await coverCase(this.#context, manager, { tenantId, origin: originOfRow(row) });
      if (!covered.ok) continue;
      const done = await this.#effects.execute({ manager, row, covered: covered.value, by: 'system' });
      if (!done.ok) continue;
      const at = new Date(now);
      const { caseId, outcome, answer, answeredAt, language } = row;
      await cases.update(
        { caseId },
        {
          ...{ state: 'executed', executedAt: at, pausedSince: null, outcome: outcome ?? 'granted' },
          ...{ answer: answer ?? erasedByItself[language], answeredAt: answeredAt ?? at },
        },
      );
      await addHappening(manager, { caseId, at: now, actor: 'system', happening: 'execute' }, covered.value);
    }
  }

  async #eraseWaiting(manager: EntityManager, tenantId: string): Promise<void> {
    const engagementId = Not(In([...(await heldEngagements(manager, new Date(this.#context.clock())))]));
    const wanted = { eraseWantedAt: Not(IsNull()), erasedAt: IsNull(), engagementId };
    const waiting = await manager.getRepository(engagementEntity).find({ where: wanted, take: 500 });
    for (const engagement of waiting)
      await eraseContent(this.#context, manager, { engagement, by: 'system' });
    for (const row of await objectedAnswers(manager)) {
      const covered = await coverCase(this.#context, manager, { tenantId, origin: originOfRow(row) });
      if (covered.ok) await this.#effects.eraseObjected({ manager, row, covered: covered.value });
    }
  }

  /** One that nobody closes would be kept for ever, and so would what it restricts. */
  async #closeDone(manager: EntityManager, tenantId: string): Promise<void> {
    const now = this.#context.clock();
    const cases = manager.getRepository(rightsCaseEntity);
    const isLongAgo = LessThanOrEqual(new Date(now - CLOSED_AFTER_MS));
    const rows = await cases.find({
      where: [
        { closedAt: IsNull(), executedAt: isLongAgo },
        { closedAt: IsNull(), outcome: 'refused', answeredAt: isLongAgo },
      ],
      lock: { mode: 'pessimistic_write' },
    });
    for (const row of rows) {
      const { caseId } = row;
      const closed = advanceCase(factsOf(row), { act: 'close' }, now);
      const covered = await coverCase(this.#context, manager, { tenantId, origin: originOfRow(row) });
      if (!closed.ok || !covered.ok) continue;
      await cases.update({ caseId }, { ...valuesOf(closed.value), closedAt: new Date(now) });
      await addHappening(manager, { caseId, at: now, actor: 'system', happening: 'close' }, covered.value);
      await this.#effects.liftRestriction({ manager, row, covered: covered.value });
    }
  }
}
