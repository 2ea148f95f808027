/** Each decision is hashed with the one before it: an edited or missing one shows. */

import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { type TransferDecisionRow, transferDecisionEntity } from '../entities/transfer-decision-entity.js';

export type Unchained = Omit<TransferDecisionRow, 'endedAt' | 'settledAt' | 'previousId' | 'hash'>;

interface Link {
  readonly decisionId: string;
  readonly hash: string | null;
}

/** Two made in the same moment may name the same one before them: each still vouches for what it names. */
export async function chained(
  manager: EntityManager,
  decision: Unchained,
): Promise<Unchained & Pick<TransferDecisionRow, 'previousId' | 'hash'>> {
  const [previous] = await manager.getRepository(transferDecisionEntity).find({
    select: { decisionId: true, hash: true },
    where: { tenantId: decision.tenantId },
    order: { decidedAt: 'DESC', decisionId: 'DESC' },
    take: 1,
  });
  return {
    ...decision,
    previousId: previous?.decisionId ?? null,
    hash: hashOf(decision, previous),
  };
}

/** Whether every decision of the tenant is as it was made, with the one before it still there. */
export async function isChainIntact(manager: EntityManager): Promise<boolean> {
  const rows = await manager.getRepository(transferDecisionEntity).find();
  const byId = new Map(rows.map((row) => [row.decisionId, row]));
  return rows.every((row) => {
    // Those of before the chain have nothing to be held against.
    if (row.hash === null) return row.previousId === null;
    const previous = row.previousId === null ? undefined : byId.get(row.previousId);
    if (row.previousId !== null && previous === undefined) return false;
    return row.hash === hashOf(row, previous);
  });
}

function hashOf(decision: Unchained, previous: Link | undefined): string {
  const { decidedAt, validUntil } = decision;
  const said = [
    ...[previous?.decisionId ?? null, previous?.hash ?? null],
    ...[decision.decisionId, decision.tenantId, decision.dataClass, decision.access],
    ...[decision.originCountry, decision.originEvidence, decision.controllerCountry, decision.toCountry],
    ...[decision.outcome, decision.basis, decision.reference, decision.regimes, decision.reasonCode],
    ...[decision.registerVersion, decision.inputsSha256, decidedAt.getTime(), validUntil?.getTime() ?? null],
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}
