/**
 * The support pack of a case, made with one press: all that is held of what it is about, what each column of it is for,
 * where it came from and how long it stays, and the case's own dates and history.
 */

import { accept, type Reply, refuse } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../accounts/caller.js';
import { type EngagementRow, engagementEntity } from '../../entities/engagement-entity.js';
import { type RightsCaseRow, rightsCaseEntity } from '../../entities/rights-case-entity.js';
import type { RecordsContext } from '../../records-context.js';
import { decideShown, decideTakenOut } from '../../transfer/shown-to-person.js';
import type { ExportText } from '../export-text.js';
import type { Exports } from '../exports.js';
import { addHappening } from './case-rows.js';
import type { CaseKeys } from './case-seen.js';
import type { CaseWork } from './case-work.js';
import { coverCase, originOfRow } from './cover-case.js';

export interface SupportPacksDeps {
  readonly context: RecordsContext;
  readonly work: CaseWork;
  readonly exports: Exports;
  readonly keys: CaseKeys;
}

export class SupportPacks {
  readonly #deps: SupportPacksDeps;

  constructor(deps: SupportPacksDeps) {
    this.#deps = deps;
  }

  async make(manager: EntityManager, caller: Caller, caseId: string): Promise<Reply<unknown>> {
    const { context, work, exports } = this.#deps;
    const row = await manager.getRepository(rightsCaseEntity).findOneBy({ caseId });
    if (row === null) return refuse('notFound');
    const { tenantId, personId: actorId } = caller;
    const engagement = await engagementOf(manager, row);
    // Before anything says that a pack was made: what was refused was not handed out.
    const taken = await decideShown(context, manager, caller, {
      ...{ dataClass: 'case', access: 'export', origin: originOfRow(row) },
    });
    if (!taken.ok) return taken;
    const held =
      engagement === null ? undefined : await decideTakenOut(context, manager, { caller, engagement });
    if (held?.ok === false) return held;
    const writing = { tenantId, origin: originOfRow(row), byOfficer: true };
    const covered = await coverCase(context, manager, writing);
    if (!covered.ok) return covered;
    const at = context.clock();
    const made = { caseId, at, actor: 'officer', actorId, happening: 'packMade' } as const;
    await addHappening(manager, made, covered.value);
    if (row.packMadeAt === null)
      await manager.getRepository(rightsCaseEntity).update({ caseId }, { packMadeAt: new Date(at) });
    await context.audit.add(manager, { tenantId, actorId, action: 'case.packMade', subject: caseId });
    const shown = await work.show(manager, caller, caseId);
    if (!shown.ok) return shown;
    const pack = { format: 'alongside-support-pack/1', madeAt: at, case: shown.value };
    // What is held may be long: it is read as it is taken, once this is committed.
    return accept(engagement === null ? { ...pack, held: null } : exports.endOf(pack, 'held', engagement));
  }

  /** For whoever asked, once it was granted: with the key of the case, and never before they were recognised. */
  export(authorization: string | undefined, as: 'json' | 'csv'): Promise<Reply<ExportText>> {
    const { context, keys, exports } = this.#deps;
    return keys.toCase<ExportText>(authorization, async (manager, row) => {
      const isExport = row.kind === 'access' || row.kind === 'portability';
      const isOpen = row.executedAt !== null && row.identity !== null && row.outcome !== 'refused';
      if (!isExport || !isOpen) return refuse('notPermitted');
      const { tenantId, caseId } = row;
      const engagement = await engagementOf(manager, row);
      if (engagement === null) return refuse('expired');
      const covered = await coverCase(context, manager, { tenantId, origin: originOfRow(row) });
      if (!covered.ok) return covered;
      const at = context.clock();
      await addHappening(manager, { caseId, at, actor: 'person', happening: 'exported' }, covered.value);
      return accept(as === 'csv' ? exports.tableOf(engagement) : exports.textOf(engagement));
    });
  }
}

async function engagementOf(
  manager: EntityManager,
  { engagementId }: RightsCaseRow,
): Promise<EngagementRow | null> {
  if (engagementId === null) return null;
  return manager.getRepository(engagementEntity).findOneBy({ engagementId });
}
