/** What a visitor does with an engagement over HTTPS: come back, read the lines, answer the survey. */

import {
  accept,
  type Done,
  type EngagementReturned,
  firstWrongAnswer,
  type LinesAfter,
  type Reply,
  refuse,
  type SurveyAnswers,
} from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { EngagementRow } from '../entities/engagement-entity.js';
import { surveyAnswersEntity } from '../entities/survey-answers-entity.js';
import { surveyFormEntity } from '../entities/survey-form-entity.js';
import type { Lapses } from '../lapses/lapses.js';
import type { RecordsContext } from '../records-context.js';
import { currentSurvey } from '../sites/surveys.js';
import type { EngagementHomes } from '../tickets/engagement-homes.js';
import { ledgerOf } from '../tickets/ledgers.js';
import type { Tickets } from '../tickets/tickets.js';
import { coveredBy } from '../transfer/covered-values.js';
import { linesAfter } from './chat-lines.js';
import type { PageAsks, VisitorAccess, VisitorOfEngagement } from './visitor-access.js';

export class VisitorEngagements {
  readonly #context: RecordsContext;
  readonly #access: VisitorAccess;
  readonly #homes: EngagementHomes;
  readonly #lapses: Lapses;
  readonly #tickets: Tickets;

  constructor(
    context: RecordsContext,
    parts: {
      readonly access: VisitorAccess;
      readonly homes: EngagementHomes;
      readonly lapses: Lapses;
      readonly tickets: Tickets;
    },
  ) {
    this.#context = context;
    this.#access = parts.access;
    this.#homes = parts.homes;
    this.#lapses = parts.lapses;
    this.#tickets = parts.tickets;
  }

  comeBack(asks: PageAsks): Promise<Reply<EngagementReturned>> {
    return this.#access.toEngagement<EngagementReturned>(
      asks,
      async ({ manager, engagement: row, origin }) => {
        const { phase } = row;
        if (row.endedAt !== null || phase === 'closed') {
          const surveyOpen = await isSurveyOpen(manager, row);
          return accept({ phase, ticket: undefined, liveUrl: undefined, surveyOpen });
        }
        if (!(await this.#lapses.mayGoOn(manager, row))) {
          // Whom nobody accepted has nothing to say of it.
          const over = row.agentId === null ? 'closed' : 'wrapUp';
          const surveyOpen = await isSurveyOpen(manager, row);
          return accept({ phase: over, ticket: undefined, liveUrl: undefined, surveyOpen });
        }
        const engagement = await ledgerOf(manager, row);
        const { tenantId, engagementId: sub } = engagement;
        const home = await this.#homes.settle(manager, row);
        const issued = this.#tickets.issue({ role: 'visitor', sub, tenantId, origin, engagement }, home);
        return issued.ok ? accept({ phase, ...issued.value, surveyOpen: false }) : issued;
      },
    );
  }

  lines(asks: PageAsks, after: number): Promise<Reply<LinesAfter>> {
    return this.#access.toEngagement(asks, async ({ manager, engagement }) =>
      accept({ lines: await linesAfter(manager, engagement.engagementId, after) }),
    );
  }

  answer(asks: PageAsks, answers: SurveyAnswers): Promise<Reply<Done>> {
    return this.#access.toEngagement(asks, (visitor) => this.#answer(visitor, answers));
  }

  async #answer(
    { manager, engagement, site }: VisitorOfEngagement,
    { version, answers }: SurveyAnswers,
  ): Promise<Reply<Done>> {
    const { engagementId } = engagement;
    const { siteId, tenantId } = site;
    if (engagement.endedAt === null || engagement.erasedAt !== null) return refuse('wrongState');
    const kept = manager.getRepository(surveyAnswersEntity);
    if (await kept.existsBy({ engagementId })) return refuse('conflict');
    const form = await manager.getRepository(surveyFormEntity).findOneBy({ siteId, version });
    if (form === null) return refuse('invalid', 'version');
    const wrong = firstWrongAnswer(form.form, answers);
    if (wrong !== undefined) return refuse('invalid', `answers.${wrong}`);
    const decided = await this.#context.decisions.decide(manager, {
      tenantId,
      dataClass: 'survey',
      access: 'store',
      // Where the visitor was is a fact of the engagement, whatever was set for the site since.
      origin: originOf(engagement),
      toCountry: this.#context.storageCountry,
    });
    if (!decided.ok) return decided;
    await kept.insert({
      engagementId,
      siteId,
      surveyVersion: version,
      answers,
      rating: answers.find((each) => each.kind === 'rating')?.value ?? null,
      at: new Date(this.#context.clock()),
      ...coveredBy(decided.value, 'feedback'),
    });
    return accept({});
  }
}

export function originOf({ originCountry, originEvidence }: EngagementRow) {
  return { country: originEvidence === 'unknown' ? undefined : originCountry, evidence: originEvidence };
}

async function isSurveyOpen(manager: EntityManager, row: EngagementRow): Promise<boolean> {
  const { engagementId, siteId, erasedAt } = row;
  if (erasedAt !== null) return false;
  if (await manager.getRepository(surveyAnswersEntity).existsBy({ engagementId })) return false;
  return (await currentSurvey(manager, siteId)) !== null;
}
