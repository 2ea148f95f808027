/** The customer's agreements with whoever runs the installation: recorded by one officer, confirmed by somebody else. */

import { randomUUID } from 'node:crypto';
import { type AgreementCreate, type AgreementShown, accept, type Reply, refuse } from '@alongside/protocol';
import { type EntityManager, IsNull, Not } from 'typeorm';
import type { AuditAction } from '../accounts/audit-trail.js';
import type { Caller } from '../accounts/caller.js';
import { personEntity } from '../entities/person-entity.js';
import {
  type ProcessingAgreementRow,
  processingAgreementEntity,
} from '../entities/processing-agreement-entity.js';
import type { RecordsContext } from '../records-context.js';
import { agreementState } from './agreement-state.js';

type Confirmer = Pick<ProcessingAgreementRow, 'confirmedBy' | 'confirmedByOperator'>;

export class Agreements {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  /** Newest first. */
  async list(manager: EntityManager, caller: Caller): Promise<readonly AgreementShown[]> {
    const rows = await manager
      .getRepository(processingAgreementEntity)
      .find({ order: { recordedAt: 'DESC', agreementId: 'ASC' } });
    const people = await manager.getRepository(personEntity).find();
    const names = new Map(people.map((each) => [each.personId, each.displayName ?? each.email]));
    return rows.map((row) => this.#shown(row, caller, names));
  }

  async add(
    manager: EntityManager,
    caller: Caller,
    created: AgreementCreate,
  ): Promise<Reply<readonly AgreementShown[]>> {
    const now = this.#context.clock();
    const { signedOn, validUntil } = created;
    if (Date.parse(signedOn) > now) return refuse('invalid', 'signedOn');
    if (validUntil !== undefined && validUntil < signedOn) return refuse('invalid', 'validUntil');
    const agreementId = randomUUID();
    const { tenantId, personId: recordedBy } = caller;
    await manager.getRepository(processingAgreementEntity).insert({
      ...{ ...created, agreementId, tenantId, recordedBy },
      validUntil: validUntil ?? null,
      recordedAt: new Date(now),
    });
    await this.#audit(manager, caller, { action: 'agreement.recorded', agreementId });
    return accept(await this.list(manager, caller));
  }

  /** By another person than the one who recorded it; the one before is replaced in the same moment. */
  async confirm(
    manager: EntityManager,
    caller: Caller,
    agreementId: string,
  ): Promise<Reply<readonly AgreementShown[]>> {
    const row = await this.#waiting(manager, agreementId);
    if (!row.ok) return row;
    if (row.value.recordedBy === caller.personId) return refuse('notPermitted', 'fourEyes');
    await this.#confirm(manager, row.value, { confirmedBy: caller.personId, confirmedByOperator: null });
    await this.#audit(manager, caller, { action: 'agreement.confirmed', agreementId });
    return accept(await this.list(manager, caller));
  }

  /**
   * The other party's yes, on the installation's machine and nowhere else: of the newest one that waits. The audit names
   * it under who recorded it, since whoever runs the installation is nobody of the customer's.
   */
  async confirmOnMachine(
    tenantId: string,
    operator: string,
  ): Promise<Reply<Pick<ProcessingAgreementRow, 'version' | 'controller'>>> {
    const { database } = this.#context;
    const name = operator.trim().slice(0, 80);
    if (name === '') return refuse('invalid', 'operator');
    return database.inTenant(tenantId, async (manager) => {
      const [newest] = await manager.getRepository(processingAgreementEntity).find({
        where: { endedAt: IsNull(), confirmedAt: IsNull() },
        order: { recordedAt: 'DESC' },
        take: 1,
      });
      if (newest === undefined) return refuse('notFound');
      const { agreementId, recordedBy: personId } = newest;
      const row = await this.#waiting(manager, agreementId);
      if (!row.ok) return row;
      await this.#confirm(manager, row.value, { confirmedBy: null, confirmedByOperator: name });
      const action = 'agreement.confirmedOnMachine';
      await this.#audit(manager, { tenantId, personId }, { action, agreementId });
      return accept({ version: newest.version, controller: newest.controller });
    });
  }

  /** Nothing new begins under it from now on; what goes on, ends as it would. */
  async end(
    manager: EntityManager,
    caller: Caller,
    agreementId: string,
  ): Promise<Reply<readonly AgreementShown[]>> {
    const agreements = manager.getRepository(processingAgreementEntity);
    const endedAt = new Date(this.#context.clock());
    const ended = await agreements.update({ agreementId, endedAt: IsNull() }, { endedAt });
    if (ended.affected !== 1) return refuse('notFound');
    await this.#audit(manager, caller, { action: 'agreement.ended', agreementId });
    return accept(await this.list(manager, caller));
  }

  async #confirm(
    manager: EntityManager,
    { agreementId }: ProcessingAgreementRow,
    confirmer: Confirmer,
  ): Promise<void> {
    const agreements = manager.getRepository(processingAgreementEntity);
    const now = new Date(this.#context.clock());
    const before = { endedAt: IsNull(), confirmedAt: Not(IsNull()) };
    await agreements.update(before, { endedAt: now, replacedBy: agreementId });
    await agreements.update({ agreementId }, { ...confirmer, confirmedAt: now });
  }

  async #waiting(manager: EntityManager, agreementId: string): Promise<Reply<ProcessingAgreementRow>> {
    // Two that are confirmed in the same moment come one after the other, so that one of them replaces the other.
    await manager.query(
      "SELECT pg_advisory_xact_lock(hashtext('agreement' || current_setting('app.tenant')))",
    );
    const row = await manager.getRepository(processingAgreementEntity).findOneBy({ agreementId });
    if (row === null) return refuse('notFound');
    const isWaiting = agreementState(row, this.#context.clock()) === 'waiting';
    return isWaiting ? accept(row) : refuse('wrongState');
  }

  #audit(
    manager: EntityManager,
    { tenantId, personId: actorId }: Pick<Caller, 'tenantId' | 'personId'>,
    { action, agreementId: subject }: { action: AuditAction; agreementId: string },
  ): Promise<void> {
    return this.#context.audit.add(manager, { tenantId, actorId, action, subject });
  }

  #shown(
    row: ProcessingAgreementRow,
    { personId }: Caller,
    names: ReadonlyMap<string, string>,
  ): AgreementShown {
    const { agreementId, version, controller, processor, signedOn, validUntil, recordedBy } = row;
    const confirmer = row.confirmedBy === null ? row.confirmedByOperator : names.get(row.confirmedBy);
    return {
      ...{ agreementId, version, controller, processor, signedOn },
      ...(validUntil === null ? {} : { validUntil }),
      state: agreementState(row, this.#context.clock()),
      recordedBy: names.get(recordedBy) ?? '',
      confirmedBy: confirmer ?? undefined,
      confirmedAt: row.confirmedAt?.getTime(),
      own: recordedBy === personId,
      endedAt: row.endedAt?.getTime(),
    };
  }
}
