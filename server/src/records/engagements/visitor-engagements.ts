/** What a visitor does with an engagement over HTTPS: come back, read the lines, answer the survey, leave for good. */

import type { Revocation } from '@alongside/engagement';
import {
  accept,
  type Done,
  type EngagementId,
  type EngagementReturned,
  firstWrongAnswer,
  type LinesAfter,
  type Reply,
  refuse,
  type StoredEngagement,
  type SurveyAnswers,
} from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import type { RecipientRow } from '../entities/recipient-entity.js';
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
import { closedAway } from './closed-away.js';
import { type DeliveredContent, holderOf } from './delivered-content.js';
import { Turns } from './turns.js';
import type { PageAsks, VisitorAccess, VisitorOfEngagement } from './visitor-access.js';

export class VisitorEngagements {
  readonly #context: RecordsContext;
  readonly #access: VisitorAccess;
  readonly #homes: EngagementHomes;
  readonly #lapses: Lapses;
  readonly #tickets: Tickets;
  readonly #delivered: DeliveredContent;
  readonly #revoke: (revocation: Revocation) => void;
  /** Answers under way, by who sends them: of two that come at once the store has those that are kept. */
  readonly #answering = new Turns();

  constructor(
    context: RecordsContext,
    parts: {
      readonly access: VisitorAccess;
      readonly homes: EngagementHomes;
      readonly lapses: Lapses;
      readonly tickets: Tickets;
      readonly delivered: DeliveredContent;
      readonly revoke: (revocation: Revocation) => void;
    },
  ) {
    this.#context = context;
    this.#access = parts.access;
    this.#homes = parts.homes;
    this.#lapses = parts.lapses;
    this.#tickets = parts.tickets;
    this.#delivered = parts.delivered;
    this.#revoke = parts.revoke;
  }

  /** What is not kept here is read from the customer's own store first, outside of any transaction. */
  async comeBack(asks: PageAsks): Promise<Reply<EngagementReturned>> {
    const first = await this.#comeBack(asks, undefined);
    if (!first.ok || !('heldBy' in first.value)) return first as Reply<EngagementReturned>;
    const { heldBy, engagementId } = first.value;
    const introduction = await this.#delivered.introduction(heldBy, engagementId);
    return (await this.#comeBack(asks, introduction)) as Reply<EngagementReturned>;
  }

  /** `introduction`: as the store of an engagement that is delivered has it, once that was asked. */
  #comeBack(
    asks: PageAsks,
    introduction: StoredEngagement | undefined,
  ): Promise<Reply<EngagementReturned | { heldBy: RecipientRow; engagementId: string }>> {
    return this.#access.toEngagement<EngagementReturned | { heldBy: RecipientRow; engagementId: string }>(
      asks,
      async ({ manager, engagement: row, origin }) => {
        const { phase } = row;
        if (row.endedAt !== null || phase === 'closed') {
          const surveyOpen = await isSurveyOpen(manager, row);
          return accept({ phase, ticket: undefined, liveUrl: undefined, surveyOpen });
        }
        if (!(await this.#lapses.mayGoOn(manager, row))) {
          const { engagementId } = row;
          const over = await manager.getRepository(engagementEntity).findOneByOrFail({ engagementId });
          const surveyOpen = await isSurveyOpen(manager, row);
          return accept({ phase: over.phase, ticket: undefined, liveUrl: undefined, surveyOpen });
        }
        const heldBy = introduction === undefined ? await holderOf(manager, row) : null;
        if (heldBy !== null) return accept({ heldBy, engagementId: row.engagementId });
        const engagement = { ...(await ledgerOf(manager, row)), ...introduction };
        const { tenantId, engagementId: sub } = engagement;
        const home = await this.#homes.settle(manager, row);
        const issued = this.#tickets.issue({ role: 'visitor', sub, tenantId, origin, engagement }, home);
        return issued.ok ? accept({ phase, ...issued.value, surveyOpen: false }) : issued;
      },
    );
  }

  async lines(asks: PageAsks, after: number): Promise<Reply<LinesAfter>> {
    const found = await this.#access.toEngagement(asks, async ({ manager, engagement }) => {
      const engagementId = engagement.engagementId as EngagementId;
      const lines = await linesAfter(manager, engagementId, after);
      return accept({ engagementId, lines, holder: await holderOf(manager, engagement) });
    });
    if (!found.ok) return found;
    const { holder, engagementId, lines } = found.value;
    return accept({ lines: await this.#delivered.withWords(holder, engagementId, lines) });
  }

  /** Where the customer keeps answers itself, its own store takes them first, outside of any transaction. */
  answer(asks: PageAsks, answers: SurveyAnswers): Promise<Reply<Done>> {
    return this.#answering.take(asks.authorization ?? '', () => this.#answerInTurn(asks, answers));
  }

  /** Somebody else is at this browser now: whatever still knows the secret, in whichever tab, opens nothing with it. */
  leave(asks: PageAsks): Promise<Reply<Done>> {
    return this.#access.toEngagement(asks, async ({ manager, engagement: row }) => {
      const engagementId = row.engagementId as EngagementId;
      const at = new Date(this.#context.clock());
      const isOver = row.endedAt !== null;
      const how = { endedBy: 'visitor', endReason: 'visitorEnded' } as const;
      const end = isOver ? {} : closedAway(row, at, how);
      await manager.getRepository(engagementEntity).update({ engagementId }, { returnUntil: at, ...end });
      // What is said to be wrong is not written up.
      const outOfSight = row.restrictedAt === null ? {} : ({ outOfSight: true } as const);
      if (!isOver) {
        this.#context.database.afterCommit(manager, () =>
          this.#revoke({ type: 'engagementEnded', engagementId, reason: 'visitorEnded', ...outOfSight }),
        );
      }
      return accept({});
    });
  }

  async #answerInTurn(asks: PageAsks, answers: SurveyAnswers): Promise<Reply<Done>> {
    const at = this.#context.clock();
    const first = await this.#access.toEngagement(asks, (visitor) =>
      this.#answer(visitor, { ...answers, at, takenBy: undefined }),
    );
    if (!first.ok || !('deliver' in first.value)) return first;
    const { deliver: to, engagementId } = first.value;
    const put = await this.#delivered.answer(to, engagementId, { ...answers, at });
    if (!put.ok) return put;
    const takenBy = to.recipientId;
    const second = await this.#access.toEngagement(asks, (visitor) =>
      this.#answer(visitor, { ...answers, at, takenBy }),
    );
    if (second.ok) return accept({});
    // It may have been erased here and there while the store took them.
    this.#context.storeErasures.tellAgain(to.tenantId, engagementId);
    return second;
  }

  async #answer(
    { manager, engagement, site }: VisitorOfEngagement,
    { version, answers, at, takenBy }: SurveyAnswers & { at: number; takenBy: string | undefined },
  ): Promise<Reply<Done | { deliver: RecipientRow; engagementId: string }>> {
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
    const isDelivered = engagement.deliveredTo !== null;
    if (isDelivered) {
      const onward = await this.#delivered.forAnswers(manager, engagement);
      if (!onward.ok) return onward;
      const { recipient: deliver } = onward.value;
      if (deliver.recipientId !== takenBy) return accept({ deliver, engagementId });
    }
    await kept.insert({
      engagementId,
      siteId,
      surveyVersion: version,
      answers: isDelivered ? null : answers,
      deliveredAt: isDelivered ? new Date(at) : null,
      rating: isDelivered ? null : (answers.find((each) => each.kind === 'rating')?.value ?? null),
      at: new Date(at),
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
