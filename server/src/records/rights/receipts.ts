/** The receipt and the export: what was done, by whom, and what is held of it, told to the visitor. */

import {
  accept,
  type BasisShown,
  type EngagementId,
  isShownOnly,
  leasedKinds,
  type Receipt,
  type Reply,
  rightsPaths,
  type VisitorExport,
} from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { chatLine, namesIn } from '../engagements/chat-lines.js';
import { holderOf } from '../engagements/delivered-content.js';
import type { PageAsks, VisitorAccess, VisitorOfEngagement } from '../engagements/visitor-access.js';
import { correctionEntity } from '../entities/correction-entity.js';
import { customerEntity } from '../entities/customer-entity.js';
import type { EngagementRow } from '../entities/engagement-entity.js';
import type { IntroductionRow } from '../entities/introduction-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { siteEntity } from '../entities/site-entity.js';
import type { RecordsContext } from '../records-context.js';
import { exportCsv } from './export-csv.js';
import { exportSources } from './export-sources.js';
import type { Happened } from './happenings.js';
import { basisOf, type Holdings, readHoldings } from './holdings.js';
import { keptUntil } from './kept-until.js';

export class Receipts {
  readonly #context: RecordsContext;
  readonly #access: VisitorAccess;

  constructor(context: RecordsContext, access: VisitorAccess) {
    this.#context = context;
    this.#access = access;
  }

  receipt(asks: PageAsks): Promise<Reply<Receipt>> {
    return this.#access.toEngagement(asks, async (visitor) => {
      const holdings = await readHoldings(visitor.manager, visitor.engagement);
      return accept(await this.#receipt(visitor, holdings));
    });
  }

  export(asks: PageAsks): Promise<Reply<VisitorExport>> {
    return this.#access.toEngagement(asks, async ({ manager, engagement }) =>
      accept(await this.exportOf(manager, engagement)),
    );
  }

  /** As a table, for programs that know no JSON. */
  async csv(asks: PageAsks): Promise<Reply<string>> {
    const exported = await this.export(asks);
    return exported.ok ? accept(exportCsv(exported.value)) : exported;
  }

  /** Every row that is held, where each came from, and what is said to be wrong in it. */
  async exportOf(manager: EntityManager, engagement: EngagementRow): Promise<VisitorExport> {
    const { engagementId, siteId } = engagement;
    const holdings = await readHoldings(manager, engagement);
    const { lines, answers, metadata, introduction } = holdings;
    const names = await namesIn(manager, lines);
    const named = introduction === null ? [] : [introducedFacts(engagement, introduction)];
    const site = await manager.getRepository(siteEntity).findOneByOrFail({ siteId });
    const corrections = await manager
      .getRepository(correctionEntity)
      .find({ where: { engagementId }, order: { at: 'ASC' } });
    return {
      format: 'alongside-export/1',
      schema: rightsPaths.schema,
      receipt: await this.#receipt({ manager, engagement, site }, holdings),
      sources: exportSources,
      transcript: lines.map((line) => chatLine(line, names)),
      corrections: corrections.map(({ text, at }) => ({ text, at: at.getTime() })),
      survey:
        answers?.answers == null ? undefined : { version: answers.surveyVersion, answers: answers.answers },
      metadata: [...named, ...metadata.map(({ kind, at, fields }) => ({ kind, at, fields }))],
    };
  }

  async #receipt(
    { manager, engagement, site }: Omit<VisitorOfEngagement, 'origin'>,
    holdings: Holdings,
  ): Promise<Receipt> {
    const { tenantId } = engagement;
    const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
    const until = keptUntil(engagement, customer);
    const { storageCountry } = this.#context;
    const erasedAt = engagement.erasedAt?.getTime();
    const { lines, introduction, answers, metadata, happened } = holdings;
    const transcript = [...lines, ...(introduction === null ? [] : [introduction])];
    const surveys = answers === null ? [] : [answers];
    const holder = await holderOf(manager, engagement);
    const held = (rows: readonly { decisionId: string }[]) => ({
      rows: rows.length,
      storageCountry,
      bases: distinctBases(holdings, rows),
    });
    const elsewhere = (rows: readonly { decisionId: string }[]) =>
      holder === null || rows.length === 0
        ? held(rows)
        : {
            ...held(rows),
            heldBy: { name: holder.name, country: holder.country },
            bases: distinctBases(holdings, [...rows, { decisionId: engagement.onwardDecisionId ?? '' }]),
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
        { class: 'transcript', erasedAt, keptUntil: until.transcript, ...elsewhere(transcript) },
        { class: 'survey', erasedAt, keptUntil: until.survey, ...elsewhere(surveys) },
        { class: 'metadata', erasedAt: undefined, keptUntil: until.metadata, ...held(metadata) },
      ],
    };
  }
}

/** A lease that was granted is a consent like any other, and one that was taken back is withdrawn. */
function consents(happened: Happened): Receipt['consents'] {
  const asked = happened.consents.map(({ scope, act, at, toCountry }) => ({
    ...{ scope, act, at: at.getTime() },
    ...(toCountry === null ? {} : { country: toCountry }),
  }));
  const lent = happened.leases.flatMap(({ kinds, grantedAt, endedAt, endReason }) => {
    const scope = actsOn(kinds) ? 'control' : 'show';
    const granted = { scope, act: 'granted', at: grantedAt.getTime() } as const;
    if (endedAt === null || endReason !== 'takenBack') return [granted];
    return [granted, { scope, act: 'withdrawn', at: endedAt.getTime() } as const];
  });
  return [...asked, ...lent].sort((one, other) => one.at - other.at);
}

/** Whether the lease was for more than showing something. */
function actsOn(kinds: string): boolean {
  return leasedKinds.some((kind) => !isShownOnly(kind) && kinds.split(',').includes(kind));
}

/** The export holds every row: what the visitor said of themselves as well. */
function introducedFacts(
  engagement: EngagementRow,
  { visitorName, topic, confirmedAs }: Pick<IntroductionRow, 'visitorName' | 'topic' | 'confirmedAs'>,
) {
  const fields = {
    ...(visitorName === null ? {} : { visitorName }),
    ...(topic === null ? {} : { topic }),
    ...(confirmedAs === null ? {} : { confirmedAs }),
  };
  return { kind: 'introduced', at: engagement.requestedAt.getTime(), fields };
}

function distinctBases(holdings: Holdings, rows: readonly { decisionId: string }[]): readonly BasisShown[] {
  const ids = [...new Set(rows.map((row) => row.decisionId))];
  return ids.map((decisionId) => basisOf(holdings, { decisionId }));
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
  const { engagement, participants, watches, leases, calls } = happened;
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
  ];
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
