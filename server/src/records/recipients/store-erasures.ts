/** What was erased here is to be erased in the customer's own store as well: told at once, and again until it is done. */

import { type EntityManager, IsNull, Not } from 'typeorm';
import type { Database } from '../database/database.js';
import { erasureEntity } from '../entities/erasure-entity.js';
import { recipientEntity } from '../entities/recipient-entity.js';
import type { CustomerStore } from './customer-store.js';

const MOST_AT_ONCE = 100;

interface Owing {
  readonly recipient_id: string;
}

const owing =
  'SELECT DISTINCT recipient_id FROM erasure WHERE recipient_id IS NOT NULL AND told_at IS NULL ORDER BY 1';

export class StoreErasures {
  readonly #database: Database;
  readonly #store: CustomerStore;
  readonly #clock: () => number;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: { database: Database; store: CustomerStore; clock: () => number }) {
    this.#database = parts.database;
    this.#store = parts.store;
    this.#clock = parts.clock;
  }

  /** Once the erasure is committed. What fails is tried again with the next sweep. */
  tellAfter(manager: EntityManager, tenantId: string): void {
    this.#database.afterCommit(manager, () => void this.#tellOf(tenantId).catch(() => undefined));
  }

  async tellAll(): Promise<void> {
    await this.#database.eachTenant((tenantId) => this.#tellOf(tenantId));
  }

  /** Something was put there, and may have come after it was told. */
  tellAgain(tenantId: string, engagementId: string): void {
    const toTell = { engagementId, recipientId: Not(IsNull()) };
    void this.#inTurn(async () => {
      await this.#database.inTenant(tenantId, (manager) =>
        manager.getRepository(erasureEntity).update(toTell, { toldAt: null }),
      );
      await this.#tell(tenantId);
    }).catch(() => undefined);
  }

  #tellOf(tenantId: string): Promise<void> {
    return this.#inTurn(() => this.#tell(tenantId));
  }

  /** One after the other: what is to be told again is not marked as told by a try that began before. */
  #inTurn(tell: () => Promise<void>): Promise<void> {
    const told = this.#last.then(tell);
    this.#last = told.catch(() => undefined);
    return told;
  }

  /** Store by store: one that does not answer keeps no other one waiting, and is asked once. */
  async #tell(tenantId: string): Promise<void> {
    const stores = await this.#database.inTenant(tenantId, (manager) => manager.query<Owing[]>(owing));
    for (const { recipient_id: recipientId } of stores) {
      while (await this.#tellSome(tenantId, recipientId));
    }
  }

  /** Answers whether there may be more. */
  async #tellSome(tenantId: string, recipientId: string): Promise<boolean> {
    const [to, owed] = await this.#database.inTenant(tenantId, async (manager) => [
      await manager.getRepository(recipientEntity).findOneByOrFail({ recipientId }),
      // In another order each time: one that the store cannot do must not stand before all others for ever.
      await manager
        .getRepository(erasureEntity)
        .createQueryBuilder('erasure')
        .where({ recipientId, toldAt: IsNull() })
        .orderBy('random()')
        .limit(MOST_AT_ONCE)
        .getMany(),
    ]);
    for (const { erasureId, engagementId, answersOnly } of owed) {
      const erased = await (answersOnly
        ? this.#store.eraseAnswers(to, engagementId)
        : this.#store.erase(to, engagementId));
      if (!erased.ok) return false;
      const toldAt = new Date(this.#clock());
      await this.#database.inTenant(tenantId, (manager) =>
        manager.getRepository(erasureEntity).update({ erasureId }, { toldAt }),
      );
    }
    return owed.length === MOST_AT_ONCE;
  }
}
