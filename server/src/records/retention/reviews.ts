/** How long things are kept, who looked at that last, and what purges took away. */

import { randomUUID } from 'node:crypto';
import {
  accept,
  type PurgeReceiptShown,
  type Reply,
  type RetentionReviewed,
  type RetentionShown,
  type RetentionTerm,
  refuse,
} from '@alongside/protocol';
import { type EntityManager, In } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { retentionOf } from '../accounts/customers.js';
import { customerEntity } from '../entities/customer-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { type PurgeReceiptRow, purgeReceiptEntity } from '../entities/purge-receipt-entity.js';
import { retentionReviewEntity } from '../entities/retention-review-entity.js';
import type { RecordsContext } from '../records-context.js';
import { addMonths } from '../rights/kept-until.js';
import { REVIEW_MONTHS, type ReviewDate, reviewDates } from './review-dates.js';

const RECEIPTS = 100;
/** What no term may be longer than; the database holds to the same. */
const MOST_MONTHS = { transcript: 24, survey: 24, metadata: 12 } as const;

export class RetentionReviews {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  async show(manager: EntityManager, { tenantId }: Caller): Promise<RetentionShown> {
    const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
    const dates = await reviewDates(manager, customer);
    const names = await namesOf(manager, dates);
    const now = this.#context.clock();
    const months = retentionOf(customer);
    const receipts = await manager
      .getRepository(purgeReceiptEntity)
      .find({ order: { at: 'DESC' }, take: RECEIPTS });
    const terms = dates.map(
      ({ dataClass, dueAt, last }): RetentionTerm => ({
        ...{ dataClass, months: months[dataClass], most: MOST_MONTHS[dataClass] },
        ...{ reviewDue: dueAt.getTime(), overdue: dueAt.getTime() <= now },
        reviewed:
          last === undefined
            ? undefined
            : { at: last.reviewedAt.getTime(), by: names.get(last.reviewedBy) ?? '', months: last.months },
      }),
    );
    return { terms, receipts: receipts.map(receiptShown) };
  }

  /** The term that was looked at must be the one in force, and the next look a year away at most. */
  async review(
    manager: EntityManager,
    caller: Caller,
    { dataClass, months, nextOn }: RetentionReviewed,
  ): Promise<Reply<RetentionShown>> {
    const { tenantId, personId } = caller;
    const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
    if (retentionOf(customer)[dataClass] !== months) return refuse('conflict', 'months');
    const reviewedAt = new Date(this.#context.clock());
    const dueAt = new Date(`${nextOn}T00:00:00Z`);
    if (dueAt <= reviewedAt || dueAt > addMonths(reviewedAt, REVIEW_MONTHS))
      return refuse('invalid', 'nextOn');
    await manager.getRepository(retentionReviewEntity).insert({
      reviewId: randomUUID(),
      tenantId,
      dataClass,
      months,
      reviewedBy: personId,
      reviewedAt,
      dueAt,
    });
    const { audit } = this.#context;
    await audit.add(manager, {
      tenantId,
      actorId: personId,
      action: 'retention.reviewed',
      subject: dataClass,
    });
    return accept(await this.show(manager, caller));
  }
}

async function namesOf(
  manager: EntityManager,
  dates: readonly ReviewDate[],
): Promise<ReadonlyMap<string, string>> {
  const ids = dates.flatMap(({ last }) => (last === undefined ? [] : [last.reviewedBy]));
  const people = await manager.getRepository(personEntity).findBy({ personId: In(ids) });
  return new Map(people.map((each) => [each.personId, each.displayName ?? each.email]));
}

function receiptShown(row: PurgeReceiptRow): PurgeReceiptShown {
  return {
    dataClass: row.dataClass,
    at: row.at.getTime(),
    months: row.months,
    olderThan: row.olderThan.getTime(),
    rows: row.purgedRows,
    month: row.shelf?.slice(0, 7),
  };
}
