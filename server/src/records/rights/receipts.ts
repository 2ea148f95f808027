/** The receipt: what was done, by whom, and what is held of it, told to the visitor. */

import {
  type AskedIn,
  accept,
  type BasisShown,
  type EngagementId,
  isShownOnly,
  leasedKinds,
  type Receipt,
  type Reply,
} from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { holderOf } from '../engagements/delivered-content.js';
import type { PageAsks, VisitorAccess, VisitorOfEngagement } from '../engagements/visitor-access.js';
import type { CallExpertRow } from '../entities/call-expert-entity.js';
import type { CallPresenceRow } from '../entities/call-presence-entity.js';
import type { ConsentEntryRow } from '../entities/consent-entry-entity.js';
import { customerEntity } from '../entities/customer-entity.js';
import { personEntity } from '../entities/person-entity.js';
import type { RecordsContext } from '../records-context.js';
import type { Happened } from './happenings.js';
import { type Tally, tallyOf } from './held-lines.js';
import { basisOf, countHoldings, type Holdings, readBases } from './holdings.js';
import { keptUntil } from './kept-until.js';
import { casesKeptUntil, type OwnCase, readOwnCases } from './own-cases.js';

export class Receipts {
  readonly #context: RecordsContext;
  readonly #access: VisitorAccess;

  constructor(context: RecordsContext, access: VisitorAccess) {
    this.#context = context;
    this.#access = access;
  }

  receipt(asks: PageAsks): Promise<Reply<Receipt>> {
    return this.#access.toEngagement(asks, async (visitor) => {
      const { manager, engagement } = visitor;
      const holdings = await countHoldings(manager, engagement);
      const cases = await readOwnCases(manager, engagement.engagementId);
      return accept(await this.receiptOf(visitor, holdings, cases));
    });
  }

  async receiptOf(
    { manager, engagement, site }: Omit<VisitorOfEngagement, 'origin'>,
    holdings: Holdings,
    cases: readonly OwnCase[],
  ): Promise<Receipt> {
    const { tenantId } = engagement;
    const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
    const until = keptUntil(engagement, customer);
    const { storageCountry } = this.#context;
    const erasedAt = engagement.erasedAt?.getTime();
    const { tally, introduction, answers, metadata, happened } = holdings;
    const holder = await holderOf(manager, engagement);
    const held = ({ rows, decisionIds }: Tally) => ({
      rows,
      storageCountry,
      bases: distinctBases(holdings, decisionIds),
    });
    const elsewhere = (counted: Tally) =>
      holder === null || counted.rows === 0
        ? held(counted)
        : {
            ...held(counted),
            heldBy: { name: holder.name, country: holder.country },
            bases: distinctBases(holdings, [...counted.decisionIds, engagement.onwardDecisionId ?? '']),
          };
    return {
      engagementId: engagement.engagementId as EngagementId,
      siteName: site.name,
      controller: customer.legalName ?? customer.name,
      contact: customer.privacyContact ?? '',
      requestedAt: engagement.requestedAt.getTime(),
      endedAt: engagement.endedAt?.getTime(),
      noticeVersion: engagement.noticeVersion,
      attendance: await attendance(manager, holdings),
      acts: acts(happened),
      consents: consents(happened),
      held: [
        {
          class: 'transcript',
          erasedAt,
          keptUntil: until.transcript,
          ...elsewhere(withRow(tally, introduction)),
        },
        {
          class: 'survey',
          erasedAt,
          keptUntil: until.survey,
          ...elsewhere(tallyOf(answers === null ? [] : [answers])),
        },
        { class: 'metadata', erasedAt: undefined, keptUntil: until.metadata, ...held(tallyOf(metadata)) },
        ...(cases.length === 0 ? [] : [await this.#heldCases(manager, cases)]),
      ],
    };
  }

  async #heldCases(manager: EntityManager, cases: readonly OwnCase[]): Promise<Receipt['held'][number]> {
    const { rows, decisionIds } = tallyOf(cases);
    const { clock, storageCountry } = this.#context;
    return {
      ...{ class: 'case', rows, erasedAt: undefined, storageCountry },
      keptUntil: casesKeptUntil(cases, clock()),
      bases: [...(await readBases(manager, new Set(decisionIds))).values()],
    };
  }
}

/** A lease that was granted is a consent like any other, and one that was taken back is withdrawn. */
function consents(happened: Happened): Receipt['consents'] {
  const asked = happened.consents.map((row) => ({
    ...{ scope: row.scope, act: row.act, at: row.at.getTime(), ...wordsOf(row) },
    ...(row.toCountry === null ? {} : { country: row.toCountry }),
  }));
  const lent = happened.leases.flatMap((row) => {
    const { endedAt, endReason } = row;
    const scope = actsOn(row.kinds) ? 'control' : 'show';
    const granted = { scope, act: 'granted', at: row.grantedAt.getTime(), ...wordsOf(row) } as const;
    if (endedAt === null || endReason !== 'takenBack') return [granted];
    return [granted, { scope, act: 'withdrawn', at: endedAt.getTime() } as const];
  });
  return [...asked, ...lent].sort((one, other) => one.at - other.at);
}

function wordsOf({ wordsVersion, wordsLanguage }: Pick<ConsentEntryRow, 'wordsVersion' | 'wordsLanguage'>): {
  readonly words?: AskedIn;
} {
  if (wordsVersion === null || wordsLanguage === null) return {};
  return { words: { version: wordsVersion, language: wordsLanguage } };
}

/** Whether the lease was for more than showing something. */
function actsOn(kinds: string): boolean {
  return leasedKinds.some((kind) => !isShownOnly(kind) && kinds.split(',').includes(kind));
}

function withRow(tally: Tally, row: { readonly decisionId: string } | null): Tally {
  if (row === null) return tally;
  return { rows: tally.rows + 1, decisionIds: [...tally.decisionIds, row.decisionId] };
}

function distinctBases(holdings: Holdings, decisionIds: readonly string[]): readonly BasisShown[] {
  return [...new Set(decisionIds)].map((decisionId) => basisOf(holdings, { decisionId }));
}

/** Of one whose decision is purged nothing is said. */
function readingOf(bases: Holdings['bases'], decisionId: string | null): { readonly basis?: BasisShown } {
  const basis = bases.get(decisionId ?? '');
  return basis === undefined ? {} : { basis };
}

async function attendance(
  manager: EntityManager,
  { happened, bases }: Holdings,
): Promise<Receipt['attendance']> {
  const { engagement, participants, watches, leases, calls, callExperts, callPresences } = happened;
  const experts = new Map(callExperts.map((each) => [each.expertId, each]));
  const people = await manager.getRepository(personEntity).find();
  const names = new Map(people.map((each) => [each.personId, each.displayName ?? '']));
  const countries = new Map(participants.map((each) => [each.agentId, each.agentCountry ?? '']));
  const by = (agentId: string | null) => ({
    displayName: names.get(agentId ?? '') ?? '',
    country: countries.get(agentId ?? '') ?? engagement.agentCountry ?? '',
  });
  const { endedAt } = engagement;
  const leads = participants.filter(({ role }) => role === 'lead');
  return [
    ...participants.map((each) => ({
      ...by(each.agentId),
      ...{ what: 'chat' as const, role: each.role, from: each.joinedAt.getTime() },
      to: (each.leftAt ?? endedAt)?.getTime(),
      ...readingOf(bases, each.readingDecisionId),
    })),
    ...watches.map((each) => ({
      ...by(each.agentId),
      what: 'view' as const,
      from: each.watchedFrom.getTime(),
      to: each.watchedTo?.getTime(),
    })),
    ...leases
      .filter(({ kinds }) => actsOn(kinds))
      .map((each) => ({
        ...by(each.agentId),
        what: 'control' as const,
        from: each.grantedAt.getTime(),
        to: each.endedAt?.getTime(),
        ...lostWith(each.endReason),
      })),
    ...calls.map((each) => ({
      // A call is with whoever led when it began.
      ...by(leads.findLast(({ joinedAt }) => joinedAt <= each.startedAt)?.agentId ?? engagement.agentId),
      what: 'call' as const,
      from: each.startedAt.getTime(),
      to: each.endedAt?.getTime(),
      ...lostWith(each.endReason),
    })),
    ...callPresences.filter(wasLetIn).map((each) => ({
      ...(asExpert(experts.get(each.expertId ?? ''), bases) ?? by(each.agentId)),
      ...{ what: 'call' as const, mode: each.mode },
      ...(each.removedBy === null ? {} : { removedBy: each.removedBy }),
      from: each.attendedAt.getTime(),
      to: each.leftAt?.getTime(),
      ...lostWith(each.endReason),
    })),
  ];
}

/** An expert whom the visitor did not let in heard nothing of them. */
function wasLetIn({ expertId, noticedAt }: CallPresenceRow): boolean {
  return expertId === null || noticedAt !== null;
}

function asExpert(row: CallExpertRow | undefined, bases: Holdings['bases']) {
  if (row === undefined) return undefined;
  const { displayName, organisation, country, viewingDecisionId } = row;
  return { displayName, organisation, country, ...readingOf(bases, viewingDecisionId) };
}

/** Its true end is not known: `to` is when it was last known to go on. */
function lostWith(endReason: string | null): { endLost?: true } {
  return endReason === 'connectionLost' ? { endLost: true } : {};
}

const kinds = [
  ['point', 'points'],
  ['draw', 'draws'],
  ['scroll', 'scrolls'],
  ['click', 'clicks'],
  ['type', 'types'],
  ['navigate', 'navigations'],
] as const;

function acts({ watches }: Happened): Receipt['acts'] {
  return kinds
    .map(([kind, column]) => ({ kind, count: watches.reduce((sum, watch) => sum + watch[column], 0) }))
    .filter((each) => each.count > 0);
}
