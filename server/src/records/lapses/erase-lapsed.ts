/**
 * Takes the rows of a lapsed decision away: never what a hold keeps, never without a line in the ledger of erasures, and
 * with word to the customer's own store where they are erased for good.
 */

import { accept, type Done, type Reply } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { type TransferDecisionRow, transferDecisionEntity } from '../entities/transfer-decision-entity.js';
import type { RecordsContext } from '../records-context.js';
import { hashOf } from '../retention/erasure-ledger.js';
import { coverCase } from '../rights/cases/cover-case.js';
import { heldEngagements } from '../rights/holds-in-force.js';
import { flowOf } from '../transfer/flow.js';
import { countKept, eraseKept } from './kept-rows.js';

/** So that an erasure holds no row of the engagements that go on, and no statement runs into its time limit. */
const SLICE = 1_000;

/** Answers how many rows stay for now: held, or needed by rows of another decision. */
export async function eraseLapsed(
  context: RecordsContext,
  manager: EntityManager,
  decisionId: string,
): Promise<number> {
  const held = await heldEngagements(manager, new Date(context.clock()));
  await eraseKept(manager, { decisionId, slice: SLICE, held });
  return countKept(manager, decisionId);
}

/**
 * What was said and is not brought home is erased as if somebody had asked for it: each engagement has its receipt, and
 * the store to which it was delivered is told.
 */
export async function noteErased(
  context: RecordsContext,
  manager: EntityManager,
  decisionId: string,
): Promise<Reply<Done>> {
  const decision = await manager.getRepository(transferDecisionEntity).findOneByOrFail({ decisionId });
  if (decision.dataClass !== 'transcript') return accept({});
  const { tenantId } = decision;
  const covered = await coverCase(context, manager, { tenantId, origin: flowOf(decision).origin });
  if (!covered.ok) return covered;
  const { originCountry, originEvidence, storageRegion, purpose } = covered.value;
  const carried = [tenantId, originCountry, originEvidence, storageRegion, purpose, covered.value.decisionId];
  const ids = await engagementsUnder(context, manager, decision);
  const at = new Date(context.clock());
  for (let from = 0; from < ids.length; from += SLICE) {
    const slice = ids.slice(from, from + SLICE);
    await manager.query(addReceipts, [decisionId, slice, at, ...carried]);
    await manager.query(markErased, [slice, at]);
  }
  context.storeErasures.tellAfter(manager, tenantId);
  return accept({});
}

/** After a restore from before it: nothing may come under the decision again, so that the next start takes nothing new. */
export async function replayLapsed(
  context: RecordsContext,
  manager: EntityManager,
  subjects: readonly string[],
): Promise<number> {
  const back = await manager.query<{ decision_id: string }[]>(broughtBack, [subjects]);
  for (const { decision_id: decisionId } of back) {
    const end = { endedAt: () => 'coalesce(ended_at, clock_timestamp())' };
    await manager.getRepository(transferDecisionEntity).update({ decisionId }, end);
    await eraseLapsed(context, manager, decisionId);
  }
  return back.length;
}

async function engagementsUnder(
  context: RecordsContext,
  manager: EntityManager,
  { decisionId }: TransferDecisionRow,
): Promise<readonly string[]> {
  const kept = await heldEngagements(manager, new Date(context.clock()));
  const rows = await manager.query<{ engagement_id: string }[]>(
    `SELECT DISTINCT engagement_id FROM ${said} AS said WHERE engagement_id <> ALL($2::uuid[])`,
    [decisionId, kept],
  );
  return rows.map((each) => each.engagement_id);
}

const said = `(${['chat_line', 'introduction', 'correction']
  .map((table) => `SELECT engagement_id FROM ${table} WHERE decision_id = $1`)
  .join(' UNION ALL ')})`;

/** One that was asked for before keeps its receipt. */
const addReceipts = `INSERT INTO erasure (erasure_id, engagement_id, recipient_id, transcript_rows, survey_rows, at,
    tenant_id, origin_country, origin_evidence, storage_region, purpose, decision_id)
  SELECT gen_random_uuid(), e.engagement_id, e.delivered_to, count(*), 0, $3, $4, $5, $6, $7, $8, $9
  FROM ${said} AS said JOIN engagement e ON e.engagement_id = said.engagement_id
  WHERE e.engagement_id = ANY($2::uuid[]) GROUP BY e.engagement_id
  ON CONFLICT (engagement_id) WHERE NOT answers_only DO NOTHING`;

const markErased = `UPDATE engagement SET version = version + 1, erased_at = $2
  WHERE engagement_id = ANY($1::uuid[]) AND erased_at IS NULL`;

/** What this database knows of itself is gone already, or goes when its hold ends. */
const broughtBack = `SELECT decision_id FROM transfer_decision d
  WHERE ${hashOf('decision_id')} = ANY($1::text[])
    AND NOT EXISTS (SELECT FROM lapse l WHERE l.decision_id = d.decision_id AND l.acted_at IS NOT NULL)`;
