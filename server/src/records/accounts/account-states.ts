/**
 * The end of a customer's account: it rests and can be restored, it waits for at most 14 days to be erased, it is gone.
 * While it rests nobody signs in, no page is helped and nothing runs; visitors keep their rights over what is held.
 */

import type { Revocation } from '@alongside/engagement';
import {
  type AccountEnd,
  type AgentId,
  accept,
  type Done,
  type EngagementId,
  type Reply,
  refuse,
} from '@alongside/protocol';
import { type EntityManager, IsNull, Not } from 'typeorm';
import { customerEntity } from '../entities/customer-entity.js';
import { engagementEntity } from '../entities/engagement-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { refreshTokenEntity } from '../entities/refresh-token-entity.js';
import type { RecordsContext } from '../records-context.js';
import type { Caller } from './caller.js';
import { isPassword } from './passwords.js';

const DAY_MS = 24 * 3_600_000;

export class AccountStates {
  readonly #context: RecordsContext;
  readonly #revoke: (revocation: Revocation) => void;

  constructor(context: RecordsContext, revoke: (revocation: Revocation) => void) {
    this.#context = context;
    this.#revoke = revoke;
  }

  /** Asked with the password once more: every session ends with it, the asker's own as well. */
  async end(
    manager: EntityManager,
    { tenantId, personId }: Caller,
    { password, eraseInDays }: AccountEnd,
  ): Promise<Reply<Done>> {
    const person = await manager.getRepository(personEntity).findOneByOrFail({ personId });
    if (!(await isPassword(password, person.passwordHash))) return refuse('invalid', 'password');
    const at = this.#context.clock();
    const erase =
      eraseInDays === undefined
        ? {}
        : { eraseAfter: new Date(at + eraseInDays * DAY_MS), eraseAskedBy: personId };
    await manager
      .getRepository(customerEntity)
      .update({ tenantId }, { deactivatedAt: new Date(at), ...erase });
    await this.#stopAll(manager, new Date(at));
    const action = eraseInDays === undefined ? 'customer.deactivated' : 'customer.eraseAsked';
    await this.#context.audit.add(manager, { tenantId, actorId: personId, action, subject: tenantId });
    return accept({});
  }

  /** By an officer of it, with the password: until the account is gone. */
  async restore({ email, password }: { email: string; password: string }): Promise<Reply<Done>> {
    const { database, audit } = this.#context;
    const found = await database.lookUp<{ tenant_id: string; person_id: string }>('people_of_email', email);
    if (found.length === 0) await isPassword(password, null);
    for (const { tenant_id: tenantId, person_id: personId } of found) {
      const person = await database.inTenant(tenantId, (manager) =>
        manager.getRepository(personEntity).findOneBy({ personId }),
      );
      // The hash is checked outside of the transaction: it takes long, and holds no connection meanwhile.
      if (person === null || !(await isPassword(password, person.passwordHash)) || person.disabled) continue;
      if (!person.roles.includes('officer')) return refuse('notPermitted');
      return database.inTenant(tenantId, async (manager) => {
        const customers = manager.getRepository(customerEntity);
        if ((await customers.findOneByOrFail({ tenantId })).deactivatedAt === null) return refuse('conflict');
        await customers.update({ tenantId }, { deactivatedAt: null, eraseAfter: null, eraseAskedBy: null });
        const action = 'customer.restored';
        await audit.add(manager, { tenantId, actorId: personId, action, subject: tenantId });
        return accept({});
      });
    }
    return refuse('notAdmitted');
  }

  /** Accounts whose time to think is over; answers how many ended. */
  async eraseDue(): Promise<number> {
    const { database, clock, ledger } = this.#context;
    let ended = 0;
    for (const { tenant_id: tenantId } of await database.allTenants()) {
      const removed = await database.inTenant(tenantId, async (manager) => {
        const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
        if (customer.eraseAfter === null || customer.eraseAfter.getTime() > clock()) return 0;
        ledger.note('account', tenantId, clock());
        const [row] = await manager.query<{ rows: number }[]>('SELECT end_account($1) AS rows', [
          new Date(clock()),
        ]);
        return row?.rows ?? 0;
      });
      if (removed > 0) ended += 1;
    }
    return ended;
  }

  async #stopAll(manager: EntityManager, at: Date): Promise<void> {
    await manager.getRepository(refreshTokenEntity).update({ revokedAt: IsNull() }, { revokedAt: at });
    const people = await manager.getRepository(personEntity).find();
    const engagements = manager.getRepository(engagementEntity);
    const running = await engagements.findBy({ endedAt: IsNull(), phase: Not('closed') });
    for (const { engagementId, version } of running) {
      const end = {
        phase: 'closed',
        closedAt: at,
        endedAt: at,
        endedBy: 'system',
        endReason: 'revoked',
      } as const;
      await engagements.update({ engagementId }, { ...end, version: version + 1 });
    }
    this.#context.database.afterCommit(manager, () => {
      for (const { personId } of people) {
        this.#revoke({
          type: 'agentChanged',
          agentId: personId as AgentId,
          disabled: true,
          at: at.getTime(),
        });
      }
      for (const { engagementId } of running) {
        const id = engagementId as EngagementId;
        this.#revoke({ type: 'engagementEnded', engagementId: id, reason: 'revoked' });
      }
    });
  }
}

export async function isResting(manager: EntityManager, tenantId: string): Promise<boolean> {
  const customer = await manager.getRepository(customerEntity).findOneBy({ tenantId });
  return customer === null || customer.deactivatedAt !== null;
}
