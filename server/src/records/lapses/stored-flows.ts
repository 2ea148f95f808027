/** What becomes of stored rows when their decision ends: they go on under another basis, or are suspended. */

import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { type LapseRow, lapseEntity } from '../entities/lapse-entity.js';
import { type TransferDecisionRow, transferDecisionEntity } from '../entities/transfer-decision-entity.js';
import type { RecordsContext } from '../records-context.js';
import { flowOf } from '../transfer/flow.js';
import { countKept } from './kept-rows.js';

/** For the customer to say what is to happen with suspended rows; after that they are erased. */
const ANSWER_MS = 30 * 86_400_000;

interface Ended {
  /** Of the rows. */
  readonly decision: TransferDecisionRow;
  /** Since when they were not covered. */
  readonly beganAt: Date;
}

/** Never retroactive: what covers them now does so from now, and the time between stays visible. */
export async function settleStored(context: RecordsContext, manager: EntityManager): Promise<void> {
  const decisions = manager.getRepository(transferDecisionEntity);
  const unsettled = await manager.query<{ decision_id: string }[]>(due);
  for (const { decision_id: decisionId } of unsettled) {
    const decision = await decisions.findOneByOrFail({ decisionId });
    const beganAt = endOf(decision);
    // Rows of earlier decisions that went on under this one lapse with it.
    const followers = await manager
      .getRepository(lapseEntity)
      .createQueryBuilder('lapse')
      .where('lapse.successor_id = :decisionId AND lapse.superseded_at IS NULL', { decisionId })
      .getMany();
    await settle(context, manager, { decision, beganAt });
    for (const follower of followers) {
      const earlier = await decisions.findOneByOrFail({ decisionId: follower.decisionId });
      await settle(context, manager, { decision: earlier, beganAt });
    }
    await decisions.update({ decisionId }, { settledAt: () => 'clock_timestamp()' });
  }
}

/**
 * What was suspended may have got a basis since: new clauses, a framework that is in force again. What somebody decided
 * of it stands: the rest of it goes when its hold ends.
 */
export async function rebaseSuspended(context: RecordsContext, manager: EntityManager): Promise<void> {
  const suspended = await manager.query<{ decision_id: string; began_at: Date }[]>(
    `SELECT decision_id, began_at FROM lapse WHERE state = 'SUSPENDED' AND superseded_at IS NULL AND acted_at IS NULL
      ORDER BY decision_id`,
  );
  for (const { decision_id: decisionId, began_at: beganAt } of suspended) {
    const decision = await manager.getRepository(transferDecisionEntity).findOneByOrFail({ decisionId });
    if (await context.decisions.wouldAllow(manager, flowOf(decision)))
      await settle(context, manager, { decision, beganAt });
  }
}

/** Decisions whose rows may be neither read nor exported, but by the customer where it is itself. */
export async function suspendedDecisions(manager: EntityManager): Promise<readonly string[]> {
  const rows = await manager.query<{ decision_id: string }[]>(
    "SELECT decision_id FROM lapse WHERE state = 'SUSPENDED' AND superseded_at IS NULL",
  );
  return rows.map((each) => each.decision_id);
}

async function settle(
  { decisions, clock }: RecordsContext,
  manager: EntityManager,
  { decision, beganAt }: Ended,
): Promise<void> {
  const decided = await decisions.decide(manager, flowOf(decision));
  const { decisionId, tenantId } = decision;
  const rowCount = await countKept(manager, decisionId);
  const now = new Date(clock());
  const lapses = manager.getRepository(lapseEntity);
  const before = await lapses
    .createQueryBuilder('lapse')
    .where('lapse.decision_id = :decisionId AND lapse.superseded_at IS NULL', { decisionId })
    .getOne();
  // Erased and brought home is for good: there is nothing left to be covered.
  if (before !== null && before.state !== 'SUSPENDED' && before.state !== 'REBASED') return;
  if (before !== null) await lapses.update({ lapseId: before.lapseId }, { supersededAt: now });
  // Nothing was kept under it: there is nothing to tell of, and nothing that could lapse again.
  if (rowCount === 0) return;
  const outcome: Pick<LapseRow, 'state' | 'successorId' | 'coveredFrom' | 'cause'> = decided.ok
    ? { state: 'REBASED', successorId: decided.value.decisionId, coveredFrom: now, cause: 'CHANGED' }
    : { state: 'SUSPENDED', successorId: null, coveredFrom: null, cause: decided.refusal.detail ?? '' };
  const deadline = new Date(now.getTime() + ANSWER_MS);
  await lapses.insert({
    lapseId: randomUUID(),
    tenantId,
    decisionId,
    madeAt: now,
    beganAt,
    deadline,
    rowCount,
    ...outcome,
  });
}

function endOf({ endedAt, validUntil }: TransferDecisionRow): Date {
  const ended = endedAt ?? new Date();
  return validUntil !== null && validUntil < ended ? validUntil : ended;
}

/** What people do in the console rests on no transfer and cannot lapse. */
const due = `SELECT decision_id FROM transfer_decision
  WHERE ended_at IS NOT NULL AND settled_at IS NULL AND access = 'store' AND outcome = 'ALLOW'
    AND basis <> 'NONE_DIRECT_FROM_SUBJECT' ORDER BY decision_id`;
