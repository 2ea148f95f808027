/**
 * Beginnings that a customer's own store was asked to take, noted before it is asked: what does not begin here after all
 * is erased there, whether the visitor has given up, the store failed half-way or this process ended in between.
 */

import { accept, type Done, type Reply, refuse } from '@alongside/protocol';
import { type EntityManager, LessThan } from 'typeorm';
import type { Database } from '../database/database.js';
import { engagementEntity } from '../entities/engagement-entity.js';
import { type RecipientRow, recipientEntity } from '../entities/recipient-entity.js';
import { type StoreBeginningRow, storeBeginningEntity } from '../entities/store-beginning-entity.js';
import { addMonths, CASE_MONTHS } from '../rights/kept-until.js';
import type { CustomerStore } from './customer-store.js';

interface StoreBeginningsParts {
  readonly database: Pick<Database, 'inTenant' | 'eachTenant'>;
  readonly store: Pick<CustomerStore, 'erase'>;
  readonly clock: () => number;
}

type Named = Pick<StoreBeginningRow, 'tenantId' | 'engagementId' | 'recipientId'>;

/** As long a page may try again what the store did not take. */
const SETTLED_MS = 10 * 60_000;
const MOST_AT_ONCE = 100;

export class StoreBeginnings {
  readonly #database: StoreBeginningsParts['database'];
  readonly #store: StoreBeginningsParts['store'];
  readonly #clock: () => number;

  constructor(parts: StoreBeginningsParts) {
    this.#database = parts.database;
    this.#store = parts.store;
    this.#clock = parts.clock;
  }

  /** In the transaction before the store is asked. Nothing begins by what is being erased there meanwhile. */
  async note(
    manager: EntityManager,
    beginning: Omit<StoreBeginningRow, 'askedAt' | 'takenBack'>,
  ): Promise<Reply<Done>> {
    const { tenantId, engagementId, recipientId } = beginning;
    const beginnings = manager.getRepository(storeBeginningEntity);
    const asked = { ...beginning, askedAt: new Date(this.#clock()) };
    await beginnings.createQueryBuilder().insert().values(asked).orIgnore().execute();
    // As it is once whoever takes it back has committed: read before, it could be taken from them again.
    const named = { tenantId, engagementId, recipientId, takenBack: false };
    const { affected } = await beginnings.update(named, asked);
    return affected === 1 ? accept({}) : refuse('storageUnavailable', 'customerStore');
  }

  /** In the transaction in which it begins; false where it is being taken back meanwhile. */
  async settle(manager: EntityManager, named: Named): Promise<boolean> {
    const settled = await manager.getRepository(storeBeginningEntity).delete({ ...named, takenBack: false });
    return settled.affected === 1;
  }

  /** False where the store does not do it: it is told again with the next sweep. */
  async takeBack(to: RecipientRow, engagementId: string): Promise<boolean> {
    const { tenantId, recipientId } = to;
    const named = { tenantId, engagementId, recipientId };
    // From here on nothing begins by it, so that what is erased there is nobody's.
    await this.#database.inTenant(tenantId, (manager) =>
      manager.getRepository(storeBeginningEntity).update(named, { takenBack: true }),
    );
    return this.#erase(to, engagementId);
  }

  /** What is taken back already. */
  async #erase(to: RecipientRow, engagementId: string): Promise<boolean> {
    const { tenantId, recipientId } = to;
    const inTenant = <T>(work: (manager: EntityManager) => Promise<T>) =>
      this.#database.inTenant(tenantId, work);
    // Sent to two processes at once, it may be noted once more while it begins.
    const hasBegun = await inTenant((manager) =>
      manager.getRepository(engagementEntity).existsBy({ engagementId, deliveredTo: recipientId }),
    );
    if (!hasBegun && !(await this.#store.erase(to, engagementId)).ok) return false;
    const named = { tenantId, engagementId, recipientId };
    await inTenant((manager) => manager.getRepository(storeBeginningEntity).delete(named));
    return true;
  }

  async sweep(): Promise<void> {
    await this.#database.eachTenant((tenantId) => this.#sweepOf(tenantId));
  }

  async #sweepOf(tenantId: string): Promise<void> {
    const now = new Date(this.#clock());
    const due = await this.#database.inTenant(tenantId, async (manager) => {
      const beginnings = manager.getRepository(storeBeginningEntity);
      await beginnings.delete({ askedAt: LessThan(addMonths(now, -CASE_MONTHS)) });
      const settled = new Date(now.getTime() - SETTLED_MS);
      const [rows] = await manager.query<[Named[], number]>(takeDue, [settled, MOST_AT_ONCE]);
      const recipients = await manager.getRepository(recipientEntity).find();
      return rows.flatMap(({ engagementId, recipientId }) => {
        const to = recipients.find((each) => each.recipientId === recipientId);
        return to === undefined ? [] : [{ to, engagementId }];
      });
    });
    // One that does not answer keeps no other one waiting.
    const silent = new Set<string>();
    for (const { to, engagementId } of due) {
      if (silent.has(to.recipientId)) continue;
      const named = { tenantId, engagementId, recipientId: to.recipientId, takenBack: true };
      const isLeft = await this.#database.inTenant(tenantId, (manager) =>
        manager.getRepository(storeBeginningEntity).existsBy(named),
      );
      // Another sweep has had it erased since, and its page may have had it noted anew.
      if (!isLeft) continue;
      if (!(await this.#erase(to, engagementId))) silent.add(to.recipientId);
    }
  }
}

/**
 * Chosen and taken back in one step, which leaves out what a page tries again at this moment. In another order each time:
 * those that one store cannot do must not stand before all others for ever.
 */
const takeDue = `WITH due AS MATERIALIZED (SELECT engagement_id, recipient_id FROM store_beginning
    WHERE taken_back OR asked_at < $1 ORDER BY random() LIMIT $2 FOR UPDATE SKIP LOCKED)
  UPDATE store_beginning b SET taken_back = true FROM due
  WHERE b.engagement_id = due.engagement_id AND b.recipient_id = due.recipient_id
  RETURNING b.engagement_id AS "engagementId", b.recipient_id AS "recipientId"`;
