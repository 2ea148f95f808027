/**
 * Access of whoever operates the service: none, but what they open on the installation's machine, for a reason, for an
 * hour at most, to read records of one customer. Its officers are told, every reading is in their audit, and they end it.
 */

import { randomUUID } from 'node:crypto';
import { accept, type EmergencyShown, type Reply, refuse, Secret256 } from '@alongside/protocol';
import { isCountryCode } from '@alongside/transfer';
import { type EntityManager, IsNull, Not } from 'typeorm';
import * as v from 'valibot';
import type { AuditAction } from '../accounts/audit-trail.js';
import type { Caller } from '../accounts/caller.js';
import { hashSecret, makeSecret } from '../crypto/secrets.js';
import { type EmergencyAccessRow, emergencyAccessEntity } from '../entities/emergency-access-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { processingAgreementEntity } from '../entities/processing-agreement-entity.js';
import type { RecordsContext } from '../records-context.js';

const MINUTE_MS = 60_000;
export const EMERGENCY_MOST_MINUTES = 60;

export interface EmergencyAsked {
  readonly tenantId: string;
  readonly operator: string;
  /** Where the operator is: what they may be shown is decided by it, as for anybody. */
  readonly country: string;
  readonly ticket: string;
  readonly reason: string;
  readonly minutes: number;
}

export class Emergencies {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  /** On the machine, and nowhere else: no route leads here. Answers the secret, which is kept nowhere. */
  async open(asked: EmergencyAsked): Promise<Reply<{ readonly secret: string; readonly until: number }>> {
    const { tenantId, operator, country, ticket, reason, minutes } = asked;
    if (!isCountryCode(country)) return refuse('invalid', 'country');
    if (!(minutes >= 1 && minutes <= EMERGENCY_MOST_MINUTES)) return refuse('invalid', 'minutes');
    for (const [field, text] of Object.entries({ operator, ticket, reason })) {
      if (text.trim() === '') return refuse('invalid', field);
    }
    const { database, clock, audit } = this.#context;
    const secret = makeSecret();
    const accessId = randomUUID();
    const personId = randomUUID();
    const openedAt = clock();
    const until = openedAt + minutes * MINUTE_MS;
    await database.inTenant(tenantId, async (manager) => {
      await manager.getRepository(personEntity).insert({
        ...{ personId, tenantId, country, roles: ['supervisor'], disabled: true },
        email: `${accessId}@operator.invalid`,
        displayName: operator.slice(0, 80),
      });
      await manager.getRepository(emergencyAccessEntity).insert({
        ...{ accessId, tenantId, personId, ticket: ticket.slice(0, 64), reason: reason.slice(0, 400) },
        secretHash: hashSecret(secret),
        openedAt: new Date(openedAt),
        openUntil: new Date(until),
      });
      await audit.add(manager, {
        tenantId,
        actorId: personId,
        action: 'emergency.opened',
        subject: accessId,
      });
    });
    return accept({ secret, until });
  }

  /** Runs `work` as the operator while the access is open; each use is looked at anew. */
  async asOperator<T>(
    authorization: string | undefined,
    work: (manager: EntityManager, caller: Caller) => Promise<Reply<T>>,
  ): Promise<Reply<T>> {
    const [, given] = /^Emergency (\S+)$/.exec(authorization ?? '') ?? [];
    const parsed = v.safeParse(Secret256, given);
    if (!parsed.success) return refuse('notAdmitted');
    const { database, clock } = this.#context;
    const secretHash = hashSecret(parsed.output);
    const [found] = await database.lookUp<{ tenant_id: string }>('tenant_of_emergency', secretHash);
    if (found === undefined) return refuse('notAdmitted');
    const { tenant_id: tenantId } = found;
    return database.inTenant(tenantId, async (manager) => {
      const row = await manager.getRepository(emergencyAccessEntity).findOneByOrFail({ secretHash });
      if (!isOpen(row, clock())) return refuse('notAdmitted');
      const { personId } = row;
      const person = await manager.getRepository(personEntity).findOneByOrFail({ personId });
      return work(manager, {
        ...{ readAt: clock(), personId, tenantId, siteIds: [], hasPledged: true },
        displayName: person.displayName ?? '',
        country: person.country ?? undefined,
        // Whoever operates the service: nothing that a customer signed with others covers them.
        employer: '',
        operates: true,
        // Reads as an officer does, and only by the routes that lead here.
        roles: ['officer'],
      });
    });
  }

  /** A look at the list says as much as a look at a record. */
  listed(manager: EntityManager, { tenantId, personId }: Caller): Promise<void> {
    const action = 'emergency.listed';
    return this.#context.audit.add(manager, { tenantId, actorId: personId, action, subject: tenantId });
  }

  /** Newest first. */
  async list(manager: EntityManager): Promise<readonly EmergencyShown[]> {
    const rows = await manager.getRepository(emergencyAccessEntity).find({ order: { openedAt: 'DESC' } });
    const people = await manager.getRepository(personEntity).find();
    const byId = new Map(people.map((each) => [each.personId, each]));
    return rows.map((row) => ({
      accessId: row.accessId,
      operator: byId.get(row.personId)?.displayName ?? '',
      country: byId.get(row.personId)?.country ?? '',
      ticket: row.ticket,
      reason: row.reason,
      openedAt: row.openedAt.getTime(),
      // Ended by an officer whose page still said that it was open: it was over before.
      until: Math.min(row.endedAt?.getTime() ?? Number.POSITIVE_INFINITY, row.openUntil.getTime()),
      open: isOpen(row, this.#context.clock()),
      seenAt: row.seenAt?.getTime(),
    }));
  }

  /** An officer has seen it, which ends the alarm and not the access. */
  see(manager: EntityManager, caller: Caller, accessId: string): Promise<Reply<readonly EmergencyShown[]>> {
    const seen = { seenBy: caller.personId, seenAt: new Date(this.#context.clock()) };
    return this.#change(manager, caller, { accessId, action: 'emergency.seen', seen });
  }

  /** At once: the next reading is refused. */
  end(manager: EntityManager, caller: Caller, accessId: string): Promise<Reply<readonly EmergencyShown[]>> {
    const now = new Date(this.#context.clock());
    const seen = { seenBy: caller.personId, seenAt: now, endedAt: now };
    return this.#change(manager, caller, { accessId, action: 'emergency.ended', seen });
  }

  async #change(
    manager: EntityManager,
    { tenantId, personId }: Caller,
    { accessId, action, seen }: { accessId: string; action: AuditAction; seen: Partial<EmergencyAccessRow> },
  ): Promise<Reply<readonly EmergencyShown[]>> {
    const rows = manager.getRepository(emergencyAccessEntity);
    if (!(await rows.existsBy({ accessId }))) return refuse('notFound');
    await rows.update({ accessId, endedAt: IsNull() }, seen);
    await this.#context.audit.add(manager, { tenantId, actorId: personId, action, subject: accessId });
    return accept(await this.list(manager));
  }
}

function isOpen({ endedAt, openUntil }: EmergencyAccessRow, now: number): boolean {
  return endedAt === null && openUntil.getTime() > now;
}

/** What officers are alarmed of until one of them has seen it. */
export async function unseenEmergencies(manager: EntityManager): Promise<readonly string[]> {
  const isUnseen = await manager.getRepository(emergencyAccessEntity).existsBy({ seenAt: IsNull() });
  return isUnseen ? ['emergency'] : [];
}

/** They stand for operators in the audit, and are nobody of the customer's. */
export async function operatorsOf(manager: EntityManager): Promise<ReadonlySet<string>> {
  const opened = await manager.getRepository(emergencyAccessEntity).find({ select: { personId: true } });
  const confirmed = await manager
    .getRepository(processingAgreementEntity)
    .find({ select: { operatorId: true }, where: { operatorId: Not(IsNull()) } });
  const ids = [...opened.map((each) => each.personId), ...confirmed.map((each) => each.operatorId)];
  return new Set(ids.filter((each) => each !== null));
}
