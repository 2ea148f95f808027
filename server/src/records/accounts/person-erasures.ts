/**
 * The end of one person's account, which another officer asks for: they are shut out at once, it waits for at most 14
 * days in which it can be called off, and then nothing is known of them any more (SPEC, PX1 to PX4).
 */

import { accept, type Done, type PersonErase, type Reply, refuse } from '@alongside/protocol';
import { type EntityManager, IsNull, LessThanOrEqual } from 'typeorm';
import { operatorsOf } from '../emergencies/emergencies.js';
import { type PersonRow, personEntity } from '../entities/person-entity.js';
import type { AuditAction } from './audit-trail.js';
import type { Caller } from './caller.js';
import { erasePerson, nothingAsked } from './erase-person.js';
import { lockCustomer } from './lock-customer.js';
import { isPassword } from './passwords.js';
import { type ShutOutDeps, shutOut } from './shut-out.js';

const DAY_MS = 24 * 3_600_000;

export class PersonErasures {
  readonly #deps: ShutOutDeps;

  constructor(deps: ShutOutDeps) {
    this.#deps = deps;
  }

  /** Asked with the password once more: it cannot be taken back for ever. */
  async ask(
    manager: EntityManager,
    caller: Caller,
    {
      personId,
      erase: { password, eraseInDays },
    }: { readonly personId: string; readonly erase: PersonErase },
  ): Promise<Reply<Done>> {
    const people = manager.getRepository(personEntity);
    const person = await this.#findPerson(manager, personId);
    if (person === null) return refuse('notFound');
    if (person.eraseAfter !== null) return refuse('wrongState');
    if (personId === caller.personId) return refuse('conflict', 'self');
    const { passwordHash } = await people.findOneByOrFail({ personId: caller.personId });
    if (!(await isPassword(password, passwordHash))) return refuse('invalid', 'password');
    // Whoever asks stays: so a customer always has an officer, also where two of them ask for each other's end at once.
    await lockCustomer(manager, caller);
    if (!(await people.existsBy({ personId: caller.personId, disabled: false })))
      return refuse('notAdmitted');
    const now = this.#deps.context.clock();
    const eraseAfter = new Date(now + eraseInDays * DAY_MS);
    const asked = { eraseAfter, eraseAskedAt: new Date(now), eraseAskedBy: caller.personId };
    // As it is now that nobody else changes it.
    const { disabled } = await people.findOneByOrFail({ personId });
    await people.update({ personId }, { ...asked, disabled: true });
    await shutOut(this.#deps, manager, { personId, disabled });
    return this.#done(manager, caller, { action: 'person.eraseAsked', subject: personId });
  }

  /** They stay disabled, until an officer enables them. */
  async callOff(manager: EntityManager, caller: Caller, personId: string): Promise<Reply<Done>> {
    const person = await this.#findPerson(manager, personId);
    if (person === null) return refuse('notFound');
    if (person.eraseAfter === null) return refuse('wrongState');
    // From its day on the ledger may have it already, by which the next start would erase them all the same.
    if (person.eraseAfter.getTime() <= this.#deps.context.clock()) return refuse('expired');
    await manager.getRepository(personEntity).update({ personId }, nothingAsked);
    return this.#done(manager, caller, { action: 'person.eraseCalledOff', subject: personId });
  }

  /** Those whose time to think is over. */
  async eraseDue(): Promise<void> {
    const { database, clock } = this.#deps.context;
    await database.eachTenant((tenantId) =>
      database.inTenant(tenantId, async (manager) => {
        const due = { eraseAfter: LessThanOrEqual(new Date(clock())) };
        for (const { personId, eraseAskedBy } of await manager.getRepository(personEntity).findBy(due)) {
          await erasePerson(this.#deps.context, manager, personId);
          const by = { tenantId, personId: eraseAskedBy ?? personId };
          await this.#done(manager, by, { action: 'person.erased', subject: personId });
        }
      }),
    );
  }

  /** Whoever operates the service is none of the customer's people: their name stands for what they did in its audit. */
  async #findPerson(manager: EntityManager, personId: string): Promise<PersonRow | null> {
    if ((await operatorsOf(manager)).has(personId)) return null;
    return manager.getRepository(personEntity).findOneBy({ personId, erasedAt: IsNull() });
  }

  async #done(
    manager: EntityManager,
    { tenantId, personId: actorId }: Pick<Caller, 'tenantId' | 'personId'>,
    what: { readonly action: AuditAction; readonly subject: string },
  ): Promise<Reply<Done>> {
    await this.#deps.context.audit.add(manager, { tenantId, actorId, ...what });
    return accept({});
  }
}
