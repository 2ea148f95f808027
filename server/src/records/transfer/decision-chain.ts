/** Each decision is hashed with the one before it: an edited or missing one shows. */

import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { decisionSealEntity } from '../entities/decision-seal-entity.js';
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

/** Whether every decision of the tenant is there and as it was made. */
export async function isChainIntact(manager: EntityManager): Promise<boolean> {
  const rows = await manager.getRepository(transferDecisionEntity).find();
  const seals = await manager.getRepository(decisionSealEntity).find();
  // The newest has none after it that names it; its seal does.
  if (seals.length !== rows.length) return false;
  const sealed = new Map(seals.map(({ decisionId, hash }) => [decisionId, hash]));
  const byId = new Map(rows.map((row) => [row.decisionId, row]));
  const chainedSince = rows.reduce(
    (first, row) => (isChained(row) ? Math.min(first, row.decidedAt.getTime()) : first),
    Number.POSITIVE_INFINITY,
  );
  return rows.every((row) => {
    if (sealed.get(row.decisionId) !== row.hash) return false;
    // Those of before the chain have nothing to be held against, and none of them is younger than it.
    if (!isChained(row)) return row.previousId === null && row.decidedAt.getTime() < chainedSince;
    const previous = row.previousId === null ? undefined : byId.get(row.previousId);
    if (row.previousId !== null && previous === undefined) return false;
    return row.hash === hashOf(row, previous);
  });
}

function isChained({ hash }: TransferDecisionRow): boolean {
  return hash !== null;
}

function hashOf(decision: Unchained, previous: Link | undefined): string {
  const { decidedAt, validUntil } = decision;
  const said = [
    ...[previous?.decisionId ?? null, previous?.hash ?? null],
    ...[decision.decisionId, decision.tenantId, decision.dataClass, decision.access],
    ...[decision.originCountry, decision.originEvidence, decision.controllerCountry, decision.toCountry],
    ...[decision.outcome, decision.basis, decision.reference, decision.regimes, decision.reasonCode],
    ...(decision.importer === null ? [] : [decision.importer, decision.importerIs]),
    ...[decision.registerVersion, decision.inputsSha256, decidedAt.getTime(), validUntil?.getTime() ?? null],
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}
