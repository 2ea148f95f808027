/** What was erased here is to be erased in the customer's own store as well: told at once, and again until it is done. */

import { type EntityManager, IsNull, Not } from 'typeorm';
import type { Database } from '../database/database.js';
import { erasureEntity } from '../entities/erasure-entity.js';
import { recipientEntity } from '../entities/recipient-entity.js';
import type { CustomerStore } from './customer-store.js';

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
    for (const { tenant_id: tenantId } of await this.#database.allTenants()) await this.#tellOf(tenantId);
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

  async #tell(tenantId: string): Promise<void> {
    const owed = await this.#database.inTenant(tenantId, async (manager) => {
      const rows = await manager
        .getRepository(erasureEntity)
        .find({ where: { recipientId: Not(IsNull()), toldAt: IsNull() }, order: { at: 'ASC' }, take: 100 });
      const recipients = await manager.getRepository(recipientEntity).find();
      return rows.flatMap(({ erasureId, engagementId, recipientId, answersOnly }) => {
        const to = recipients.find((each) => each.recipientId === recipientId);
        return to === undefined ? [] : [{ erasureId, engagementId, answersOnly, to }];
      });
    });
    for (const { erasureId, engagementId, answersOnly, to } of owed) {
      const erased = await (answersOnly
        ? this.#store.eraseAnswers(to, engagementId)
        : this.#store.erase(to, engagementId));
      if (!erased.ok) return;
      const toldAt = new Date(this.#clock());
      await this.#database.inTenant(tenantId, (manager) =>
        manager.getRepository(erasureEntity).update({ erasureId }, { toldAt }),
      );
    }
  }
}
