/** One after the other for what must never leave a customer without an officer. */

import type { EntityManager } from 'typeorm';
import { customerEntity } from '../entities/customer-entity.js';
import type { Caller } from './caller.js';

/** Until the transaction ends. */
export async function lockPeople(manager: EntityManager, { tenantId }: Caller): Promise<void> {
  await manager
    .getRepository(customerEntity)
    .createQueryBuilder('customer')
    .setLock('for_no_key_update')
    .where({ tenantId })
    .getOneOrFail();
}
