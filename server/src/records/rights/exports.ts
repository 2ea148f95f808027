/** The export: every row that is held, where each came from, and what is said to be wrong in it. */

import { accept, type Reply, rightsPaths, type VisitorExport } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { PageAsks, VisitorAccess } from '../engagements/visitor-access.js';
import { correctionEntity } from '../entities/correction-entity.js';
import type { EngagementRow } from '../entities/engagement-entity.js';
import type { IntroductionRow } from '../entities/introduction-entity.js';
import { siteEntity } from '../entities/site-entity.js';
import type { RecordsContext } from '../records-context.js';
import { exportSources } from './export-sources.js';
import { type ExportFrame, ExportText, gather } from './export-text.js';
import { linePages, readLinePage } from './held-lines.js';
import { countHoldings } from './holdings.js';
import type { Receipts } from './receipts.js';

interface ExportsDeps {
  readonly context: RecordsContext;
  readonly access: VisitorAccess;
  readonly receipts: Receipts;
}

export class Exports {
  readonly #deps: ExportsDeps;

  constructor(deps: ExportsDeps) {
    this.#deps = deps;
  }

  export(asks: PageAsks): Promise<Reply<ExportText>> {
    return this.#deps.access.toEngagement(asks, async ({ manager, engagement }) =>
      accept(await this.textOf(manager, engagement)),
    );
  }

  csv(asks: PageAsks): Promise<Reply<ExportText>> {
    return this.#deps.access.toEngagement(asks, async ({ manager, engagement }) =>
      accept(ExportText.csv(await this.#frame(manager, engagement), this.#pages(engagement))),
    );
  }

  /** Its lines are read as they are taken, after the transaction of `manager`. */
  async textOf(manager: EntityManager, engagement: EngagementRow): Promise<ExportText> {
    return ExportText.json(await this.#frame(manager, engagement), this.#pages(engagement));
  }

  /** All at once, as a part of something larger. */
  async exportOf(manager: EntityManager, engagement: EngagementRow): Promise<VisitorExport> {
    const frame = await this.#frame(manager, engagement);
    return gather(
      frame,
      linePages((asked) => readLinePage(manager, engagement, asked)),
    );
  }

  /** Lines only ever join or go: each page is a transaction of its own, and what is erased meanwhile is missing. */
  #pages(engagement: EngagementRow): AsyncGenerator<string> {
    const { database } = this.#deps.context;
    return linePages((asked) =>
      database.inTenant(engagement.tenantId, (manager) => readLinePage(manager, engagement, asked)),
    );
  }

  async #frame(manager: EntityManager, engagement: EngagementRow): Promise<ExportFrame> {
    const { engagementId, siteId } = engagement;
    const holdings = await countHoldings(manager, engagement);
    const { answers, metadata, introduction } = holdings;
    const named = introduction === null ? [] : [introducedFacts(engagement, introduction)];
    const site = await manager.getRepository(siteEntity).findOneByOrFail({ siteId });
    const corrections = await manager
      .getRepository(correctionEntity)
      .find({ where: { engagementId }, order: { at: 'ASC' } });
    return {
      format: 'alongside-export/1',
      schema: rightsPaths.schema,
      receipt: await this.#deps.receipts.receiptOf({ manager, engagement, site }, holdings),
      sources: exportSources,
      corrections: corrections.map(({ text, at }) => ({ text, at: at.getTime() })),
      survey:
        answers?.answers == null ? undefined : { version: answers.surveyVersion, answers: answers.answers },
      metadata: [...named, ...metadata.map(({ kind, at, fields }) => ({ kind, at, fields }))],
    };
  }
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
