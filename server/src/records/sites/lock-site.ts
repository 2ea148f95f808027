/** Two officers may publish at once: the site's row is what their versions are counted under. */

import type { EntityManager } from 'typeorm';
import { type SiteRow, siteEntity } from '../entities/site-entity.js';

export function lockSite(manager: EntityManager, siteId: string): Promise<SiteRow | null> {
  return manager
    .getRepository(siteEntity)
    .createQueryBuilder('site')
    .setLock('pessimistic_write')
    .where({ siteId })
    .getOne();
}
