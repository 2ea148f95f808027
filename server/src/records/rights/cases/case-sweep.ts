/** What time alone brings: dates that pass are told once each, and what a hold kept goes when the hold is over. */

import type { EntityManager } from 'typeorm';
import { IsNull, Not } from 'typeorm';
import { engagementEntity } from '../../entities/engagement-entity.js';
import { rightsCaseEntity } from '../../entities/rights-case-entity.js';
import type { RecordsContext } from '../../records-context.js';
import { eraseContent } from '../erase-content.js';
import { lateClocks } from '../rules/case-clocks.js';
import { addHappening, factsOf } from './case-rows.js';
import { coverCase, originOfRow } from './cover-case.js';

export class CaseSweep {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  /** Answers how many dates were found to be past that nobody was told of yet. */
  async run(): Promise<number> {
    const { database, logger } = this.#context;
    let late = 0;
    for (const { tenant_id: tenantId } of await database.allTenants()) {
      late += await database.inTenant(tenantId, (manager) => this.#tellLate(manager, tenantId));
      await database.inTenant(tenantId, (manager) => this.#eraseWaiting(manager));
    }
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

  async #eraseWaiting(manager: EntityManager): Promise<void> {
    const waiting = await manager
      .getRepository(engagementEntity)
      .find({ where: { eraseWantedAt: Not(IsNull()), erasedAt: IsNull() }, take: 500 });
    for (const engagement of waiting) await eraseContent(this.#context, manager, engagement);
  }
}
