/** What people of the customer find again: the list of engagements, and all that is held of one. */

import {
  type AgentLines,
  accept,
  type BasisShown,
  type EngagementId,
  type EngagementListed,
  type EngagementRecord,
  type Reply,
  refuse,
  type SiteId,
  type StoredEngagement,
} from '@alongside/protocol';
import { type EntityManager, In, IsNull, MoreThan } from 'typeorm';
import type { AuditAction } from '../accounts/audit-trail.js';
import type { Caller } from '../accounts/caller.js';
import { missesTooMuch } from '../accounts/unusual-reading.js';
import { auditEntryEntity } from '../entities/audit-entry-entity.js';
import { customerEntity } from '../entities/customer-entity.js';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { participantEntity } from '../entities/participant-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { siteEntity } from '../entities/site-entity.js';
import { surveyFormEntity } from '../entities/survey-form-entity.js';
import { Later } from '../later.js';
import type { RecordsContext } from '../records-context.js';
import { basisOf, type Holdings, type HoldingsWithLines, readHoldings } from '../rights/holdings.js';
import { keptUntil } from '../rights/kept-until.js';
import { type Origin, originOfSite, receiverOf } from '../transfer/flow.js';
import { decideShown, hiddenFrom } from '../transfer/shown-to-person.js';
import { chatLine, linesAfter } from './chat-lines.js';
import { type DeliveredContent, holderOf } from './delivered-content.js';
import { type ListQuery, listEngagements } from './engagement-list.js';
import { originOf } from './visitor-engagements.js';

/** Whoever turns its pages is done with a list by then. */
const SAME_LIST_MS = 3_600_000;

export class EngagementRecords {
  readonly #context: RecordsContext;
  readonly #delivered: DeliveredContent;

  constructor(context: RecordsContext, delivered: DeliveredContent) {
    this.#context = context;
    this.#delivered = delivered;
  }

  /** Rows of a country whose records the caller may not read are left out; if that is all, it says so. */
  async list(
    manager: EntityManager,
    caller: Caller,
    query: ListQuery,
  ): Promise<Reply<readonly EngagementListed[]>> {
    const origins = await distinctOrigins(manager);
    const readable: Origin[] = [];
    let refused: Reply<never> | undefined;
    for (const origin of origins) {
      const read = await this.#mayRead(manager, caller, origin);
      if (read.ok) readable.push(origin);
      else refused = read;
    }
    if (readable.length === 0 && refused !== undefined) return refused;
    if (!caller.operates) await this.#auditList(manager, caller, query);
    const without = await hiddenFrom(manager, caller);
    return accept(await listEngagements(manager, { caller, query, origins: readable, without }));
  }

  /** Names and topics are shown. A page that follows is of the same list, but not hours later. */
  async #auditList(manager: EntityManager, caller: Caller, { before }: ListQuery): Promise<void> {
    const { personId: subject } = caller;
    const listed = { action: 'record.listed', subject } as const;
    const at = MoreThan(new Date(this.#context.clock() - SAME_LIST_MS));
    const follows = before !== undefined && { ...listed, actorId: subject, at };
    if (follows && (await manager.getRepository(auditEntryEntity).existsBy(follows))) return;
    await this.#audit(manager, caller, listed);
  }

  async show(
    manager: EntityManager,
    caller: Caller,
    engagementId: string,
  ): Promise<Reply<EngagementRecord | Later<EngagementRecord>>> {
    const row = await manager.getRepository(engagementEntity).findOneBy({ engagementId });
    if (row === null || !(await isInReach(manager, row, caller))) return this.#missed(manager, caller);
    const read = await this.#mayRead(manager, caller, originOf(row));
    if (!read.ok) return read;
    const without = await hiddenFrom(manager, caller);
    if (without.includes(row.decisionId) || without.includes(row.transcriptDecisionId))
      return refuse('transferRefused', 'ROWS_SUSPENDED');
    await this.#audit(manager, caller, { action: 'record.read', subject: engagementId });
    const query = { engagementId, before: undefined, phase: undefined, search: undefined };
    const [listed] = await listEngagements(manager, { caller, query, origins: [originOf(row)], without });
    if (listed === undefined) return refuse('notFound');
    const holdings = await readHoldings(manager, row);
    const customer = await manager.getRepository(customerEntity).findOneByOrFail({
      tenantId: caller.tenantId,
    });
    const holder = await holderOf(manager, row);
    const record: EngagementRecord = {
      ...listed,
      restrictedAt: row.restrictedAt?.getTime(),
      heldBy: holder?.name,
      introduction: introduction(holdings),
      transcript: await transcript(manager, holdings),
      survey: await survey(manager, holdings),
      metadata: holdings.metadata.map((each) => ({
        kind: each.kind,
        at: each.at,
        fields: each.fields,
        basis: basisOf(holdings, each),
        ...readingOf(holdings, each),
      })),
      agentNames: await agentNames(manager, holdings),
      keptUntil: keptUntil(row, customer),
    };
    if (holder === null) return accept(record);
    return accept(
      new Later(async () => {
        const transcript = await this.#delivered.withWords(holder, record.engagementId, record.transcript);
        const said = await this.#delivered.introduction(holder, record.engagementId);
        return introducedBy({ ...record, transcript }, said);
      }),
    );
  }

  /** Who asks for many records that are none of theirs is written down, and waits. */
  async #missed(manager: EntityManager, caller: Caller): Promise<Reply<never>> {
    const { personId: subject } = caller;
    if (await missesTooMuch(manager, subject, new Date(this.#context.clock()))) return refuse('tooFast');
    await this.#audit(manager, caller, { action: 'record.missed', subject });
    return refuse('notFound');
  }

  #audit(
    manager: EntityManager,
    { tenantId, personId: actorId }: Caller,
    what: { readonly action: AuditAction; readonly subject: string },
  ): Promise<void> {
    return this.#context.audit.add(manager, { tenantId, actorId, ...what });
  }

  /** For the consoles of the agents who take part, while it runs, and of the lead during the wrap-up. */
  async ownLines(
    manager: EntityManager,
    caller: Caller,
    { engagementId, after }: { engagementId: string; after: number },
  ): Promise<Reply<AgentLines | Later<AgentLines>>> {
    const row = await manager.getRepository(engagementEntity).findOneBy({ engagementId });
    if (row === null || !caller.siteIds.includes(row.siteId) || row.phase === 'closed')
      return refuse('notFound');
    // Once it is over, what is restricted is stored and nothing more.
    if (row.restrictedAt !== null && row.phase !== 'active') return refuse('notFound');
    const joined = { engagementId, agentId: caller.personId, leftAt: IsNull() };
    const takesPart =
      row.phase === 'active' && (await manager.getRepository(participantEntity).existsBy(joined));
    if (row.agentId !== caller.personId && !takesPart) return refuse('notFound');
    if ((await hiddenFrom(manager, caller)).includes(row.transcriptDecisionId))
      return refuse('transferRefused', 'ROWS_SUSPENDED');
    const read = await this.#mayReadAlong(manager, caller, { row, takesPart });
    if (!read.ok) return read;
    const followed = { action: 'record.followed', subject: engagementId } as const;
    // Once for each of them, however often their console asks while it runs; and nothing of it is older than itself.
    const known = { ...followed, actorId: caller.personId, at: MoreThan(row.requestedAt) };
    if (!(await manager.getRepository(auditEntryEntity).existsBy(known)))
      await this.#audit(manager, caller, followed);
    const lines = await linesAfter(manager, engagementId, after);
    const holder = await holderOf(manager, row);
    if (holder === null) return accept({ lines });
    const id = engagementId as EngagementId;
    return accept(new Later(async () => ({ lines: await this.#delivered.withWords(holder, id, lines) })));
  }

  /** Sites whose visitors' words the caller may be shown where they are: decided for each as it stands now. */
  async readableSites(manager: EntityManager, caller: Caller): Promise<SiteId[]> {
    const sites = await manager.getRepository(siteEntity).findBy({ siteId: In([...caller.siteIds]) });
    const readable: SiteId[] = [];
    for (const { siteId, visitorCountries } of sites) {
      const read = await this.#mayRead(manager, caller, originOfSite(visitorCountries));
      if (read.ok) readable.push(siteId as SiteId);
    }
    return readable;
  }

  /** Whoever is in by the visitor's explicit consent is shown the lines while it runs, and by nothing else. */
  async #mayReadAlong(
    manager: EntityManager,
    caller: Caller,
    { row, takesPart }: { row: EngagementRow; takesPart: boolean },
  ) {
    const origin = originOf(row);
    const read = await this.#mayRead(manager, caller, origin);
    if (read.ok || !takesPart) return read;
    const { tenantId } = caller;
    const session = { engagementId: row.engagementId };
    const shown = { tenantId, dataClass: 'live', access: 'view', origin, session } as const;
    return this.#context.decisions.decide(manager, { ...shown, ...receiverOf(caller) });
  }

  #mayRead(manager: EntityManager, caller: Caller, origin: Origin) {
    const showing = { dataClass: 'transcript', access: 'read', origin } as const;
    return decideShown(this.#context, manager, caller, showing);
  }
}

/** Officers see all, and they alone what is restricted; supervisors what came by their sites, agents what they took part in. */
async function isInReach(
  manager: EntityManager,
  row: EngagementRow,
  { roles, siteIds, personId, operates }: Caller,
): Promise<boolean> {
  // Whoever operates the service reads as an officer does, and is none to whom what is restricted is shown.
  if (row.restrictedAt !== null && (operates || !roles.includes('officer'))) return false;
  if (roles.includes('officer')) return true;
  if (roles.includes('supervisor') && siteIds.includes(row.siteId)) return true;
  if (row.agentId === personId) return true;
  const { engagementId } = row;
  return manager.getRepository(participantEntity).existsBy({ engagementId, agentId: personId });
}

async function distinctOrigins(manager: EntityManager): Promise<readonly Origin[]> {
  const rows = await manager
    .getRepository(engagementEntity)
    .createQueryBuilder('engagement')
    .select('engagement.origin_country', 'country')
    .addSelect('engagement.origin_evidence', 'evidence')
    .distinct(true)
    .getRawMany<{ country: string; evidence: Origin['evidence'] }>();
  return rows.map(({ country, evidence }) => ({
    country: evidence === 'unknown' ? undefined : country,
    evidence,
  }));
}

/** Under which whoever took part reads what is written. */
function readingOf(
  holdings: Holdings,
  { readingDecisionId: decisionId }: Holdings['metadata'][number],
): { readonly reading?: BasisShown } {
  return decisionId === undefined ? {} : { reading: basisOf(holdings, { decisionId }) };
}

/** What those are called who are named by their numbers. */
async function agentNames(
  manager: EntityManager,
  { happened, lines }: HoldingsWithLines,
): Promise<Readonly<Record<string, string>>> {
  const ids = [...happened.participants, ...lines].flatMap(({ agentId }) => agentId ?? []);
  const people = await manager.getRepository(personEntity).findBy({ personId: In([...new Set(ids)]) });
  return Object.fromEntries(people.map(({ personId, displayName }) => [personId, displayName ?? '']));
}

function introduction(holdings: Holdings): EngagementRecord['introduction'] {
  const row = holdings.introduction;
  if (row === null) return undefined;
  const { visitorName, topic, confirmedAs } = row;
  return {
    visitorName: visitorName ?? undefined,
    topic: topic ?? undefined,
    confirmedAs: confirmedAs ?? undefined,
    basis: basisOf(holdings, row),
  };
}

/** As the customer's own store has it, under the basis of the words that are held there. */
function introducedBy(record: EngagementRecord, said: StoredEngagement): EngagementRecord {
  const [first] = record.transcript;
  if (first === undefined || Object.keys(said).length === 0) return record;
  const { visitorName, topic, confirmedAs } = said;
  return {
    ...record,
    ...{ visitorName, topic, introduction: { visitorName, topic, confirmedAs, basis: first.basis } },
    transcript: record.transcript.map((line) =>
      line.from === 'visitor' ? { ...line, senderName: visitorName } : line,
    ),
  };
}

async function transcript(
  manager: EntityManager,
  holdings: HoldingsWithLines,
): Promise<EngagementRecord['transcript']> {
  const people = await manager.getRepository(personEntity).find();
  const names = new Map(people.map((each) => [each.personId, each.displayName ?? '']));
  const visitorName = holdings.introduction?.visitorName ?? undefined;
  return holdings.lines.map((line) => ({
    ...chatLine(line, names),
    senderName: line.sender === 'visitor' ? visitorName : names.get(line.agentId ?? '') || undefined,
    basis: basisOf(holdings, line),
  }));
}

async function survey(manager: EntityManager, holdings: Holdings): Promise<EngagementRecord['survey']> {
  const { answers } = holdings;
  if (answers === null) return undefined;
  const { siteId, surveyVersion: version } = answers;
  const { form } = await manager.getRepository(surveyFormEntity).findOneByOrFail({ siteId, version });
  return {
    version,
    answers: answers.answers ?? [],
    ...(answers.answers === null ? { held: true as const } : {}),
    form,
    at: answers.at.getTime(),
    basis: basisOf(holdings, answers),
  };
}
