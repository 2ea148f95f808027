/** Puts holds back that were placed after the backup which was restored, and ends those that were lifted since. */

import { type EntityManager, In, IsNull } from 'typeorm';
import { originOf } from '../engagements/visitor-engagements.js';
import { engagementEntity } from '../entities/engagement-entity.js';
import { legalHoldEntity } from '../entities/legal-hold-entity.js';
import type { RecordsContext } from '../records-context.js';
import { coverCase } from '../rights/cases/cover-case.js';
import { hashOf, type LedgerLine } from './erasure-ledger.js';
import { ReplayRefused } from './replay-refused.js';

/** What an officer wrote of it is in what was lost; by this law alone anything is kept that was to be erased. */
const lost = { caseReference: 'restored', law: 'Art. 17(3) GDPR', placedBy: null } as const;

/** Answers how many were put back. One that is known here is as it was, also where it was lifted. */
export async function replayHolds(
  context: RecordsContext,
  manager: EntityManager,
  { lines, own }: { lines: readonly LedgerLine[]; own: ReadonlyMap<string, string> },
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
  const engagementId = In([...placed.values()].flatMap(({ subject }) => own.get(subject) ?? []));
  const rows = await manager.getRepository(engagementEntity).findBy({ engagementId, erasedAt: IsNull() });
  const engagements = new Map(rows.map((row) => [row.engagementId, row]));
  let back = 0;
  for (const { holdId, subject, at, until } of placed.values()) {
    const engagement = engagements.get(own.get(subject) ?? '');
    // Begun after the backup as well, or erased before it.
    if (engagement === undefined) continue;
    const { engagementId, tenantId } = engagement;
    const covered = await coverCase(context, manager, { tenantId, origin: originOf(engagement) });
    // What it keeps would go with what follows.
    if (!covered.ok) throw new ReplayRefused(covered.refusal);
    const dates = { placedAt: new Date(at), heldUntil: new Date(until) };
    await holds.insert({ holdId, engagementId, ...lost, ...dates, ...covered.value });
    back += 1;
  }
  const lifted = lines.filter(({ kind }) => kind === 'lifted').map(({ subject }) => subject);
  if (lifted.length > 0) await manager.query(liftAgain, [lifted, new Date(now)]);
  return back;
}

const liftAgain = `UPDATE legal_hold SET lifted_at = $2
  WHERE lifted_at IS NULL AND ${hashOf('hold_id')} = ANY($1::text[])`;
