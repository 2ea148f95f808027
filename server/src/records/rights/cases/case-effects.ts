/** Carries out what was answered: each kind of case in its own way, and the history says what was done. */

import { randomUUID } from 'node:crypto';
import type { Revocation } from '@alongside/engagement';
import { accept, type Done, type EngagementId, type Reply, refuse } from '@alongside/protocol';
import { type EntityManager, IsNull } from 'typeorm';
import { closedAway } from '../../engagements/closed-away.js';
import type { DeliveredContent } from '../../engagements/delivered-content.js';
import { lockEngagement } from '../../engagements/lock-engagement.js';
import { originOf } from '../../engagements/visitor-engagements.js';
import type { CarriedRow } from '../../entities/carried.js';
import { correctionEntity } from '../../entities/correction-entity.js';
import { type EndedBy, type EngagementRow, engagementEntity } from '../../entities/engagement-entity.js';
import type { LegalHoldRow } from '../../entities/legal-hold-entity.js';
import { type RightsCaseRow, rightsCaseEntity } from '../../entities/rights-case-entity.js';
import type { RecordsContext } from '../../records-context.js';
import { noteAfter, noteAhead } from '../../retention/note-turns.js';
import { coveredBy } from '../../transfer/covered-values.js';
import { eraseAnswers, eraseContent } from '../erase-content.js';
import { addHappening, type CaseHappening } from './case-rows.js';
import { disputes, objectedAnswers, restrictsStill } from './what-restricts.js';
import { withdrawConsents } from './withdraw-consents.js';

export interface Effecting {
  readonly manager: EntityManager;
  readonly row: RightsCaseRow;
  readonly covered: CarriedRow;
}

export interface Ending extends Effecting {
  /** On whose word it ends what it ends. */
  readonly by: EndedBy;
}

export interface CaseEffectsDeps {
  readonly context: RecordsContext;
  readonly delivered: DeliveredContent;
  readonly revoke: (revocation: Revocation) => void;
}

const scopes = ['view', 'control', 'voice', 'video', 'screen', 'transfer'] as const;

export class CaseEffects {
  readonly #context: RecordsContext;
  readonly #delivered: DeliveredContent;
  readonly #revoke: (revocation: Revocation) => void;

  constructor({ context, delivered, revoke }: CaseEffectsDeps) {
    this.#context = context;
    this.#delivered = delivered;
    this.#revoke = revoke;
  }

  async execute(effecting: Ending): Promise<Reply<Done>> {
    const { manager, row } = effecting;
    const engagement = row.engagementId === null ? null : await lockEngagement(manager, row.engagementId);
    // What was held is gone meanwhile: nothing is left to carry out.
    if (engagement === null) return accept({});
    switch (row.kind) {
      case 'erasure':
      case 'minor':
        return this.#erase(effecting, engagement);
      case 'rectification':
        return this.#correct(effecting, engagement);
      case 'restriction':
        return this.#restrict(effecting, engagement);
      case 'objection':
        return this.#stop(effecting, engagement);
      case 'consentWithdrawal':
        return this.#withdraw(effecting, engagement);
      case 'access':
      case 'portability':
      case 'complaint':
        return accept({});
    }
  }

  /** From the moment that it is known what the case is about. */
  async restrictAtOnce(effecting: Ending): Promise<void> {
    const { manager, row } = effecting;
    if (row.engagementId === null || !disputes(row)) return;
    const engagement = await lockEngagement(manager, row.engagementId);
    if (engagement !== null) await this.#lock(effecting, engagement);
  }

  /** When nothing keeps it restricted any more. */
  async liftRestriction(effecting: Effecting): Promise<void> {
    const { manager, row } = effecting;
    if (row.engagementId === null || !disputes(row)) return;
    const engagement = await lockEngagement(manager, row.engagementId);
    if (engagement !== null) await this.#free(effecting, engagement);
  }

  /** Answers that a hold kept when they were objected to go when it is over. */
  async eraseObjected(effecting: Effecting): Promise<void> {
    const { manager, row } = effecting;
    const engagement = row.engagementId === null ? null : await lockEngagement(manager, row.engagementId);
    if (engagement === null) return;
    const erased = await eraseAnswers(this.#context, manager, engagement);
    if (!erased.ok || erased.value !== undefined) return;
    await this.#tell(effecting, 'erased');
    await this.#free(effecting, engagement);
  }

  async #free(
    effecting: Effecting,
    { engagementId, restrictedAt, eraseWantedAt }: EngagementRow,
  ): Promise<void> {
    const { manager } = effecting;
    if (restrictedAt === null || eraseWantedAt !== null) return;
    const cases = await manager.getRepository(rightsCaseEntity).findBy({ engagementId });
    if (cases.some(restrictsStill) || (await objectedAnswers(manager, engagementId)).length > 0) return;
    await free(this.#context, manager, engagementId);
    await this.#tell(effecting, 'unrestricted');
  }

  async #erase(effecting: Ending, engagement: EngagementRow): Promise<Reply<Done>> {
    if (engagement.erasedAt !== null) return accept({});
    const { manager, by } = effecting;
    const erased = await eraseContent(this.#context, manager, { engagement, by });
    if (!erased.ok) return erased;
    if (engagement.phase !== 'closed') this.#close(manager, engagement, 'erased');
    if (erased.value.state === 'erased') {
      await this.#tell(effecting, 'erased');
      return accept({});
    }
    await this.#tell(effecting, 'held', heldBy(erased.value.hold));
    return accept({});
  }

  /** What was said stays as it was said; what is right stands beside it. */
  async #correct({ manager, row }: Effecting, engagement: EngagementRow): Promise<Reply<Done>> {
    const { engagementId, tenantId } = engagement;
    const decided = await this.#context.decisions.decide(manager, {
      tenantId,
      dataClass: 'transcript',
      access: 'store',
      origin: originOf(engagement),
      toCountry: this.#context.storageCountry,
    });
    if (!decided.ok) return decided;
    if (engagement.erasedAt !== null || row.details === null) return accept({});
    const correctionId = randomUUID();
    const at = new Date(this.#context.clock());
    const isDelivered = engagement.deliveredTo !== null;
    if (isDelivered) {
      const correction = { correctionId, text: row.details, at: at.getTime() };
      const put = await this.#delivered.correct(manager, engagement, correction);
      if (!put.ok) return put;
    }
    await manager.getRepository(correctionEntity).insert({
      ...{ correctionId, engagementId, caseId: row.caseId, at },
      ...{ text: isDelivered ? null : row.details, deliveredAt: isDelivered ? at : null },
      ...coveredBy(decided.value, 'conversation'),
    });
    return accept({});
  }

  async #restrict(effecting: Ending, engagement: EngagementRow): Promise<Reply<Done>> {
    if (engagement.restrictedAt === null || closesWith(effecting.row, engagement))
      await this.#lock(effecting, engagement);
    return accept({});
  }

  async #lock(effecting: Ending, engagement: EngagementRow): Promise<void> {
    const { manager, row, by: endedBy } = effecting;
    const { engagementId } = engagement;
    const at = new Date(this.#context.clock());
    const restrictedAt = engagement.restrictedAt ?? at;
    const closes = closesWith(row, engagement);
    const end = closes ? closedAway(engagement, at, { endedBy, endReason: 'restricted' }) : {};
    const version = engagement.version + 1;
    if (engagement.restrictedAt === null) noteAhead(this.#context, manager, ['restricted', engagementId]);
    await manager.getRepository(engagementEntity).update({ engagementId }, { version, ...end, restrictedAt });
    await this.#tell(effecting, 'restricted');
    if (closes) this.#close(manager, engagement, 'restricted');
    else if (engagement.phase !== 'closed') this.#dispute(manager, engagement);
  }

  /** Answers are taken away; the ledger of what was agreed to must stay, and is used for nothing more. */
  async #stop(effecting: Ending, engagement: EngagementRow): Promise<Reply<Done>> {
    if (effecting.row.objectsTo !== 'feedback') return this.#restrict(effecting, engagement);
    const erased = await eraseAnswers(this.#context, effecting.manager, engagement);
    if (!erased.ok) return erased;
    if (erased.value === undefined) {
      await this.#tell(effecting, 'erased');
      return accept({});
    }
    this.#context.ledger.noteHeld('answers', erased.value, this.#context.clock());
    // Until the hold is over they are stored and nothing more.
    await this.#restrict(effecting, engagement);
    await this.#tell(effecting, 'held', heldBy(erased.value));
    return accept({});
  }

  async #withdraw({ manager }: Effecting, engagement: EngagementRow): Promise<Reply<Done>> {
    const engagementId = engagement.engagementId as EngagementId;
    if (engagement.endedAt !== null) return accept({});
    await withdrawConsents(this.#context, manager, engagement);
    this.#context.database.afterCommit(manager, () => {
      for (const scope of scopes) this.#revoke({ type: 'consentWithdrawn', engagementId, scope });
    });
    return accept({});
  }

  #dispute(manager: EntityManager, { engagementId: id }: EngagementRow): void {
    const engagementId = id as EngagementId;
    this.#context.database.afterCommit(manager, () =>
      this.#revoke({ type: 'engagementDisputed', engagementId }),
    );
  }

  /** For whoever has it on their desk, running or being written up. */
  #close(manager: EntityManager, { engagementId: id }: EngagementRow, reason: 'erased' | 'restricted'): void {
    const engagementId = id as EngagementId;
    this.#context.database.afterCommit(manager, () =>
      this.#revoke({ type: 'engagementEnded', engagementId, reason, outOfSight: true }),
    );
  }

  #tell({ manager, row, covered }: Effecting, happening: CaseHappening, detail?: string): Promise<void> {
    const said = detail === undefined ? {} : { detail };
    const at = this.#context.clock();
    return addHappening(manager, { caseId: row.caseId, at, actor: 'system', happening, ...said }, covered);
  }
}

function heldBy({ law, heldUntil }: LegalHoldRow): string {
  return `${law}, ${heldUntil.toISOString().slice(0, 10)}`;
}

/**
 * What is only to be stored cannot go on to be read. Whoever says that something in it is wrong goes on talking, which is
 * their word that those who are in it read along, until it is over.
 */
function closesWith({ kind, objectsTo }: RightsCaseRow, { phase }: EngagementRow): boolean {
  if (phase === 'wrapUp') return true;
  return phase !== 'closed' && kind !== 'rectification' && objectsTo !== 'feedback';
}

async function free(context: RecordsContext, manager: EntityManager, engagementId: string): Promise<void> {
  await manager.getRepository(engagementEntity).update({ engagementId }, { restrictedAt: null });
  noteAfter(context, manager, ['freed', engagementId]);
}

/** Taken by a person of the customer for whom no case says so. */
export async function liftByHand(
  context: RecordsContext,
  manager: EntityManager,
  { tenantId, actorId, engagementId }: { tenantId: string; actorId: string; engagementId: string },
): Promise<Reply<Done>> {
  const engagement = await lockEngagement(manager, engagementId);
  if (engagement === null) return refuse('notFound');
  if (engagement.restrictedAt === null) return refuse('conflict', 'restriction');
  if (engagement.eraseWantedAt !== null) return refuse('conflict', 'erasure');
  const open = await manager.getRepository(rightsCaseEntity).findBy({ engagementId, closedAt: IsNull() });
  if (open.some(disputes)) return refuse('conflict', 'openCase');
  await free(context, manager, engagementId);
  await context.audit.add(manager, {
    tenantId,
    actorId,
    action: 'restriction.lifted',
    subject: engagementId,
  });
  return accept({});
}
