/** Under which decision a demand is kept: officers write it of visitors, and it goes where the store is. */

import { accept, type Reply } from '@alongside/protocol';
import { type EntityManager, In } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import type { CarriedRow } from '../entities/carried.js';
import type { DisclosureRow } from '../entities/disclosure-entity.js';
import { engagementEntity } from '../entities/engagement-entity.js';
import type { RecordsContext } from '../records-context.js';
import { coverCase, originOfRow } from '../rights/cases/cover-case.js';
import type { Origin } from '../transfer/flow.js';

type About = Pick<DisclosureRow, 'engagementIds'>;

export function isAboutVisitors({ engagementIds }: About): boolean {
  return engagementIds.length > 0;
}

/** Each of those whom it is about has to be covered; it is kept as about the first of them. */
export async function coverDemand(
  context: RecordsContext,
  manager: EntityManager,
  { caller, engagementIds }: About & { readonly caller: Caller },
): Promise<Reply<CarriedRow>> {
  const { tenantId } = caller;
  const covered: CarriedRow[] = [];
  for (const origin of await originsOf(manager, engagementIds)) {
    const each = await coverCase(context, manager, { tenantId, origin, byOfficer: true });
    if (!each.ok) return each;
    covered.push(each.value);
  }
  const [first] = covered;
  if (first !== undefined) return accept(first);
  // Of nobody: what an officer says of what an authority wrote to them.
  const evidence = caller.country === undefined ? 'unknown' : 'personSetting';
  return coverCase(context, manager, { tenantId, origin: { country: caller.country, evidence } });
}

async function originsOf(
  manager: EntityManager,
  engagementIds: readonly string[],
): Promise<Iterable<Origin>> {
  const rows = await manager
    .getRepository(engagementEntity)
    .find({ where: { engagementId: In([...engagementIds]) }, order: { engagementId: 'ASC' } });
  return new Map(
    rows.map((row) => [`${row.originCountry} ${row.originEvidence}`, originOfRow(row)]),
  ).values();
}
