/** Puts holds back that were placed after the backup which was restored, and ends those that were lifted since. */

import { type EntityManager, In, IsNull } from 'typeorm';
import { originOf } from '../engagements/visitor-engagements.js';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { legalHoldEntity } from '../entities/legal-hold-entity.js';
import type { RecordsContext } from '../records-context.js';
import { coverCase } from '../rights/cases/cover-case.js';
import { hashId, hashOf, type LedgerLine } from './erasure-ledger.js';

/** What an officer wrote of it is in what was lost; by this law alone anything is kept that was to be erased. */
const lost = { caseReference: 'restored', law: 'Art. 17(3) GDPR', placedBy: null } as const;

/** Answers how many were put back. One that is known here is as it was, also where it was lifted. */
export async function replayHolds(
  context: RecordsContext,
  manager: EntityManager,
  lines: readonly LedgerLine[],
): Promise<number> {
  const now = context.clock();
  const placed = new Map(
    lines.flatMap(({ kind, subject, at, hold }) =>
      kind === 'held' && hold !== undefined && hold.until > now
        ? [[hold.holdId, { subject, at, ...hold }] as const]
        : [],
    ),
  );
  const holds = manager.getRepository(legalHoldEntity);
  for (const { holdId } of await holds.findBy({ holdId: In([...placed.keys()]) })) placed.delete(holdId);
  const engagements = await engagementsOf(
    manager,
    [...placed.values()].map(({ subject }) => subject),
  );
  let back = 0;
  for (const { holdId, subject, at, until } of placed.values()) {
    const engagement = engagements.get(subject);
    // Begun after the backup as well, or erased before it.
    if (engagement === undefined) continue;
    const { engagementId, tenantId } = engagement;
    const covered = await coverCase(context, manager, { tenantId, origin: originOf(engagement) });
    if (!covered.ok) continue;
    const dates = { placedAt: new Date(at), heldUntil: new Date(until) };
    await holds.insert({ holdId, engagementId, ...lost, ...dates, ...covered.value });
    back += 1;
  }
  const lifted = lines.filter(({ kind }) => kind === 'lifted').map(({ subject }) => subject);
  if (lifted.length > 0) await manager.query(liftAgain, [lifted, new Date(now)]);
  return back;
}

async function engagementsOf(
  manager: EntityManager,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, EngagementRow>> {
  if (subjects.length === 0) return new Map();
  const found = await manager.query<{ engagement_id: string }[]>(named, [subjects]);
  const engagementId = In(found.map((each) => each.engagement_id));
  const rows = await manager.getRepository(engagementEntity).findBy({ engagementId, erasedAt: IsNull() });
  return new Map(rows.map((row) => [hashId(row.engagementId), row]));
}

const named = `SELECT engagement_id FROM engagement WHERE ${hashOf('engagement_id')} = ANY($1::text[])`;
const liftAgain = `UPDATE legal_hold SET lifted_at = $2
  WHERE lifted_at IS NULL AND ${hashOf('hold_id')} = ANY($1::text[])`;
