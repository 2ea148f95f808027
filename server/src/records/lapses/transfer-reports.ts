/** What flows where on which basis, what lapsed and what was done about it: for the officer's files. */

import type { LapseShown, OnwardShown, TransferReport } from '@alongside/protocol';
import { type EntityManager, In, IsNull } from 'typeorm';
import { lapseEntity } from '../entities/lapse-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { type TransferDecisionRow, transferDecisionEntity } from '../entities/transfer-decision-entity.js';
import { isChainIntact } from '../transfer/decision-chain.js';

export class TransferReports {
  async show(manager: EntityManager): Promise<TransferReport> {
    const open = await manager
      .getRepository(transferDecisionEntity)
      .find({ where: { endedAt: IsNull() }, order: { decidedAt: 'DESC' } });
    // What people do in the console is no flow of visitors' data.
    const flows = open.filter(({ basis }) => basis !== 'NONE_DIRECT_FROM_SUBJECT').map(flowShown);
    return {
      flows,
      lapses: await lapsesShown(manager),
      onward: await manager.query<OnwardShown[]>(onwardShown),
      decisionsIntact: await isChainIntact(manager),
    };
  }
}

const delivered = 'WHERE engagement_id = e.engagement_id AND delivered_at IS NOT NULL';
const onwardShown = `SELECT r.name AS recipient, r.purpose, d.decision_id AS "decisionId", d.basis,
    d.origin_country AS "fromCountry", d.to_country AS "toCountry",
    count(*)::int AS rows, (extract(epoch FROM max(sent_at)) * 1000)::float8 AS "lastAt"
  FROM engagement e JOIN recipient r ON r.recipient_id = e.delivered_to
  JOIN transfer_decision d ON d.decision_id = e.onward_decision_id
  CROSS JOIN LATERAL (
    SELECT requested_at UNION ALL SELECT delivered_at FROM chat_line ${delivered}
    UNION ALL SELECT delivered_at FROM survey_answers ${delivered}
    UNION ALL SELECT delivered_at FROM correction ${delivered}
  ) AS sent (sent_at)
  GROUP BY r.recipient_id, d.decision_id ORDER BY "lastAt" DESC`;

function flowShown(row: TransferDecisionRow): TransferReport['flows'][number] {
  return {
    decisionId: row.decisionId,
    dataClass: row.dataClass,
    access: row.access,
    fromCountry: row.originCountry,
    toCountry: row.toCountry,
    basis: row.basis ?? undefined,
    reference: row.reference ?? undefined,
    reason: row.reasonCode ?? undefined,
    decidedAt: row.decidedAt.getTime(),
    validUntil: row.validUntil?.getTime(),
  };
}

async function lapsesShown(manager: EntityManager): Promise<readonly LapseShown[]> {
  const rows = await manager.getRepository(lapseEntity).find({ order: { madeAt: 'DESC' } });
  const ids = rows.flatMap(({ decisionId, successorId }) => [
    decisionId,
    ...(successorId ? [successorId] : []),
  ]);
  const decisions = await manager.getRepository(transferDecisionEntity).findBy({ decisionId: In(ids) });
  const byId = new Map(decisions.map((each) => [each.decisionId, each]));
  const people = await manager.getRepository(personEntity).find();
  const names = new Map(people.map((each) => [each.personId, each.displayName ?? each.email]));
  return rows.flatMap((row) => {
    const before = byId.get(row.decisionId);
    const now = row.successorId === null ? undefined : byId.get(row.successorId);
    if (before === undefined || before.basis === null) return [];
    return [
      {
        lapseId: row.lapseId,
        current: row.supersededAt === null,
        dataClass: before.dataClass,
        fromCountry: before.originCountry,
        toCountry: before.toCountry,
        basisBefore: before.basis,
        referenceBefore: before.reference ?? undefined,
        basisNow: now?.basis ?? undefined,
        referenceNow: now?.reference ?? undefined,
        cause: row.cause,
        state: row.state,
        beganAt: row.beganAt.getTime(),
        coveredFrom: row.coveredFrom?.getTime(),
        deadline: row.deadline.getTime(),
        rows: row.rowCount,
        actedBy: row.actedBy === null ? undefined : names.get(row.actedBy),
        actedAt: row.actedAt?.getTime(),
      },
    ];
  });
}
