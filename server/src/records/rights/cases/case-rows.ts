/** A case between its row and the rules, and the history that grows with it. */

import type { CaseAct } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { CarriedRow } from '../../entities/carried.js';
import { type CaseHistoryRow, caseHistoryEntity } from '../../entities/case-history-entity.js';
import type { RightsCaseRow } from '../../entities/rights-case-entity.js';
import type { CaseFacts } from '../rules/case-facts.js';

export function factsOf(row: RightsCaseRow): CaseFacts {
  return {
    kind: row.kind,
    state: row.state,
    receivedAt: row.receivedAt.getTime(),
    isNamed: row.engagementId !== null,
    isReferred: row.cameBy === 'referral',
    referredAt: row.referredAt?.getTime(),
    packMadeAt: row.packMadeAt?.getTime(),
    identity: row.identity ?? undefined,
    pausedSince: row.pausedSince?.getTime(),
    pausedMs: Number(row.pausedMs),
    extendedAt: row.extendedAt?.getTime(),
    outcome: row.outcome ?? undefined,
    answeredAt: row.answeredAt?.getTime(),
    executedAt: row.executedAt?.getTime(),
    objectsTo: row.objectsTo ?? undefined,
  };
}

/** The columns that the rules decide. */
export function valuesOf(facts: CaseFacts): Partial<RightsCaseRow> {
  return {
    state: facts.state,
    packMadeAt: dateOf(facts.packMadeAt),
    identity: facts.identity ?? null,
    pausedSince: dateOf(facts.pausedSince),
    pausedMs: String(facts.pausedMs),
    extendedAt: dateOf(facts.extendedAt),
    outcome: facts.outcome ?? null,
    answeredAt: dateOf(facts.answeredAt),
    executedAt: dateOf(facts.executedAt),
  };
}

function dateOf(at: number | undefined): Date | null {
  return at === undefined ? null : new Date(at);
}

export type CaseHappening =
  | CaseAct['act']
  | 'received'
  | 'referred'
  | 'restricted'
  | 'unrestricted'
  | 'held'
  | 'erased'
  | 'packMade'
  | 'exported'
  | 'late';

export interface NewHappening {
  readonly caseId: string;
  readonly at: number;
  readonly actor: CaseHistoryRow['actor'];
  readonly actorId?: string;
  readonly happening: CaseHappening;
  readonly detail?: string;
}

export async function addHappening(
  manager: EntityManager,
  { at, actorId, detail, ...happened }: NewHappening,
  covered: CarriedRow,
): Promise<void> {
  await manager.getRepository(caseHistoryEntity).insert({
    ...happened,
    at: new Date(at),
    actorId: actorId ?? null,
    detail: detail ?? null,
    ...covered,
  });
}

/** Whether each entry is as it was written, follows the one before, and none between them is missing. */
export async function historyHolds(manager: EntityManager, caseId: string): Promise<boolean> {
  const [found] = await manager.query<{ faults: string; entries: string }[]>(brokenLinks, [caseId]);
  return Number(found?.faults) === 0 && Number(found?.entries) > 0;
}

const names = 'tenant_id,case_id,number,at,actor,actor_id,happening,detail,previous_hash';

const brokenLinks = `SELECT count(*) AS entries, count(*) FILTER (WHERE hash <> is_hash OR previous_hash <> before
    OR number <> place) AS faults
  FROM (SELECT number, hash, previous_hash, chain_hash(to_jsonb(h), '{${names}}') AS is_hash,
      coalesce(lag(hash) OVER (ORDER BY number), '') AS before, row_number() OVER (ORDER BY number) AS place
    FROM case_history h WHERE case_id = $1) AS links`;
