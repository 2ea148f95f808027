/** What a customer keeps itself: put there before it is true here, and read from there when somebody asks. */

import {
  accept,
  type ChatLine,
  type DeliveredAnswers,
  type DeliveredCorrection,
  type Done,
  type EngagementId,
  type EngagementStart,
  type Reply,
  refuse,
  type SiteId,
  type StoredEngagement,
} from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { EngagementRow } from '../entities/engagement-entity.js';
import { type RecipientRow, recipientEntity } from '../entities/recipient-entity.js';
import type { SiteRow } from '../entities/site-entity.js';
import type { CustomerStore, StoredLine } from '../recipients/customer-store.js';
import { decideOnward, decideOnwardFlow, type Onward } from '../recipients/decide-onward.js';
import type { RecordsContext } from '../records-context.js';
import { originOfSite } from '../transfer/flow.js';

/** Beyond so many pages a store is not asked for one record. */
const MOST_PAGES = 20;

export class DeliveredContent {
  readonly #context: RecordsContext;
  readonly #store: CustomerStore;

  constructor(context: RecordsContext, store: CustomerStore) {
    this.#context = context;
    this.#store = store;
  }

  /** Where a new engagement of the site is delivered to, if that may be; undefined where it is kept here. */
  async ofSite(manager: EntityManager, site: SiteRow): Promise<Reply<Onward | undefined>> {
    if (site.deliverTo === null) return accept(undefined);
    const origin = originOfSite(site.visitorCountries);
    const flow = { recipientId: site.deliverTo, origin, dataClass: 'transcript' } as const;
    return decideOnwardFlow(this.#context, manager, flow);
  }

  forAnswers(manager: EntityManager, engagement: EngagementRow): Promise<Reply<Onward>> {
    return decideOnward(this.#context, manager, { engagement, dataClass: 'survey' });
  }

  /** What a visitor begins with. Any part may be put there again. */
  async begin(
    to: RecipientRow,
    {
      siteId,
      start,
    }: {
      readonly siteId: string;
      readonly start: EngagementStart & { readonly confirmedAs: string | undefined };
    },
  ): Promise<Reply<Done>> {
    const { engagementId, language, noticeVersion, name, topic, confirmedAs, firstLine } = start;
    const at = this.#context.clock();
    const begun = await this.#store.putEngagement(to, {
      ...{ engagementId, siteId: siteId as SiteId, requestedAt: at, language, noticeVersion },
      ...(name === undefined ? {} : { visitorName: name }),
      ...(topic === undefined ? {} : { topic }),
      ...(confirmedAs === undefined ? {} : { confirmedAs }),
    });
    if (!begun.ok) return undelivered;
    const line = { number: 1, from: 'visitor', at, ...firstLine } as const;
    const said = await this.#store.putLine(to, engagementId, line);
    return said.ok ? said : undelivered;
  }

  async answer(to: RecipientRow, engagementId: string, answers: DeliveredAnswers): Promise<Reply<Done>> {
    const put = await this.#store.putAnswers(to, engagementId, answers);
    return put.ok ? put : undelivered;
  }

  /** Stands beside what was said, which stays as it was. */
  async correct(
    manager: EntityManager,
    engagement: EngagementRow,
    correction: DeliveredCorrection,
  ): Promise<Reply<Done>> {
    const onward = await decideOnward(this.#context, manager, { engagement, dataClass: 'transcript' });
    if (!onward.ok) return onward;
    const put = await this.#store.putCorrection(onward.value.recipient, engagement.engagementId, correction);
    return put.ok ? put : undelivered;
  }

  /** Who the visitor said they are, for a desk that has lost it and a record that never had it. */
  introduction(to: RecipientRow, engagementId: string): Promise<StoredEngagement> {
    return this.#store.introduction(to, engagementId);
  }

  /** With the words that the store gives; a line that it does not give stays marked as held. */
  async withWords<Line extends ChatLine>(
    to: RecipientRow | null,
    engagementId: EngagementId,
    lines: readonly Line[],
  ): Promise<readonly Line[]> {
    const held = lines.filter((line) => line.held);
    const [first] = held;
    if (to === null || first === undefined) return lines;
    const words = await this.#words(to, {
      engagementId,
      first: first.number,
      last: held.at(-1)?.number ?? 0,
    });
    return lines.map((line) => {
      const stored = words.get(line.number);
      if (!line.held || stored === undefined || stored.lineId !== line.lineId) return line;
      const { held: _, ...rest } = line;
      return { ...rest, text: stored.text } as Line;
    });
  }

  async #words(
    to: RecipientRow,
    { engagementId, first, last }: { engagementId: string; first: number; last: number },
  ): Promise<ReadonlyMap<number, StoredLine>> {
    const words = new Map<number, StoredLine>();
    let after = first - 1;
    for (let page = 0; page < MOST_PAGES && after < last; page += 1) {
      const read = await this.#store.linesAfter(to, { engagementId, after });
      const end = read.ok ? Math.max(0, ...read.value.map((each) => each.number)) : 0;
      if (!read.ok || end <= after) return words;
      for (const each of read.value) words.set(each.number, each);
      after = end;
    }
    return words;
  }
}

const undelivered: Reply<never> = refuse('storageUnavailable', 'customerStore');

/** Whose store an engagement's content is in. */
export async function holderOf(
  manager: EntityManager,
  { deliveredTo: recipientId }: Pick<EngagementRow, 'deliveredTo'>,
): Promise<RecipientRow | null> {
  return recipientId === null
    ? null
    : manager.getRepository(recipientEntity).findOneByOrFail({ recipientId });
}
