/** That a person keeps to themselves what visitors say and show: promised once, before anything else is answered. */

import { accept, type Done, PLEDGE_VERSION, type Reply } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { type PersonRow, personEntity } from '../entities/person-entity.js';
import type { RecordsContext } from '../records-context.js';
import type { Caller } from './caller.js';

/** Other words are another promise. */
export function hasPledged({ pledgeVersion }: Pick<PersonRow, 'pledgeVersion'>): boolean {
  return pledgeVersion === PLEDGE_VERSION;
}

export async function pledge(
  { clock, audit }: RecordsContext,
  manager: EntityManager,
  { tenantId, personId, hasPledged: isDone }: Caller,
): Promise<Reply<Done>> {
  if (isDone) return accept({});
  const promised = { pledgedAt: new Date(clock()), pledgeVersion: PLEDGE_VERSION };
  await manager.getRepository(personEntity).update({ personId }, promised);
  await audit.add(manager, { tenantId, actorId: personId, action: 'person.pledged', subject: personId });
  return accept({});
}
