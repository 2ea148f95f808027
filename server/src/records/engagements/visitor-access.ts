/** Who a visitor's page is: a listed origin of a site, and for an engagement the bearer of its return secret. */

import { timingSafeEqual } from 'node:crypto';
import {
  accept,
  EngagementId,
  type NoticeArchived,
  type Reply,
  refuse,
  Secret256,
} from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import * as v from 'valibot';
import { isResting } from '../accounts/account-states.js';
import { hashSecret } from '../crypto/secrets.js';
import type { EngagementRow } from '../entities/engagement-entity.js';
import { type SiteRow, siteEntity } from '../entities/site-entity.js';
import type { RecordsContext } from '../records-context.js';
import { archivedNotices } from '../sites/notices.js';
import { lockEngagement } from './lock-engagement.js';

export interface PageAsks {
  readonly origin: string | undefined;
  /** The header `authorization: Alongside <engagementId>.<secret>`. */
  readonly authorization: string | undefined;
}

export interface VisitorOfEngagement {
  readonly manager: EntityManager;
  readonly engagement: EngagementRow;
  readonly site: SiteRow;
  readonly origin: string;
}

const Credentials = v.object({ engagementId: EngagementId, secret: Secret256 });

export class VisitorAccess {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  /** For a page that has no engagement yet. */
  async toSite<T>(
    siteKey: string,
    origin: string | undefined,
    work: (manager: EntityManager, site: SiteRow) => Promise<Reply<T>>,
  ): Promise<Reply<T>> {
    const { database } = this.#context;
    const [found] = await database.lookUp<{ tenant_id: string; site_id: string }>('site_of_key', siteKey);
    if (found === undefined) return refuse('notFound');
    return database.inTenant(found.tenant_id, async (manager) => {
      const site = await manager.getRepository(siteEntity).findOneByOrFail({ siteId: found.site_id });
      if (origin === undefined || !site.origins.includes(origin)) return refuse('originNotAllowed');
      // Nobody helps while the customer's account rests; rights over what is held go on.
      if (await isResting(manager, found.tenant_id)) return refuse('notFound');
      return work(manager, site);
    });
  }

  /** Whoever knows the site's public key; a notice is for everybody to read, from wherever they are. */
  async archive(siteKey: string): Promise<Reply<readonly NoticeArchived[]>> {
    const { database } = this.#context;
    const [found] = await database.lookUp<{ tenant_id: string; site_id: string }>('site_of_key', siteKey);
    if (found === undefined) return refuse('notFound');
    const { tenant_id: tenantId, site_id: siteId } = found;
    return database.inTenant(tenantId, async (manager) => accept(await archivedNotices(manager, siteId)));
  }

  /** The engagement's row is locked, so that what is read of it holds until the work is committed. */
  async toEngagement<T>(
    { origin, authorization }: PageAsks,
    work: (visitor: VisitorOfEngagement) => Promise<Reply<T>>,
  ): Promise<Reply<T>> {
    const credentials = readCredentials(authorization);
    if (credentials === undefined) return refuse('notAdmitted');
    const { engagementId, secret } = credentials;
    const { database } = this.#context;
    const [found] = await database.lookUp<{ tenant_id: string }>('tenants_of_engagements', [engagementId]);
    if (found === undefined) return refuse('notAdmitted');
    return database.inTenant(found.tenant_id, async (manager) => {
      const engagement = await lockEngagement(manager, engagementId);
      if (engagement === null || !this.#holds(engagement, secret)) return refuse('notAdmitted');
      const site = await manager.getRepository(siteEntity).findOneByOrFail({ siteId: engagement.siteId });
      if (origin === undefined || !site.origins.includes(origin)) return refuse('originNotAllowed');
      return work({ manager, engagement, site, origin });
    });
  }

  #holds(engagement: EngagementRow, secret: string): boolean {
    const given = Buffer.from(hashSecret(secret));
    const kept = Buffer.from(engagement.returnHash);
    const isSame = given.length === kept.length && timingSafeEqual(given, kept);
    return isSame && engagement.returnUntil.getTime() > this.#context.clock();
  }
}

function readCredentials(authorization: string | undefined) {
  const [, engagementId, secret] = /^Alongside ([^.\s]+)\.(\S+)$/.exec(authorization ?? '') ?? [];
  const parsed = v.safeParse(Credentials, { engagementId, secret });
  return parsed.success ? parsed.output : undefined;
}
