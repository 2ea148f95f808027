/** One-time links with which a person sets their first password. */

import { accept, type EnrolmentLooked, limits, type Reply, refuse } from '@alongside/protocol';
import { isCountryCode } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';
import { hashSecret, makeSecret } from '../crypto/secrets.js';
import { customerEntity } from '../entities/customer-entity.js';
import { type EnrolmentRow, enrolmentEntity } from '../entities/enrolment-entity.js';
import { type PersonRow, personEntity } from '../entities/person-entity.js';
import type { RecordsContext } from '../records-context.js';
import { hashPassword, isWeak } from './passwords.js';
import type { OpenedSession, Sessions } from './sessions.js';

export interface EnrolmentRequest {
  readonly secret: string;
  readonly displayName: string;
  readonly password: string;
  readonly country?: string;
}

export class Enrolments {
  readonly #context: RecordsContext;
  readonly #sessions: Sessions;

  constructor(context: RecordsContext, sessions: Sessions) {
    this.#context = context;
    this.#sessions = sessions;
  }

  /** A new link voids the ones before it. The secret is returned and kept nowhere. */
  async start(
    manager: EntityManager,
    { tenantId, personId }: { tenantId: string; personId: string },
  ): Promise<string> {
    const enrolments = manager.getRepository(enrolmentEntity);
    await enrolments.delete({ personId });
    const secret = makeSecret();
    const expiresAt = new Date(this.#context.clock() + limits.oneTimeLinkMs);
    await enrolments.insert({ secretHash: hashSecret(secret), tenantId, personId, expiresAt });
    return secret;
  }

  async look(secret: string): Promise<Reply<EnrolmentLooked>> {
    return this.#inTenantOf(secret, async (manager, row) => {
      const person = await manager.getRepository(personEntity).findOneByOrFail({ personId: row.personId });
      const customer = await manager
        .getRepository(customerEntity)
        .findOneByOrFail({ tenantId: row.tenantId });
      return accept({
        customerName: customer.name,
        email: person.email,
        displayName: person.displayName ?? undefined,
        asksCountry: isAskedForCountry(person),
      });
    });
  }

  async enrol({ secret, displayName, password, country }: EnrolmentRequest): Promise<Reply<OpenedSession>> {
    // The link is looked at before the slow hash is made, and again under its lock.
    const looked = await this.look(secret);
    if (!looked.ok) return looked;
    if (isWeak(password, looked.value.email)) return refuse('weakPassword');
    const isTaken = country === undefined || (looked.value.asksCountry && isCountryCode(country));
    if (!isTaken) return refuse('invalid', 'country');
    const passwordHash = await hashPassword(password);
    return this.#inTenantOf(secret, async (manager, row) => {
      const { personId, tenantId, secretHash } = row;
      await manager
        .getRepository(enrolmentEntity)
        .update({ secretHash }, { usedAt: new Date(this.#context.clock()) });
      const stated = country === undefined ? {} : { country };
      await manager
        .getRepository(personEntity)
        .update({ personId }, { displayName, passwordHash, ...stated });
      const person = await manager.getRepository(personEntity).findOneByOrFail({ personId });
      const { audit } = this.#context;
      await audit.add(manager, { tenantId, actorId: personId, action: 'person.enrolled', subject: personId });
      return accept(await this.#sessions.open(manager, person));
    });
  }

  async #inTenantOf<T>(
    secret: string,
    work: (manager: EntityManager, row: EnrolmentRow) => Promise<Reply<T>>,
  ): Promise<Reply<T>> {
    const { database, clock } = this.#context;
    const secretHash = hashSecret(secret);
    const [found] = await database.lookUp<{ tenant_id: string }>('tenant_of_enrolment', secretHash);
    if (found === undefined) return refuse('notFound');
    return database.inTenant(found.tenant_id, async (manager) => {
      const row = await manager
        .getRepository(enrolmentEntity)
        .createQueryBuilder('enrolment')
        .setLock('pessimistic_write')
        .where({ secretHash })
        .getOne();
      if (row === null) return refuse('notFound');
      if (row.usedAt !== null || row.expiresAt.getTime() <= clock()) return refuse('expired');
      const { disabled } = await manager
        .getRepository(personEntity)
        .findOneByOrFail({ personId: row.personId });
      if (disabled) return refuse('expired');
      return work(manager, row);
    });
  }
}

/** An officer says of everybody else where they work; nobody has said it of the first one. */
function isAskedForCountry({ country, roles }: PersonRow): boolean {
  return country === null && roles.includes('officer');
}
