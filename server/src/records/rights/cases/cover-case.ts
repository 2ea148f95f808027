/**
 * What a row of class case carries. Whoever uses a right tells this service directly, and what the service notes of that
 * comes from nowhere else: neither is a transfer. What officers write of a visitor is the customer's, which sends it.
 */

import { accept, type Reply } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { CarriedRow } from '../../entities/carried.js';
import type { RecordsContext } from '../../records-context.js';
import { coveredBy } from '../../transfer/covered-values.js';
import type { Origin } from '../../transfer/flow.js';

export interface CaseWriting {
  readonly tenantId: string;
  /** Where the visitor is whom it is about. */
  readonly origin: Origin;
  readonly byOfficer?: boolean;
}

export async function coverCase(
  context: RecordsContext,
  manager: EntityManager,
  { tenantId, origin, byOfficer = false }: CaseWriting,
): Promise<Reply<CarriedRow>> {
  const decided = await context.decisions.decide(manager, {
    tenantId,
    dataClass: 'case',
    access: 'store',
    direct: !byOfficer,
    origin,
    toCountry: context.storageCountry,
  });
  return decided.ok ? accept(coveredBy(decided.value, 'rights')) : decided;
}

/** As a row says of itself. */
export function originOfRow({ originCountry, originEvidence }: CarriedRow): Origin {
  return { country: originEvidence === 'unknown' ? undefined : originCountry, evidence: originEvidence };
}
