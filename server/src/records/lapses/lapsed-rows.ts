/** What an officer decides of suspended rows: bring them home, or have them erased; silence erases them too. */

import { createHash } from 'node:crypto';
import {
  accept,
  type Done,
  type LapsePackage,
  type Repatriated,
  type Reply,
  refuse,
} from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { AuditAction } from '../accounts/audit-trail.js';
import type { Caller } from '../accounts/caller.js';
import { customerEntity } from '../entities/customer-entity.js';
import { type LapseRow, lapseEntity } from '../entities/lapse-entity.js';
import { transferDecisionEntity } from '../entities/transfer-decision-entity.js';
import type { RecordsContext } from '../records-context.js';
import { flowOf } from '../transfer/flow.js';
import { eraseKept, type KeptPlace, parsePlace, readKept, writePlace } from './kept-rows.js';

const PAGE = 1_000;
/** So that an erasure holds no row of the engagements that go on, and no statement runs into its time limit. */
const SLICE = 1_000;

export class LapsedRows {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  /** Only to the customer where it is itself: that is no transfer beyond what the rows already are. */
  async package(
    manager: EntityManager,
    caller: Caller,
    { lapseId, after }: { readonly lapseId: string; readonly after: string | undefined },
  ): Promise<Reply<LapsePackage>> {
    const place = after === undefined ? undefined : parsePlace(after);
    if (after !== undefined && place === undefined) return refuse('invalid', 'after');
    const found = await this.#suspended(manager, caller, lapseId);
    if (!found.ok) return found;
    const { decisionId, rowCount: total } = found.value;
    const { rows, next } = await readKept(manager, decisionId, { after: place, most: PAGE });
    if (after === undefined)
      await this.#audit(manager, caller, { action: 'lapse.packageRead', subject: lapseId });
    const shown = { format: 'alongside-repatriation/1', rows, total } as const;
    return accept({ ...shown, next: next === undefined ? undefined : writePlace(next) });
  }

  /** The copy is compared before the source goes. */
  async repatriate(
    manager: EntityManager,
    caller: Caller,
    { lapseId, rows, sha256 }: Repatriated & { readonly lapseId: string },
  ): Promise<Reply<Done>> {
    const found = await this.#suspended(manager, caller, lapseId);
    if (!found.ok) return found;
    const held = await hashKept(manager, found.value.decisionId);
    if (held.rows !== rows || held.sha256 !== sha256) return refuse('conflict', 'sha256');
    await this.#close(manager, found.value, {
      state: 'REPATRIATED',
      actedBy: caller.personId,
      packageSha256: sha256,
    });
    await this.#audit(manager, caller, { action: 'lapse.repatriated', subject: lapseId });
    return accept({});
  }

  /** Wherever the officer is: nothing is shown. */
  async erase(manager: EntityManager, caller: Caller, lapseId: string): Promise<Reply<Done>> {
    const lapse = await manager.getRepository(lapseEntity).findOneBy({ lapseId });
    if (lapse === null) return refuse('notFound');
    if (!isOpen(lapse)) return refuse('wrongState');
    await this.#close(manager, lapse, { state: 'ERASED', actedBy: caller.personId });
    await this.#audit(manager, caller, { action: 'lapse.erased', subject: lapseId });
    return accept({});
  }

  /** Nobody answered in time. */
  async eraseOverdue(manager: EntityManager): Promise<number> {
    const overdue = await manager
      .getRepository(lapseEntity)
      .createQueryBuilder('lapse')
      .where("lapse.state = 'SUSPENDED' AND lapse.superseded_at IS NULL AND lapse.deadline < :now", {
        now: new Date(this.#context.clock()),
      })
      .getMany();
    for (const lapse of overdue) await this.#close(manager, lapse, { state: 'ERASED', actedBy: null });
    return overdue.length;
  }

  async #suspended(manager: EntityManager, caller: Caller, lapseId: string): Promise<Reply<LapseRow>> {
    const lapse = await manager.getRepository(lapseEntity).findOneBy({ lapseId });
    if (lapse === null) return refuse('notFound');
    if (!isOpen(lapse)) return refuse('wrongState');
    const { tenantId, decisionId } = lapse;
    const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
    if (customer.country === null || caller.country !== customer.country)
      return refuse('transferRefused', 'ROWS_SUSPENDED');
    const decision = await manager.getRepository(transferDecisionEntity).findOneByOrFail({ decisionId });
    const flow = { ...flowOf(decision), access: 'export', toCountry: caller.country } as const;
    const decided = await this.#context.decisions.decide(manager, flow);
    return decided.ok ? accept(lapse) : decided;
  }

  async #close(
    manager: EntityManager,
    { lapseId, decisionId }: LapseRow,
    outcome: Pick<LapseRow, 'state' | 'actedBy'> & Partial<Pick<LapseRow, 'packageSha256'>>,
  ): Promise<void> {
    await eraseKept(manager, decisionId, SLICE);
    const actedAt = new Date(this.#context.clock());
    await manager.getRepository(lapseEntity).update({ lapseId }, { ...outcome, actedAt });
  }

  #audit(
    manager: EntityManager,
    { tenantId, personId: actorId }: Caller,
    what: { readonly action: AuditAction; readonly subject: string },
  ): Promise<void> {
    return this.#context.audit.add(manager, { tenantId, actorId, ...what });
  }
}

function isOpen({ state, supersededAt }: LapseRow): boolean {
  return state === 'SUSPENDED' && supersededAt === null;
}

/** As whoever holds the copy computes it: one line of JSON for each row. */
async function hashKept(
  manager: EntityManager,
  decisionId: string,
): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256');
  let rows = 0;
  let after: KeptPlace | undefined;
  do {
    const page = await readKept(manager, decisionId, { after, most: PAGE });
    for (const { table, row } of page.rows) hash.update(`${JSON.stringify([table, row])}\n`);
    rows += page.rows.length;
    after = page.next;
  } while (after !== undefined);
  return { rows, sha256: hash.digest('base64url') };
}
