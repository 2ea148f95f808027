/** One after the other for what must never leave a customer without an officer, or come back once it was erased. */

import type { EntityManager } from 'typeorm';
import { type CustomerRow, customerEntity } from '../entities/customer-entity.js';
import type { Caller } from './caller.js';

/** Until the transaction ends. */
export function lockCustomer(
  manager: EntityManager,
  { tenantId }: Pick<Caller, 'tenantId'>,
): Promise<CustomerRow> {
  return manager
    .getRepository(customerEntity)
    .createQueryBuilder('customer')
    .setLock('for_no_key_update')
    .where({ tenantId })
    .getOneOrFail();
}
