/** The export: every row that is held, where each came from, and what is said to be wrong in it. */

import { accept, type ExportedFact, type Reply, rightsPaths } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { PageAsks, VisitorAccess } from '../engagements/visitor-access.js';
import { correctionEntity } from '../entities/correction-entity.js';
import type { EngagementRow } from '../entities/engagement-entity.js';
import type { IntroductionRow } from '../entities/introduction-entity.js';
import { siteEntity } from '../entities/site-entity.js';
import type { RecordsContext } from '../records-context.js';
import { type Around, type ExportParts, type ExportRest, ExportText } from './export-text.js';
import { linePages, readLinePage, type Tally } from './held-lines.js';
import { readBeside, withLines } from './holdings.js';
import { readOwnCases } from './own-cases.js';
import { ReadingTurns } from './reading-turns.js';
import type { Receipts } from './receipts.js';

/** Runs what reads, in a transaction. */
type Transacted = <T>(read: (manager: EntityManager) => Promise<T>) => Promise<T>;

/** Pages that are read while one goes out, as turns allow. */
const AHEAD = 2;

interface ExportsDeps {
  readonly context: RecordsContext;
  readonly access: VisitorAccess;
  readonly receipts: Receipts;
}

export class Exports {
  readonly #deps: ExportsDeps;
  readonly #turns = new ReadingTurns();

  constructor(deps: ExportsDeps) {
    this.#deps = deps;
  }

  export(asks: PageAsks): Promise<Reply<ExportText>> {
    return this.#deps.access.toEngagement(asks, async ({ engagement }) => accept(this.textOf(engagement)));
  }

  csv(asks: PageAsks): Promise<Reply<ExportText>> {
    return this.#deps.access.toEngagement(asks, async ({ engagement }) => accept(this.tableOf(engagement)));
  }

  /** For whoever was let in already: it is read as it is taken, after that. */
  textOf(engagement: EngagementRow): ExportText {
    return ExportText.json(this.#parts(engagement, this.#inTurns(engagement), AHEAD));
  }

  tableOf(engagement: EngagementRow): ExportText {
    return ExportText.csv(this.#parts(engagement, this.#inTurns(engagement), AHEAD));
  }

  /** The last field of what is said of a case. */
  endOf(whole: Readonly<Record<string, unknown>>, field: string, engagement: EngagementRow): ExportText {
    const before = `${JSON.stringify(whole).slice(0, -1)},${JSON.stringify(field)}:`;
    return ExportText.within(before, this.#each([engagement]), '}');
  }

  /** For an authority, as a list, each one begun when the one before has gone out: what people asked by their rights is no part of it. */
  listOf(before: string, engagements: readonly EngagementRow[], after: string): ExportText {
    return ExportText.within(`${before}[`, withoutCases(this.#each(engagements)), `]${after}`);
  }

  *#each(engagements: readonly EngagementRow[]): Generator<ExportParts> {
    for (const each of engagements) yield this.#parts(each, this.#inTurns(each), AHEAD);
  }

  /** Each part in a transaction of its own: lines only ever join or go, and what is erased meanwhile is missing. */
  #inTurns({ tenantId }: EngagementRow): Transacted {
    return (read) => this.#turns.take(() => this.#deps.context.database.inTenant(tenantId, read));
  }

  #parts(engagement: EngagementRow, transacted: Transacted, ahead: number): ExportParts {
    return {
      pages: linePages((asked) => transacted((manager) => readLinePage(manager, engagement, asked)), ahead),
      beside: () => transacted((manager) => readAround(manager, engagement)),
      rest: (around, tally) => transacted((manager) => this.#rest(manager, engagement, { around, tally })),
    };
  }

  async #rest(
    manager: EntityManager,
    engagement: EngagementRow,
    { around, tally }: { around: Around; tally: Tally },
  ): Promise<ExportRest> {
    const { site, corrections, cases } = around;
    const holdings = await withLines(manager, around.holdings, tally);
    const { answers, metadata, introduction } = holdings;
    const named = introduction === null ? [] : [introducedFacts(engagement, introduction)];
    return {
      receipt: await this.#deps.receipts.receiptOf({ manager, engagement, site }, holdings, cases),
      corrections: corrections.map(({ text, at }) => ({
        ...{ text: text ?? '', at: at.getTime() },
        ...(text === null ? { held: true as const } : {}),
      })),
      survey:
        answers?.answers == null ? undefined : { version: answers.surveyVersion, answers: answers.answers },
      metadata: [...named, ...metadata.map(exportedFact)],
      cases: cases.map(exportedFact),
    };
  }
}

function* withoutCases(exports: Iterable<ExportParts>): Generator<ExportParts> {
  for (const parts of exports)
    yield { ...parts, beside: async () => ({ ...(await parts.beside()), cases: [] }) };
}

/** What was asked names where its words are. */
function exportedFact({ kind, at, fields }: ExportedFact): ExportedFact {
  const { wordsVersion, scope } = fields;
  if (wordsVersion === undefined) return { kind, at, fields };
  const path = scope === 'transfer' ? rightsPaths.transferWords : rightsPaths.words;
  const words = path.replace(':version', String(wordsVersion));
  return { kind, at, fields: { ...fields, words } };
}

/** All but the lines. */
async function readAround(manager: EntityManager, engagement: EngagementRow): Promise<Around> {
  const { engagementId, siteId, transcriptDecisionId } = engagement;
  const usual = { rows: 0, decisionIds: [transcriptDecisionId] };
  return {
    holdings: await readBeside(manager, engagement, usual),
    site: await manager.getRepository(siteEntity).findOneByOrFail({ siteId }),
    corrections: await manager
      .getRepository(correctionEntity)
      .find({ where: { engagementId }, order: { at: 'ASC' } }),
    cases: await readOwnCases(manager, engagementId),
  };
}

/** What the visitor said of themselves is held as well. */
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
