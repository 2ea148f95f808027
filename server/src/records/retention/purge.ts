/** Takes away what is past its months, class by class, in small transactions, and leaves a receipt of each. */

import { randomUUID } from 'node:crypto';
import { accept, type Reply } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { retentionOf } from '../accounts/customers.js';
import { customerEntity } from '../entities/customer-entity.js';
import { purgeReceiptEntity } from '../entities/purge-receipt-entity.js';
import type { RecordsContext } from '../records-context.js';
import { addMonths } from '../rights/kept-until.js';
import { endLostEngagements } from './end-lost.js';

type PurgedClass = 'transcript' | 'survey' | 'metadata';

/** How many engagements one transaction takes, so that a purge holds no chat line up. */
const SLICE = 500;

export class Purge {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  /** All tenants, one after the other. Answers how many rows went. */
  async run(): Promise<Reply<{ readonly purgedRows: number }>> {
    let purgedRows = 0;
    for (const { tenant_id: tenantId } of await this.#context.database.allTenants()) {
      await this.#context.database.inTenant(tenantId, (manager) =>
        endLostEngagements(manager, this.#context.clock()),
      );
      for (const dataClass of ['transcript', 'survey', 'metadata'] as const) {
        purgedRows += await this.#purge(tenantId, dataClass);
      }
      purgedRows += await this.#purgeAudit(tenantId);
      await this.#dropSpentSecrets(tenantId);
    }
    return accept({ purgedRows });
  }

  async #purge(tenantId: string, dataClass: PurgedClass): Promise<number> {
    let total = 0;
    for (;;) {
      const { found, removed } = await this.#context.database.inTenant(tenantId, (manager) =>
        this.#slice(manager, { tenantId, dataClass }),
      );
      total += removed;
      if (found < SLICE) return total;
    }
  }

  /** Who did what is technical metadata too, though it hangs on no engagement. */
  #purgeAudit(tenantId: string): Promise<number> {
    return this.#context.database.inTenant(tenantId, async (manager) => {
      const { months, olderThan } = await this.#term(manager, { tenantId, dataClass: 'metadata' });
      const [, purgedRows] = await manager.query<[unknown, number]>('DELETE FROM audit_entry WHERE at < $1', [
        olderThan,
      ]);
      if (purgedRows === 0) return 0;
      await manager
        .getRepository(purgeReceiptEntity)
        .insert({ receiptId: randomUUID(), tenantId, dataClass: 'metadata', months, olderThan, purgedRows });
      return purgedRows;
    });
  }

  /** Hashes of links and tokens that nobody can use any more say nothing that is worth keeping. */
  #dropSpentSecrets(tenantId: string): Promise<void> {
    const now = new Date(this.#context.clock());
    return this.#context.database.inTenant(tenantId, async (manager) => {
      await manager.query('DELETE FROM refresh_token WHERE expires_at < $1', [now]);
      await manager.query('DELETE FROM enrolment WHERE expires_at < $1', [now]);
    });
  }

  async #term(
    manager: EntityManager,
    { tenantId, dataClass }: { tenantId: string; dataClass: PurgedClass },
  ): Promise<{ months: number; olderThan: Date }> {
    const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
    const months = retentionOf(customer)[dataClass];
    return { months, olderThan: addMonths(new Date(this.#context.clock()), -months) };
  }

  async #slice(
    manager: EntityManager,
    { tenantId, dataClass }: { tenantId: string; dataClass: PurgedClass },
  ): Promise<{ found: number; removed: number }> {
    const { months, olderThan } = await this.#term(manager, { tenantId, dataClass });
    const due = await manager.query<{ engagement_id: string }[]>(dueStatements[dataClass], [olderThan]);
    const ids = due.map((each) => each.engagement_id);
    if (ids.length === 0) return { found: 0, removed: 0 };
    let removed = 0;
    for (const table of tables[dataClass]) {
      const [, count] = await manager.query<[unknown, number]>(
        `DELETE FROM ${table} WHERE engagement_id = ANY($1::uuid[])`,
        [ids],
      );
      removed += count;
    }
    await manager
      .getRepository(purgeReceiptEntity)
      .insert({ receiptId: randomUUID(), tenantId, dataClass, months, olderThan, purgedRows: removed });
    return { found: ids.length, removed };
  }
}

/** Dependent rows first; with an engagement go the facts that name it. */
const tables: Readonly<Record<PurgedClass, readonly string[]>> = {
  transcript: ['chat_line', 'introduction'],
  survey: ['survey_answers'],
  metadata: ['journal_entry', 'consent_entry', 'lease', 'watch', 'call', 'connection', 'engagement'],
};

const over = 'coalesce(e.ended_at, e.requested_at) < $1';
const has = (table: string) => `EXISTS (SELECT FROM ${table} r WHERE r.engagement_id = e.engagement_id)`;

const due = (condition: string) =>
  `SELECT e.engagement_id FROM engagement e WHERE ${over} AND ${condition}
    ORDER BY e.engagement_id LIMIT ${SLICE} FOR UPDATE SKIP LOCKED`;

/** An engagement's own row stays as long as a class with a longer term still hangs on it. */
const dueStatements: Readonly<Record<PurgedClass, string>> = {
  transcript: due(`(${has('chat_line')} OR ${has('introduction')})`),
  survey: due(has('survey_answers')),
  metadata: due(`NOT ${has('chat_line')} AND NOT ${has('introduction')} AND NOT ${has('survey_answers')}`),
};
