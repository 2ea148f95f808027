/** A case as whoever asked is told of it, and the ways back to it by its key. */

import { accept, type CaseAnswerShown, type CaseSeen, type Reply, refuse } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { hashSecret } from '../../crypto/secrets.js';
import { customerEntity } from '../../entities/customer-entity.js';
import { type RightsCaseRow, rightsCaseEntity } from '../../entities/rights-case-entity.js';
import type { RecordsContext } from '../../records-context.js';
import { answerDue, extendedUntil } from '../rules/case-clocks.js';
import { lawOf } from '../rules/refusal-grounds.js';
import { factsOf } from './case-rows.js';
import { heldBack } from './held-back.js';
import { complaintText } from './redress.js';

export class CaseKeys {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  look(authorization: string | undefined): Promise<Reply<CaseSeen>> {
    return this.toCase(authorization, async (manager, row) =>
      accept(await caseSeen(manager, row, this.#context.clock())),
    );
  }

  /** With `authorization: Case <caseId>.<key>`. */
  async toCase<T>(
    authorization: string | undefined,
    work: (manager: EntityManager, row: RightsCaseRow) => Promise<Reply<T>>,
  ): Promise<Reply<T>> {
    const [, caseId, key] = /^Case ([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/.exec(authorization ?? '') ?? [];
    if (caseId === undefined || key === undefined) return refuse('notAdmitted');
    const keyHash = hashSecret(key);
    const [found] = await this.#context.database.lookUp<{ tenant_id: string }>('tenant_of_case', keyHash);
    if (found === undefined) return refuse('notAdmitted');
    return this.#context.database.inTenant(found.tenant_id, async (manager) => {
      const row = await manager.getRepository(rightsCaseEntity).findOneBy({ caseId, keyHash });
      return row === null ? refuse('notAdmitted') : work(manager, row);
    });
  }
}

export async function caseSeen(manager: EntityManager, row: RightsCaseRow, now: number): Promise<CaseSeen> {
  const { tenantId } = row;
  const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
  return {
    caseId: row.caseId,
    kind: row.kind,
    state: row.state,
    controller: customer.legalName ?? customer.name,
    contact: customer.privacyContact ?? '',
    redress: complaintText({ country: customer.country, language: row.language }),
    receivedAt: row.receivedAt.getTime(),
    dueAt: answerDue(factsOf(row), now),
    extended: extensionOf(row),
    identityConfirmed: row.identity !== null,
    answer: answerOf(row),
    held: await heldBack(manager, row, now),
    closedAt: row.closedAt?.getTime(),
  };
}

export function extensionOf(row: RightsCaseRow): CaseSeen['extended'] {
  const { justification } = row;
  return justification === null ? undefined : { until: extendedUntil(factsOf(row)), justification };
}

export function answerOf({
  outcome,
  answeredAt,
  answer,
  ground,
  redress,
}: RightsCaseRow): CaseAnswerShown | undefined {
  if (outcome === null || answeredAt === null || answer === null) return undefined;
  return {
    outcome,
    at: answeredAt.getTime(),
    text: answer,
    ground: ground ?? undefined,
    law: ground === null ? undefined : lawOf(ground),
    redress: redress ?? undefined,
  };
}
