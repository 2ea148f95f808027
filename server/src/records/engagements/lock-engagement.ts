/** An engagement's row, which nobody else changes until the work that has it is committed. */

import type { EntityManager } from 'typeorm';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';

export function lockEngagement(manager: EntityManager, engagementId: string): Promise<EngagementRow | null> {
  return manager
    .getRepository(engagementEntity)
    .createQueryBuilder('engagement')
    .setLock('pessimistic_write')
    .where({ engagementId })
    .getOne();
}
