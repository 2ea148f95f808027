/** What a row of class case carries: whoever uses a right tells this service directly, so it is no transfer. */

import { accept, type Reply } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { CarriedRow } from '../../entities/carried.js';
import type { RecordsContext } from '../../records-context.js';
import { coveredBy } from '../../transfer/covered-values.js';
import type { Origin } from '../../transfer/flow.js';

export async function coverCase(
  context: RecordsContext,
  manager: EntityManager,
  { tenantId, origin }: { tenantId: string; origin: Origin },
): Promise<Reply<CarriedRow>> {
  const decided = await context.decisions.decide(manager, {
    tenantId,
    dataClass: 'case',
    access: 'store',
    direct: true,
    origin,
    toCountry: context.storageCountry,
  });
  return decided.ok ? accept(coveredBy(decided.value, 'rights')) : decided;
}

/** As a row says of itself. */
export function originOfRow({ originCountry, originEvidence }: CarriedRow): Origin {
  return { country: originEvidence === 'unknown' ? undefined : originCountry, evidence: originEvidence };
}
