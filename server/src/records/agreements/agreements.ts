/** The customer's agreements with whoever runs the installation: recorded by one officer, confirmed by somebody else. */

import { randomUUID } from 'node:crypto';
import { type AgreementCreate, type AgreementShown, accept, type Reply, refuse } from '@alongside/protocol';
import { isCountryCode } from '@alongside/transfer';
import { type EntityManager, IsNull, LessThan, Not } from 'typeorm';
import type { AuditAction } from '../accounts/audit-trail.js';
import type { Caller } from '../accounts/caller.js';
import { wrongSecond } from '../accounts/four-eyes.js';
import { personEntity } from '../entities/person-entity.js';
import {
  type ProcessingAgreementRow,
  processingAgreementEntity,
} from '../entities/processing-agreement-entity.js';
import type { RecordsContext } from '../records-context.js';
import { refuseStruckDown } from '../transfer/refuse-struck-down.js';
import { agreementState } from './agreement-state.js';

/** Somewhere it is the next day already: what was signed today there is not of the future. */
const EAST_MS = 14 * 3_600_000;

type Confirmer = Pick<ProcessingAgreementRow, 'confirmedBy' | 'confirmedByOperator' | 'operatorId'>;

/** What is confirmed on the machine, by whom, and where they are: their entry in the audit is decided by it. */
export interface OperatorsYes {
  readonly tenantId: string;
  readonly version: string;
  readonly operator: string;
  readonly country: string;
}

export type AgreementWaiting = Pick<
  ProcessingAgreementRow,
  'agreementId' | 'version' | 'controller' | 'processor' | 'signedOn' | 'validUntil'
>;

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
    const { signedOn, validUntil, version, controller, processor } = created;
    const struckDown = refuseStruckDown(version, controller, processor);
    if (struckDown !== undefined) return struckDown;
    if (Date.parse(signedOn) > now + EAST_MS) return refuse('invalid', 'signedOn');
    const ends = { confirmedAt: null, endedAt: null, replacedBy: null, validUntil: validUntil ?? null };
    const isOver = agreementState(ends, now) === 'expired';
    if (isOver || (validUntil !== undefined && validUntil < signedOn)) return refuse('invalid', 'validUntil');
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
    const wrong = await wrongSecond(manager, caller, {
      ...{ first: row.value.recordedBy, begunAt: row.value.recordedAt },
      now: this.#context.clock(),
    });
    if (wrong !== undefined) return wrong;
    await this.#confirm(manager, row.value, {
      ...{ confirmedBy: caller.personId, confirmedByOperator: null, operatorId: null },
    });
    await this.#audit(manager, caller, { action: 'agreement.confirmed', agreementId });
    return accept(await this.list(manager, caller));
  }

  /** How many customers' sites take nothing new. */
  async countWithout(): Promise<number> {
    const { database, clock } = this.#context;
    const today = new Date(clock()).toISOString().slice(0, 10);
    const [found] = await database.lookUp<{ customers: number }>('customers_without_agreement', today);
    return found?.customers ?? 0;
  }

  /** What whoever runs the installation may confirm on its machine, newest first. */
  waitingOf(tenantId: string): Promise<readonly AgreementWaiting[]> {
    return this.#context.database.inTenant(tenantId, (manager) => this.#listWaiting(manager));
  }

  /**
   * The other party's yes, on the installation's machine and nowhere else, to the one that they have named. The audit
   * has it under them, as it has what they do in an emergency: they are nobody of the customer's.
   */
  async confirmOnMachine(yes: OperatorsYes): Promise<Reply<AgreementWaiting>> {
    const { tenantId, version, country } = yes;
    const operator = yes.operator.trim().slice(0, 80);
    if (operator === '') return refuse('invalid', 'operator');
    if (!isCountryCode(country)) return refuse('invalid', 'country');
    return this.#context.database.inTenant(tenantId, async (manager) => {
      await this.#takeTurns(manager);
      const [named, ...more] = (await this.#listWaiting(manager)).filter((each) => each.version === version);
      if (named === undefined) return refuse('notFound');
      // Two of one name: which of them was meant, nobody can tell.
      if (more.length > 0) return refuse('wrongState', 'version');
      const operatorId = randomUUID();
      await manager.getRepository(personEntity).insert({
        ...{ personId: operatorId, tenantId, country, roles: ['supervisor'], disabled: true },
        ...{ email: `${operatorId}@operator.invalid`, displayName: operator },
      });
      await this.#confirm(manager, named, { confirmedBy: null, confirmedByOperator: operator, operatorId });
      const { agreementId } = named;
      const action = 'agreement.confirmedOnMachine';
      await this.#audit(manager, { tenantId, personId: operatorId }, { action, agreementId });
      return accept(named);
    });
  }

  /** Nothing new begins under it from now on; what goes on, ends as it would. */
  async end(
    manager: EntityManager,
    caller: Caller,
    agreementId: string,
  ): Promise<Reply<readonly AgreementShown[]>> {
    await this.#takeTurns(manager);
    const agreements = manager.getRepository(processingAgreementEntity);
    const endedAt = new Date(this.#context.clock());
    const ended = await agreements.update({ agreementId, endedAt: IsNull() }, { endedAt });
    if (ended.affected !== 1) return refuse('notFound');
    await this.#audit(manager, caller, { action: 'agreement.ended', agreementId });
    return accept(await this.list(manager, caller));
  }

  /** The one before is replaced in the same moment, and so is what was recorded before it and waits still. */
  async #confirm(
    manager: EntityManager,
    { agreementId, recordedAt }: ProcessingAgreementRow,
    confirmer: Confirmer,
  ): Promise<void> {
    const agreements = manager.getRepository(processingAgreementEntity);
    const now = new Date(this.#context.clock());
    const open = { endedAt: IsNull() };
    const before = [
      { ...open, confirmedAt: Not(IsNull()) },
      { ...open, confirmedAt: IsNull(), recordedAt: LessThan(recordedAt) },
    ];
    for (const each of before) await agreements.update(each, { endedAt: now, replacedBy: agreementId });
    const waiting = { agreementId, endedAt: IsNull(), confirmedAt: IsNull() };
    const { affected } = await agreements.update(waiting, { ...confirmer, confirmedAt: now });
    if (affected !== 1) throw new Error('an agreement changed while it was confirmed');
  }

  /** Two that are confirmed or ended in the same moment come one after the other, and each sees what the other did. */
  async #takeTurns(manager: EntityManager): Promise<void> {
    await manager.query(
      "SELECT pg_advisory_xact_lock(hashtext('agreement' || current_setting('app.tenant')))",
    );
  }

  async #waiting(manager: EntityManager, agreementId: string): Promise<Reply<ProcessingAgreementRow>> {
    await this.#takeTurns(manager);
    const row = await manager.getRepository(processingAgreementEntity).findOneBy({ agreementId });
    if (row === null) return refuse('notFound');
    return this.#waits(row) ? accept(row) : refuse('wrongState');
  }

  async #listWaiting(manager: EntityManager): Promise<readonly ProcessingAgreementRow[]> {
    const where = { endedAt: IsNull(), confirmedAt: IsNull() };
    const rows = manager.getRepository(processingAgreementEntity);
    return (await rows.find({ where, order: { recordedAt: 'DESC' } })).filter((row) => this.#waits(row));
  }

  #waits(row: ProcessingAgreementRow): boolean {
    return agreementState(row, this.#context.clock()) === 'waiting';
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
