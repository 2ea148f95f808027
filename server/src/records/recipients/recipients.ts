/** The register of recipients: recorded by one officer, approved by another, and ended by any. */

import { randomUUID } from 'node:crypto';
import { accept, type RecipientCreate, type RecipientShown, type Reply, refuse } from '@alongside/protocol';
import { isCountryCode } from '@alongside/transfer';
import { type EntityManager, IsNull } from 'typeorm';
import type { AuditAction } from '../accounts/audit-trail.js';
import type { Caller } from '../accounts/caller.js';
import { wrongSecond } from '../accounts/four-eyes.js';
import { type RecipientRow, recipientEntity } from '../entities/recipient-entity.js';
import { siteEntity } from '../entities/site-entity.js';
import type { RecordsContext } from '../records-context.js';
import { refuseStruckDown } from '../transfer/refuse-struck-down.js';
import { decideRecipient } from './decide-onward.js';
import type { Egress } from './egress.js';
import { ANNOUNCED_MS, hostShown, mayReceive, receivesFrom } from './recipient-state.js';

export class Recipients {
  readonly #context: RecordsContext;
  readonly #egress: Egress;

  constructor(context: RecordsContext, egress: Egress) {
    this.#context = context;
    this.#egress = egress;
  }

  async list(manager: EntityManager, caller: Caller): Promise<readonly RecipientShown[]> {
    const rows = await manager.getRepository(recipientEntity).find({ order: { announcedAt: 'ASC' } });
    return [...hostShown(this.#context), ...rows.map((row) => this.#shown(row, caller))];
  }

  async add(
    manager: EntityManager,
    caller: Caller,
    created: RecipientCreate,
  ): Promise<Reply<RecipientShown>> {
    const now = this.#context.clock();
    const wrong = this.#wrongField(created, now);
    if (wrong !== undefined) return wrong;
    const { activeFrom, endpoint, measuresSha256, evidenceUntil, ...rest } = created;
    const covered = await decideRecipient(this.#context, manager, { ...created, tenantId: caller.tenantId });
    if (!covered.ok) return covered;
    const usual = created.role === 'ownStore' ? now : now + ANNOUNCED_MS;
    const recipientId = randomUUID();
    await manager.getRepository(recipientEntity).insert({
      ...rest,
      recipientId,
      tenantId: caller.tenantId,
      dataClasses: [...new Set(created.dataClasses)],
      endpoint: endpoint ?? null,
      measuresSha256: measuresSha256 ?? null,
      evidenceUntil: evidenceUntil ?? null,
      announcedAt: new Date(now),
      activeFrom: new Date(activeFrom === undefined ? usual : Date.parse(activeFrom)),
      proposedBy: caller.personId,
    });
    return this.#done(manager, caller, { action: 'recipient.added', recipientId });
  }

  /** By another person than the one who recorded it. */
  async approve(manager: EntityManager, caller: Caller, recipientId: string): Promise<Reply<RecipientShown>> {
    const recipients = manager.getRepository(recipientEntity);
    const row = await recipients.findOneBy({ recipientId });
    if (row === null) return refuse('notFound');
    if (row.approvedAt !== null || row.endedAt !== null) return refuse('wrongState');
    const wrong = await wrongSecond(manager, caller, {
      ...{ first: row.proposedBy, begunAt: row.announcedAt },
      now: this.#context.clock(),
    });
    if (wrong !== undefined) return wrong;
    // What covered it when it was recorded may have ended since.
    const covered = await decideRecipient(this.#context, manager, row);
    if (!covered.ok) return covered;
    const approvedAt = new Date(this.#context.clock());
    await recipients.update({ recipientId }, { approvedBy: caller.personId, approvedAt });
    return this.#done(manager, caller, { action: 'recipient.approved', recipientId });
  }

  /** At once, and before it ever received: whoever objects does this. A store that sites deliver to is let go first. */
  async end(manager: EntityManager, caller: Caller, recipientId: string): Promise<Reply<RecipientShown>> {
    const recipients = manager.getRepository(recipientEntity);
    if (!(await recipients.existsBy({ recipientId, endedAt: IsNull() }))) return refuse('notFound');
    const isInUse = await manager.getRepository(siteEntity).existsBy({ deliverTo: recipientId });
    if (isInUse) return refuse('conflict', 'deliverTo');
    await recipients.update({ recipientId }, { endedAt: new Date(this.#context.clock()) });
    return this.#done(manager, caller, { action: 'recipient.ended', recipientId });
  }

  #wrongField(created: RecipientCreate, now: number): Reply<never> | undefined {
    const { country, role, endpoint, activeFrom, evidenceUntil, contractOn } = created;
    if (!isCountryCode(country)) return refuse('invalid', 'country');
    const struckDown = refuseStruckDown(created.contractReference, created.name);
    if (struckDown !== undefined) return struckDown;
    if (role === 'ownStore' && endpoint === undefined) return refuse('invalid', 'endpoint');
    if (endpoint !== undefined && this.#egress.wrongEndpoint(endpoint)) return refuse('invalid', 'endpoint');
    if (Date.parse(contractOn) > now) return refuse('invalid', 'contractOn');
    if (evidenceUntil !== undefined && Date.parse(evidenceUntil) < now)
      return refuse('invalid', 'evidenceUntil');
    const isTooSoon = activeFrom !== undefined && Date.parse(activeFrom) < now + ANNOUNCED_MS;
    return isTooSoon && role !== 'ownStore' ? refuse('invalid', 'activeFrom') : undefined;
  }

  async #done(
    manager: EntityManager,
    caller: Caller,
    { action, recipientId }: { action: AuditAction; recipientId: string },
  ): Promise<Reply<RecipientShown>> {
    const { tenantId, personId: actorId } = caller;
    await this.#context.audit.add(manager, { tenantId, actorId, action, subject: recipientId });
    const row = await manager.getRepository(recipientEntity).findOneByOrFail({ recipientId });
    return accept(this.#shown(row, caller));
  }

  #shown(row: RecipientRow, { personId }: Caller): RecipientShown {
    const { recipientId, name, country, role, purpose, dataClasses } = row;
    const { endpoint, measuresSha256, evidenceUntil } = row;
    return {
      ...{ recipientId, name, country, role, purpose, dataClasses },
      ...(endpoint === null ? {} : { endpoint }),
      contractReference: row.contractReference ?? '',
      contractOn: row.contractOn ?? '',
      ...(measuresSha256 === null ? {} : { measuresSha256 }),
      ...(evidenceUntil === null ? {} : { evidenceUntil }),
      announcedAt: row.announcedAt.getTime(),
      activeFrom: receivesFrom(row),
      approvedAt: row.approvedAt?.getTime(),
      own: row.proposedBy === personId,
      endedAt: row.endedAt?.getTime(),
      active: mayReceive(row, this.#context.clock()),
    };
  }
}
