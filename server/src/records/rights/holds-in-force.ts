/** What is held now, for whatever purges and erases. */

import { type EntityManager, IsNull, MoreThan } from 'typeorm';
import { type LegalHoldRow, legalHoldEntity } from '../entities/legal-hold-entity.js';

/** Of which nothing may go now. */
export async function heldEngagements(manager: EntityManager, now: Date): Promise<readonly string[]> {
  const holds = await manager
    .getRepository(legalHoldEntity)
    .findBy({ liftedAt: IsNull(), heldUntil: MoreThan(now) });
  return [...new Set(holds.map(({ engagementId }) => engagementId))];
}

/** The one that ends last. */
export function currentHold(
  manager: EntityManager,
  engagementId: string,
  now: Date,
): Promise<LegalHoldRow | null> {
  return manager.getRepository(legalHoldEntity).findOne({
    where: { engagementId, liftedAt: IsNull(), heldUntil: MoreThan(now) },
    order: { heldUntil: 'DESC' },
  });
}
