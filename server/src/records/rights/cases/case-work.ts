/** The officers' work on cases: the list, one case with its history, and each act on it. */

import {
  accept,
  type CaseAct,
  type CaseListed,
  type CaseShown,
  type EngagementId,
  type Reply,
  refuse,
} from '@alongside/protocol';
import { type EntityManager, MoreThan } from 'typeorm';
import type { Caller } from '../../accounts/caller.js';
import { auditEntryEntity } from '../../entities/audit-entry-entity.js';
import { caseHistoryEntity } from '../../entities/case-history-entity.js';
import { customerEntity } from '../../entities/customer-entity.js';
import { engagementEntity } from '../../entities/engagement-entity.js';
import { personEntity } from '../../entities/person-entity.js';
import { type RightsCaseRow, rightsCaseEntity } from '../../entities/rights-case-entity.js';
import type { RecordsContext } from '../../records-context.js';
import { decideShown } from '../../transfer/shown-to-person.js';
import { actsFor, advanceCase, missingOf } from '../rules/advance-case.js';
import { openClocks } from '../rules/case-clocks.js';
import { groundsFor } from '../rules/refusal-grounds.js';
import type { CaseEffects } from './case-effects.js';
import { addHappening, factsOf, historyHolds, valuesOf } from './case-rows.js';
import { answerOf, extensionOf } from './case-seen.js';
import { coverCase, originOfRow } from './cover-case.js';
import { heldBack } from './held-back.js';
import { redressText } from './redress.js';

const MOST_LISTED = 500;
const SAME_READING_MS = 3_600_000;

export class CaseWork {
  readonly #context: RecordsContext;
  readonly #effects: CaseEffects;

  constructor(context: RecordsContext, effects: CaseEffects) {
    this.#context = context;
    this.#effects = effects;
  }

  /**
   * What is due first stands first; what is closed comes last, the newest before the older. It holds nothing that anybody
   * wrote: whoever may not be shown a case still sees that it is due, and gives it to somebody who may.
   */
  async list(manager: EntityManager): Promise<readonly CaseListed[]> {
    const rows = await manager.getRepository(rightsCaseEntity).find({
      order: { closedAt: { direction: 'DESC', nulls: 'FIRST' }, receivedAt: 'ASC' },
      take: MOST_LISTED,
    });
    const listed = rows.map((row) => this.#listed(row));
    return listed.toSorted((one, other) => dueOf(one) - dueOf(other));
  }

  /** What somebody asked for in their own words goes to where the officer is, as a conversation does. */
  async show(manager: EntityManager, caller: Caller, caseId: string): Promise<Reply<CaseShown>> {
    const row = await manager.getRepository(rightsCaseEntity).findOneBy({ caseId });
    if (row === null) return refuse('notFound');
    const read = await this.#mayRead(manager, caller, row);
    if (!read.ok) return read;
    await this.#auditReading(manager, caller, caseId);
    return accept(await this.#shown(manager, row));
  }

  /** Once for each who works on it, and not again with each step that they take. */
  async #auditReading(manager: EntityManager, caller: Caller, subject: string): Promise<void> {
    const { tenantId, personId: actorId } = caller;
    const reading = { actorId, action: 'case.read', subject } as const;
    const at = MoreThan(new Date(this.#context.clock() - SAME_READING_MS));
    if (await manager.getRepository(auditEntryEntity).existsBy({ ...reading, at })) return;
    await this.#context.audit.add(manager, { tenantId, ...reading });
  }

  async act(
    manager: EntityManager,
    caller: Caller,
    { caseId, act }: { caseId: string; act: CaseAct },
  ): Promise<Reply<CaseShown>> {
    const row = await this.#lock(manager, caseId);
    if (row === null) return refuse('notFound');
    const read = await this.#mayRead(manager, caller, row);
    if (!read.ok) return read;
    const now = this.#context.clock();
    const next = advanceCase(factsOf(row), act, now);
    if (!next.ok) return next;
    const particulars = await this.#particulars(manager, row, act);
    if (!particulars.ok) return particulars;
    const { tenantId, personId: actorId } = caller;
    const writing = { tenantId, origin: originOfRow(row), byOfficer: hasWords(act) };
    const covered = await coverCase(this.#context, manager, writing);
    if (!covered.ok) return covered;
    if (act.act === 'execute') {
      // First, since what is refused keeps what was written before it.
      const done = await this.#effects.execute({ manager, row, covered: covered.value, by: 'officer' });
      if (!done.ok) return done;
    }
    const cases = manager.getRepository(rightsCaseEntity);
    const closedAt = act.act === 'close' ? { closedAt: new Date(now) } : {};
    await cases.update({ caseId }, { ...valuesOf(next.value), ...particulars.value, ...closedAt });
    const detail = detailOf(act);
    await addHappening(
      manager,
      {
        ...{ caseId, at: now, actor: 'officer', actorId, happening: act.act },
        ...(detail === undefined ? {} : { detail }),
      },
      covered.value,
    );
    await this.#context.audit.add(manager, { tenantId, actorId, action: `case.${act.act}`, subject: caseId });
    const effecting = { manager, row: await cases.findOneByOrFail({ caseId }), covered: covered.value };
    if (act.act === 'name') {
      // What another one was restricted for by mistake is free again.
      await this.#effects.liftRestriction({ ...effecting, row });
      await this.#effects.restrictAtOnce({ ...effecting, by: 'officer' });
    }
    if (act.act === 'close') await this.#effects.liftRestriction(effecting);
    return accept(await this.#shown(manager, effecting.row));
  }

  /** The columns that only one act fills. */
  async #particulars(
    manager: EntityManager,
    row: RightsCaseRow,
    act: CaseAct,
  ): Promise<Reply<Partial<RightsCaseRow>>> {
    switch (act.act) {
      case 'name': {
        const { engagementId } = act;
        const isThere = await manager.getRepository(engagementEntity).existsBy({ engagementId });
        return isThere ? accept({ engagementId }) : refuse('invalid', 'engagementId');
      }
      case 'extend':
        return accept({ justification: act.justification });
      case 'answer': {
        const { tenantId, language } = row;
        const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
        const { country, privacyContact: contact } = customer;
        const controller = customer.legalName ?? customer.name;
        const redress = redressText({ controller, contact, country, language });
        const no = act.outcome === 'granted' ? {} : { ground: act.ground ?? null, redress };
        return accept({ answer: act.text, ...no });
      }
      default:
        return accept({});
    }
  }

  #mayRead(manager: EntityManager, caller: Caller, row: RightsCaseRow) {
    const showing = { dataClass: 'case', access: 'read', origin: originOfRow(row) } as const;
    return decideShown(this.#context, manager, caller, showing);
  }

  #lock(manager: EntityManager, caseId: string): Promise<RightsCaseRow | null> {
    return manager
      .getRepository(rightsCaseEntity)
      .createQueryBuilder('rights_case')
      .setLock('pessimistic_write')
      .where({ caseId })
      .getOne();
  }

  #listed(row: RightsCaseRow): CaseListed {
    const facts = factsOf(row);
    const now = this.#context.clock();
    const [nextDue] = openClocks(facts, now);
    return {
      caseId: row.caseId,
      kind: row.kind,
      state: row.state,
      cameBy: row.cameBy,
      receivedAt: facts.receivedAt,
      nextDue,
      late: nextDue !== undefined && nextDue.at < now,
      missing: missingOf(facts),
      engagementId: (row.engagementId ?? undefined) as EngagementId | undefined,
    };
  }

  async #shown(manager: EntityManager, row: RightsCaseRow): Promise<CaseShown> {
    const facts = factsOf(row);
    const now = this.#context.clock();
    const { caseId } = row;
    const history = await manager
      .getRepository(caseHistoryEntity)
      .find({ where: { caseId }, order: { number: 'ASC' } });
    const people = await manager.getRepository(personEntity).find();
    const names = new Map(people.map((each) => [each.personId, each.displayName ?? each.email]));
    return {
      ...this.#listed(row),
      contact: row.contact ?? undefined,
      details: row.details ?? undefined,
      objectsTo: row.objectsTo ?? undefined,
      identity: row.identity ?? undefined,
      pausedSince: row.pausedSince?.getTime(),
      extended: extensionOf(row),
      answer: answerOf(row),
      held: await heldBack(manager, row, now),
      executedAt: row.executedAt?.getTime(),
      closedAt: row.closedAt?.getTime(),
      due: openClocks(facts, now),
      mayDo: actsFor(facts, now),
      // Who was recognised is not refused for not being so.
      grounds: groundsFor(row.kind).filter((each) => each !== 'identityNotShown' || row.identity === null),
      history: history.map(({ number, at, actor, actorId, happening, detail }) => ({
        number,
        at: at.getTime(),
        actor: actorId === null ? actor : (names.get(actorId) ?? actor),
        happening,
        detail: detail ?? undefined,
      })),
      historyHolds: await historyHolds(manager, caseId),
    };
  }
}

function dueOf({ nextDue, state }: CaseListed): number {
  if (state === 'closed') return Number.POSITIVE_INFINITY;
  return nextDue?.at ?? Number.MAX_SAFE_INTEGER;
}

/** What officers write. That an act was done comes from nowhere else: it is never refused for want of a basis. */
function hasWords({ act }: CaseAct): boolean {
  return act === 'askIdentity' || act === 'extend' || act === 'answer';
}

/** What the history keeps of an act in words. */
function detailOf(act: CaseAct): string | undefined {
  switch (act.act) {
    case 'name':
      return act.engagementId;
    case 'askIdentity':
      return act.reason;
    case 'confirmIdentity':
      return act.means;
    case 'extend':
      return act.justification;
    case 'answer':
      return [act.outcome, ...(act.ground === undefined ? [] : [act.ground])].join(', ');
    default:
      return undefined;
  }
}
