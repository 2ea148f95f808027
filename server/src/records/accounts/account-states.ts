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
import { type EntityManager, IsNull, MoreThan, Not } from 'typeorm';
import { closedAway } from '../engagements/closed-away.js';
import { customerEntity } from '../entities/customer-entity.js';
import { engagementEntity } from '../entities/engagement-entity.js';
import { legalHoldEntity } from '../entities/legal-hold-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { refreshTokenEntity } from '../entities/refresh-token-entity.js';
import type { RecordsContext } from '../records-context.js';
import { noteAhead } from '../retention/note-turns.js';
import type { Caller } from './caller.js';
import { lockCustomer } from './lock-customer.js';
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
    const eraseAfter = eraseInDays === undefined ? undefined : new Date(at + eraseInDays * DAY_MS);
    if (eraseAfter !== undefined && (await isHeldBeyond(manager, eraseAfter)))
      return refuse('conflict', 'held');
    const erase = eraseAfter === undefined ? {} : { eraseAfter, eraseAskedBy: personId };
    const { deactivatedAt } = await lockCustomer(manager, { tenantId });
    // Another officer was faster, and what they asked for is in the ledger.
    if (deactivatedAt !== null) return refuse('conflict');
    noteAhead(this.#context, manager, ['shutOut', tenantId, eraseAfter]);
    await manager
      .getRepository(customerEntity)
      .update({ tenantId }, { deactivatedAt: new Date(at), ...erase });
    await this.#stopAll(manager, new Date(at));
    const action = eraseInDays === undefined ? 'customer.deactivated' : 'customer.eraseAsked';
    await this.#context.audit.add(manager, { tenantId, actorId: personId, action, subject: tenantId });
    return accept({});
  }

  /** By an officer of it, with the password: until the day on which it goes, since from then on it may be gone in part. */
  async restore({ email, password }: { email: string; password: string }): Promise<Reply<Done>> {
    const { database, audit, clock, ledger } = this.#context;
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
        const { deactivatedAt, eraseAfter } = await lockCustomer(manager, { tenantId });
        if (deactivatedAt === null) return refuse('conflict');
        if (eraseAfter !== null && eraseAfter.getTime() <= clock()) return refuse('expired');
        await customers.update({ tenantId }, { deactivatedAt: null, eraseAfter: null, eraseAskedBy: null });
        // Before the commit: for want of a line, the next start would have what is restored rest and be erased.
        const at = clock();
        ledger.note('letIn', tenantId, at);
        database.onRollback(manager, () => ledger.note('shutOut', tenantId, at, eraseAfter?.getTime()));
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
    await database.eachTenant(async (tenantId) => {
      const removed = await database.inTenant(tenantId, async (manager) => {
        const { eraseAfter } = await lockCustomer(manager, { tenantId });
        if (eraseAfter === null || eraseAfter.getTime() > clock()) return 0;
        ledger.note('account', tenantId, clock());
        const [row] = await manager.query<{ rows: number }[]>('SELECT end_account($1) AS rows', [
          new Date(clock()),
        ]);
        return row?.rows ?? 0;
      });
      if (removed > 0) ended += 1;
    });
    return ended;
  }

  async #stopAll(manager: EntityManager, at: Date): Promise<void> {
    await manager.getRepository(refreshTokenEntity).update({ revokedAt: IsNull() }, { revokedAt: at });
    const people = await manager.getRepository(personEntity).find();
    const engagements = manager.getRepository(engagementEntity);
    const open = await engagements.findBy({ phase: Not('closed') });
    const how = { endedBy: 'system', endReason: 'revoked' } as const;
    for (const row of open)
      await engagements.update({ engagementId: row.engagementId }, closedAway(row, at, how));
    this.#context.database.afterCommit(manager, () => {
      // First, so that nobody's leaving makes another of them lead, or leaves one to be written up.
      for (const { engagementId: id } of open) {
        const engagementId = id as EngagementId;
        this.#revoke({ type: 'engagementEnded', engagementId, reason: 'revoked', outOfSight: true });
      }
      for (const { personId } of people) {
        this.#revoke({
          type: 'agentChanged',
          agentId: personId as AgentId,
          disabled: true,
          at: at.getTime(),
        });
      }
    });
  }
}

/** What a law or a case keeps does not go with the account of whom it is. */
function isHeldBeyond(manager: EntityManager, eraseAfter: Date): Promise<boolean> {
  const holding = { liftedAt: IsNull(), heldUntil: MoreThan(eraseAfter) };
  return manager.getRepository(legalHoldEntity).existsBy(holding);
}

export async function isResting(manager: EntityManager, tenantId: string): Promise<boolean> {
  const customer = await manager.getRepository(customerEntity).findOneBy({ tenantId });
  return customer === null || customer.deactivatedAt !== null;
}
