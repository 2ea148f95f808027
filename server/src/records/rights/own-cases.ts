/**
 * What is held of class case about one engagement, as it is handed to whoever the engagement is of: their requests, what
 * was erased, and what is held by law. A request whose sender was never recognised may be somebody else's and is not in
 * it; nor is what officers noted for themselves, or which of them it was.
 */

import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { caseHistoryEntity } from '../entities/case-history-entity.js';
import { erasureEntity } from '../entities/erasure-entity.js';
import { legalHoldEntity } from '../entities/legal-hold-entity.js';
import { type RightsCaseRow, rightsCaseEntity } from '../entities/rights-case-entity.js';
import { type Happening, happening } from './happenings.js';
import { addMonths, CASE_MONTHS } from './kept-until.js';

export interface OwnCase extends Happening {
  /** From when its retention counts; nothing while it goes on. */
  readonly over: Date | null;
}

export async function readOwnCases(
  manager: EntityManager,
  engagementId: string,
): Promise<readonly OwnCase[]> {
  const requests = await manager
    .getRepository(rightsCaseEntity)
    .find({ where: { engagementId, identity: Not(IsNull()) } });
  const closed = new Map(requests.map(({ caseId, closedAt }) => [caseId, closedAt]));
  const history = await manager
    .getRepository(caseHistoryEntity)
    .find({ where: { caseId: In([...closed.keys()]) }, order: { caseId: 'ASC', number: 'ASC' } });
  const erasures = await manager.getRepository(erasureEntity).findBy({ engagementId });
  const holds = await manager.getRepository(legalHoldEntity).findBy({ engagementId });
  return [
    ...requests.map((row) => ({ ...ofRequest(row), over: row.closedAt })),
    ...history.map((row) => {
      const { caseId, number, actor, happening: what } = row;
      const told = happening(row, 'requestHistory', row.at, { caseId, number, actor, what });
      return { ...told, over: closed.get(caseId) ?? null };
    }),
    ...erasures.map((row) => {
      const { erasureId, transcriptRows, surveyRows, answersOnly, toldAt } = row;
      const told = happening(row, 'erasure', row.at, {
        ...{ erasureId, transcriptRows, surveyRows, answersOnly },
        storeToldAt: toldAt,
      });
      return { ...told, over: row.at };
    }),
    ...holds.map((row) => {
      const { law, heldUntil, liftedAt } = row;
      return {
        ...happening(row, 'hold', row.placedAt, { law, heldUntil, liftedAt }),
        over: liftedAt ?? heldUntil,
      };
    }),
  ].sort((one, other) => one.at - other.at);
}

function ofRequest(row: RightsCaseRow): Happening {
  const { caseId, kind, state, cameBy, contact, details, objectsTo, identity } = row;
  const { extendedAt, justification, outcome, answer, ground, redress, answeredAt, executedAt, closedAt } =
    row;
  return happening(row, 'request', row.receivedAt, {
    ...{
      caseId,
      right: kind,
      state,
      cameBy,
      contact,
      details,
      objectsTo,
      identity,
      extendedAt,
      justification,
    },
    ...{ outcome, answer, ground, redress, answeredAt, executedAt, closedAt },
  });
}

/** Of what goes on as if it ended now: it is kept until then at least. */
export function casesKeptUntil(cases: readonly OwnCase[], now: number): number {
  return Math.max(...cases.map(({ over }) => addMonths(over ?? new Date(now), CASE_MONTHS).getTime()));
}
