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
import { flowOf, receiverOf } from '../transfer/flow.js';
import { eraseLapsed, noteErased } from './erase-lapsed.js';
import { type KeptPlace, parsePlace, readKept, writePlace } from './kept-rows.js';

const PAGE = 1_000;

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
    const packaged = { actedBy: caller.personId, packageSha256: sha256 };
    const closed = await this.#close(manager, found.value, packaged);
    if (!closed.ok) return closed;
    await this.#audit(manager, caller, { action: 'lapse.repatriated', subject: lapseId });
    return accept({});
  }

  /** Wherever the officer is: nothing is shown. */
  async erase(manager: EntityManager, caller: Caller, lapseId: string): Promise<Reply<Done>> {
    const lapse = await manager.getRepository(lapseEntity).findOneBy({ lapseId });
    if (lapse === null) return refuse('notFound');
    if (!isOpen(lapse)) return refuse('wrongState');
    const closed = await this.#close(manager, lapse, { actedBy: caller.personId, packageSha256: null });
    if (!closed.ok) return closed;
    await this.#audit(manager, caller, { action: 'lapse.erased', subject: lapseId });
    return accept({});
  }

  /** Nobody answered in time; or it was decided, and what kept the rest is over. */
  async eraseOverdue(manager: EntityManager): Promise<number> {
    const overdue = await manager
      .getRepository(lapseEntity)
      .createQueryBuilder('lapse')
      .where("lapse.state = 'SUSPENDED' AND lapse.superseded_at IS NULL")
      .andWhere('(lapse.deadline < :now OR lapse.acted_at IS NOT NULL)', {
        now: new Date(this.#context.clock()),
      })
      .getMany();
    for (const lapse of overdue) await this.#close(manager, lapse, lapse);
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
    const { importer: _, ...stored } = flowOf(decision);
    const flow = { ...stored, access: 'export', ...receiverOf(caller) } as const;
    const decided = await this.#context.decisions.decide(manager, flow);
    return decided.ok ? accept(lapse) : decided;
  }

  /** It stays suspended until the last of it is gone: holds keep rows, and so do rows of other decisions. */
  async #close(
    manager: EntityManager,
    { lapseId, decisionId, actedAt }: LapseRow,
    decided: Pick<LapseRow, 'actedBy' | 'packageSha256'>,
  ): Promise<Reply<Done>> {
    const { ledger, clock } = this.#context;
    const { actedBy, packageSha256 } = decided;
    const at = new Date(clock());
    if (actedAt === null) ledger.note('lapse', decisionId, at.getTime());
    // What was brought home stays in the customer's own store as well: nobody wanted it erased.
    const noted = packageSha256 === null ? await noteErased(this.#context, manager, decisionId) : accept({});
    if (!noted.ok) return noted;
    const left = await eraseLapsed(this.#context, manager, decisionId);
    const gone = packageSha256 === null ? 'ERASED' : 'REPATRIATED';
    const state = left === 0 ? gone : 'SUSPENDED';
    const acted = { actedBy, packageSha256, actedAt: actedAt ?? at };
    await manager.getRepository(lapseEntity).update({ lapseId }, { state, ...acted });
    return accept({});
  }

  #audit(
    manager: EntityManager,
    { tenantId, personId: actorId }: Caller,
    what: { readonly action: AuditAction; readonly subject: string },
  ): Promise<void> {
    return this.#context.audit.add(manager, { tenantId, actorId, ...what });
  }
}

/** Nobody has decided of it yet. */
function isOpen({ state, supersededAt, actedAt }: LapseRow): boolean {
  return state === 'SUSPENDED' && supersededAt === null && actedAt === null;
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
