/** The notice of a site: each text is a version of its own, and what was shown once stays as it was. */

import { accept, type Language, type NoticeVersionShown, type Reply, refuse } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
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
    { siteId, body }: { siteId: string; body: Body },
  ): Promise<Reply<NoticeVersionShown>> {
    const site = await lockSite(manager, siteId);
    if (site === null) return refuse('notFound');
    const wrong = wrongLanguage(body, site.languages as Language[]);
    if (wrong !== undefined) return refuse('invalid', `body.${wrong}`);
    const { tenantId, personId } = caller;
    const notices = manager.getRepository(noticeEntity);
    const version = ((await notices.maximum('version', { siteId })) ?? 0) + 1;
    await notices.insert({ siteId, version, tenantId, body, authorId: personId });
    await this.#context.audit.add(manager, {
      tenantId,
      actorId: personId,
      action: 'notice.published',
      subject: siteId,
    });
    return accept(shown(await notices.findOneByOrFail({ siteId, version }), caller.displayName));
  }
}

export function currentNotice(manager: EntityManager, siteId: string): Promise<NoticeRow | null> {
  return manager.getRepository(noticeEntity).findOne({ where: { siteId }, order: { version: 'DESC' } });
}

/** A text is wanted in each language of the site, and none may hold a place that nobody filled in. */
function wrongLanguage(body: Body, languages: readonly Language[]): string | undefined {
  return languages.find((language) => {
    const text = body[language];
    return text === undefined || /\[[^\]]*\]|\{\{/.test(text);
  });
}

function shown(row: NoticeRow, author: string): NoticeVersionShown {
  return { version: row.version, body: row.body, publishedAt: row.publishedAt.getTime(), author };
}
