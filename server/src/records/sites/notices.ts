/** The notice of a site: each text is a version of its own, and what was shown once stays as it was. */

import {
  accept,
  type Language,
  NOTICE_ANNOUNCED_DAYS,
  type NoticeArchived,
  type NoticeVersionShown,
  type Reply,
  refuse,
} from '@alongside/protocol';
import { type EntityManager, LessThanOrEqual, MoreThan } from 'typeorm';
import type { Caller } from '../accounts/caller.js';
import { type NoticeRow, noticeEntity } from '../entities/notice-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { siteEntity } from '../entities/site-entity.js';
import type { RecordsContext } from '../records-context.js';
import { lockSite } from './lock-site.js';

type Body = Partial<Record<Language, string>>;

export class Notices {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  /** Newest first. */
  async list(manager: EntityManager, siteId: string): Promise<Reply<readonly NoticeVersionShown[]>> {
    if (!(await manager.getRepository(siteEntity).existsBy({ siteId }))) return refuse('notFound');
    const rows = await manager
      .getRepository(noticeEntity)
      .find({ where: { siteId }, order: { version: 'DESC' } });
    const people = await manager.getRepository(personEntity).find();
    const names = new Map(people.map((each) => [each.personId, each.displayName ?? each.email]));
    return accept(rows.map((row) => shown(row, names.get(row.authorId) ?? row.authorId)));
  }

  async publish(
    manager: EntityManager,
    caller: Caller,
    { siteId, body, effectiveOn }: { siteId: string; body: Body; effectiveOn?: string | undefined },
  ): Promise<Reply<NoticeVersionShown>> {
    const site = await lockSite(manager, siteId);
    if (site === null) return refuse('notFound');
    const wrong = wrongLanguage(body, site.languages as Language[]);
    if (wrong !== undefined) return refuse('invalid', `body.${wrong}`);
    const { tenantId, personId } = caller;
    const notices = manager.getRepository(noticeEntity);
    const version = ((await notices.maximum('version', { siteId })) ?? 0) + 1;
    const now = this.#context.clock();
    const effective = effectiveAt({ version, now, effectiveOn });
    if (effective === undefined) return refuse('invalid', 'effectiveOn');
    const dates = { publishedAt: new Date(now), effectiveAt: new Date(effective) };
    await notices.insert({ siteId, version, tenantId, body, authorId: personId, ...dates });
    await this.#context.audit.add(manager, {
      tenantId,
      actorId: personId,
      action: 'notice.published',
      subject: siteId,
    });
    return accept(shown(await notices.findOneByOrFail({ siteId, version }), caller.displayName));
  }
}

/** The latest one that applies by now. */
export function currentNotice(
  manager: EntityManager,
  siteId: string,
  now: number,
): Promise<NoticeRow | null> {
  const where = { siteId, effectiveAt: LessThanOrEqual(new Date(now)) };
  return manager.getRepository(noticeEntity).findOne({ where, order: { version: 'DESC' } });
}

/** The next one that is announced, if any. */
export function announcedNotice(
  manager: EntityManager,
  siteId: string,
  now: number,
): Promise<NoticeRow | null> {
  const where = { siteId, effectiveAt: MoreThan(new Date(now)) };
  return manager.getRepository(noticeEntity).findOne({ where, order: { effectiveAt: 'ASC' } });
}

/** For everybody: what was shown once can be read again, and what is announced can be read before. */
export async function archivedNotices(
  manager: EntityManager,
  siteId: string,
): Promise<readonly NoticeArchived[]> {
  const rows = await manager
    .getRepository(noticeEntity)
    .find({ where: { siteId }, order: { version: 'DESC' } });
  return rows.map(({ version, body, publishedAt, effectiveAt: from }) => ({
    ...{ version, body },
    ...{ publishedAt: publishedAt.getTime(), effectiveAt: from.getTime() },
  }));
}

/** Nobody was told anything before the first one; every other one takes its time. */
function effectiveAt({
  version,
  now,
  effectiveOn,
}: {
  readonly version: number;
  readonly now: number;
  readonly effectiveOn: string | undefined;
}): number | undefined {
  const earliest = version === 1 ? now : now + NOTICE_ANNOUNCED_DAYS * 24 * 3_600_000;
  if (effectiveOn === undefined) return earliest;
  const wanted = Date.parse(effectiveOn);
  return wanted < earliest ? undefined : wanted;
}

/** A text is wanted in each language of the site, and none may hold a place that nobody filled in. */
function wrongLanguage(body: Body, languages: readonly Language[]): string | undefined {
  return languages.find((language) => {
    const text = body[language];
    return text === undefined || /\[[^\]]*\]|\{\{/.test(text);
  });
}

function shown(row: NoticeRow, author: string): NoticeVersionShown {
  const { version, body, publishedAt, effectiveAt: from } = row;
  return { version, body, publishedAt: publishedAt.getTime(), effectiveAt: from.getTime(), author };
}
