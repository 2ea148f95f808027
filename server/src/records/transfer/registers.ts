/** Editions of a customer's register: one person proposes, another decides, and what lapses with it ends at once. */

import { randomUUID } from 'node:crypto';
import {
  accept,
  type EditionCreate,
  type EditionShown,
  type RegisterDocument,
  type RegisterShown,
  type Reply,
  refuse,
} from '@alongside/protocol';
import { isFresh, REGISTER_FRESH_MS, shippedRegister } from '@alongside/transfer';
import type { EntityManager } from 'typeorm';
import type { AuditAction } from '../accounts/audit-trail.js';
import type { Caller } from '../accounts/caller.js';
import { wrongSecond } from '../accounts/four-eyes.js';
import { personEntity } from '../entities/person-entity.js';
import { type RegisterEditionRow, registerEditionEntity } from '../entities/register-edition-entity.js';
import type { Lapses } from '../lapses/lapses.js';
import type { RecordsContext } from '../records-context.js';
import { changesBetween } from './register-changes.js';
import { checkRegister } from './register-check.js';

type Names = ReadonlyMap<string, string>;

export class Registers {
  readonly #context: RecordsContext;
  readonly #lapses: Lapses;

  constructor(context: RecordsContext, lapses: Lapses) {
    this.#context = context;
    this.#lapses = lapses;
  }

  async show(manager: EntityManager, { tenantId, personId }: Caller): Promise<RegisterShown> {
    const { registers, clock } = this.#context;
    const { confirmedAt } = await registers.of(manager, tenantId);
    const editions = await manager.getRepository(registerEditionEntity).find({ order: { number: 'DESC' } });
    const inForce = editions.find(({ state }) => state === 'inForce');
    if (inForce === undefined) throw new Error('a customer has no register in force');
    const proposed = editions.find(({ state }) => state === 'proposed');
    const names = await namesOf(manager);
    const isOld = inForce.version < shippedRegister.version;
    return {
      inForce: shown(inForce, names),
      body: documentOf(inForce),
      freshUntil: confirmedAt + REGISTER_FRESH_MS,
      fresh: isFresh({ confirmedAt }, clock()),
      newer: isOld
        ? { version: shippedRegister.version, adequacy: [...shippedRegister.adequacy] }
        : undefined,
      proposed:
        proposed === undefined
          ? undefined
          : {
              ...shown(proposed, names),
              changes: changesBetween(documentOf(inForce), documentOf(proposed)),
              own: proposed.proposedBy === personId,
            },
      history: editions.filter(({ state }) => state !== 'proposed').map((each) => shown(each, names)),
    };
  }

  async edition(manager: EntityManager, editionId: string): Promise<Reply<RegisterDocument>> {
    const row = await manager.getRepository(registerEditionEntity).findOneBy({ editionId });
    return row === null ? refuse('notFound') : accept(documentOf(row));
  }

  /** One proposal at a time: whoever approves reads what it changes of the edition in force. */
  async propose(
    manager: EntityManager,
    caller: Caller,
    { body, note, takesOver, basedOn }: EditionCreate,
  ): Promise<Reply<RegisterShown>> {
    const { tenantId, personId } = caller;
    const { clock, registers } = this.#context;
    const checked = checkRegister(body, clock());
    if (!checked.ok) return checked;
    // Findings that are no longer the shipped ones are not those that somebody looked at.
    if (takesOver !== undefined && takesOver !== shippedRegister.version)
      return refuse('conflict', 'takesOver');
    await registers.of(manager, tenantId);
    const editions = manager.getRepository(registerEditionEntity);
    const { version, editionId: inForce } = await editions.findOneByOrFail({ tenantId, state: 'inForce' });
    if (basedOn !== undefined && basedOn !== inForce) return refuse('conflict', 'basedOn');
    if (await editions.existsBy({ tenantId, state: 'proposed' })) return refuse('conflict', 'proposed');
    const [last] = await editions.find({ select: { number: true }, order: { number: 'DESC' }, take: 1 });
    const editionId = randomUUID();
    await editions.insert({
      ...{ editionId, tenantId, number: (last?.number ?? 0) + 1, note },
      ...{ version: takesOver ?? version, body: body as RegisterEditionRow['body'] },
      ...{ state: 'proposed', proposedBy: personId, proposedAt: new Date(clock()) },
    });
    await this.#audit(manager, caller, { action: 'register.proposed', subject: editionId });
    return accept(await this.show(manager, caller));
  }

  /** By another person than the one who proposed. From here on every gate decides by it. */
  async approve(manager: EntityManager, caller: Caller, editionId: string): Promise<Reply<RegisterShown>> {
    const found = await this.#proposal(manager, editionId);
    if (!found.ok) return found;
    const wrong = await wrongSecond(manager, caller, {
      ...{ first: found.value.proposedBy, begunAt: found.value.proposedAt },
      now: this.#context.clock(),
    });
    if (wrong !== undefined) return wrong;
    const editions = manager.getRepository(registerEditionEntity);
    const now = new Date(this.#context.clock());
    await editions.update({ tenantId: caller.tenantId, state: 'inForce' }, { state: 'superseded' });
    const decided = { decidedBy: caller.personId, decidedAt: now };
    await editions.update({ editionId }, { state: 'inForce', confirmedAt: now, ...decided });
    await this.#audit(manager, caller, { action: 'register.approved', subject: editionId });
    // In the same transaction, so that no row gets in under a decision that would not be made any more.
    await this.#context.decisions.reviewAll(manager);
    this.#lapses.lookAfter(manager, caller.tenantId);
    return accept(await this.show(manager, caller));
  }

  /** Whoever proposed may take it back as well. */
  async reject(manager: EntityManager, caller: Caller, editionId: string): Promise<Reply<RegisterShown>> {
    const found = await this.#proposal(manager, editionId);
    if (!found.ok) return found;
    const decided = { decidedBy: caller.personId, decidedAt: new Date(this.#context.clock()) };
    await manager
      .getRepository(registerEditionEntity)
      .update({ editionId }, { state: 'rejected', ...decided });
    await this.#audit(manager, caller, { action: 'register.rejected', subject: editionId });
    return accept(await this.show(manager, caller));
  }

  async #proposal(manager: EntityManager, editionId: string): Promise<Reply<RegisterEditionRow>> {
    const row = await manager
      .getRepository(registerEditionEntity)
      .createQueryBuilder('edition')
      .setLock('pessimistic_write')
      .where({ editionId })
      .getOne();
    if (row === null) return refuse('notFound');
    return row.state === 'proposed' ? accept(row) : refuse('wrongState');
  }

  #audit(
    manager: EntityManager,
    { tenantId, personId: actorId }: Caller,
    what: { readonly action: AuditAction; readonly subject: string },
  ): Promise<void> {
    return this.#context.audit.add(manager, { tenantId, actorId, ...what });
  }
}

async function namesOf(manager: EntityManager): Promise<Names> {
  const people = await manager.getRepository(personEntity).find();
  return new Map(people.map((each) => [each.personId, each.displayName ?? each.email]));
}

/** As it was checked when it was proposed, or shipped. */
function documentOf({ body }: RegisterEditionRow): RegisterDocument {
  return body as RegisterDocument;
}

function shown(row: RegisterEditionRow, names: Names): EditionShown {
  const by = (personId: string | null) => (personId === null ? undefined : names.get(personId));
  const { editionId, number, version, state, note } = row;
  return {
    ...{ editionId, number, version, state, note },
    proposedBy: by(row.proposedBy),
    proposedAt: row.proposedAt.getTime(),
    decidedBy: by(row.decidedBy),
    decidedAt: row.decidedAt?.getTime(),
    confirmedAt: row.confirmedAt?.getTime(),
  };
}
