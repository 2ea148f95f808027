/** How a case begins: from a visitor's receipt, or handed on for somebody who kept none. */

import { randomUUID } from 'node:crypto';
import {
  accept,
  type CaseOpened,
  type CaseReferral,
  type CaseStart,
  type EngagementId,
  type Reply,
  refuse,
} from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { hashSecret, makeSecret } from '../../crypto/secrets.js';
import type { PageAsks, VisitorAccess, VisitorOfEngagement } from '../../engagements/visitor-access.js';
import { originOf } from '../../engagements/visitor-engagements.js';
import { engagementEntity } from '../../entities/engagement-entity.js';
import { type RightsCaseRow, rightsCaseEntity } from '../../entities/rights-case-entity.js';
import { siteEntity } from '../../entities/site-entity.js';
import type { RecordsContext } from '../../records-context.js';
import { type Origin, originOfSite } from '../../transfer/flow.js';
import { addHappening } from './case-rows.js';
import { caseSeen } from './case-seen.js';
import { coverCase } from './cover-case.js';

export interface CaseIntakeDeps {
  readonly context: RecordsContext;
  readonly access: VisitorAccess;
  /** To `live`, once it is committed. */
  readonly endEngagement: (engagementId: EngagementId) => void;
}

type NewCase = Pick<RightsCaseRow, 'engagementId' | 'cameBy' | 'identity'> & {
  readonly tenantId: string;
  readonly origin: Origin;
};

/** While somebody disputes what is held, or is said to be a child, it is stored and nothing more. */
const restrictsAtOnce: readonly CaseStart['kind'][] = ['rectification', 'restriction', 'minor'];

export class CaseIntake {
  readonly #deps: CaseIntakeDeps;

  constructor(deps: CaseIntakeDeps) {
    this.#deps = deps;
  }

  /** Who holds the return secret is who wrote: nothing more is asked of them. */
  open(asks: PageAsks, start: CaseStart): Promise<Reply<CaseOpened>> {
    return this.#deps.access.toEngagement(asks, async (visitor) => {
      const { manager, engagement } = visitor;
      const { engagementId, tenantId } = engagement;
      const origin = originOf(engagement);
      const facts = { engagementId, cameBy: 'receipt', identity: 'returnSecret', tenantId, origin } as const;
      const opened = await this.#insert(manager, start, facts);
      if (opened.ok && restrictsAtOnce.includes(start.kind))
        await this.#restrict(visitor, opened.value, start);
      return opened;
    });
  }

  /** Handed to the customer in the same moment, who decides; a site that is not known is no hint of others. */
  async refer(origin: string | undefined, referral: CaseReferral): Promise<Reply<CaseOpened>> {
    const { siteKey, engagementId: named, ...start } = referral;
    const { database, consoleOrigin } = this.#deps.context;
    const [found] = await database.lookUp<{ tenant_id: string; site_id: string }>('site_of_key', siteKey);
    if (found === undefined) return refuse('notFound', 'siteKey');
    const { tenant_id: tenantId, site_id: siteId } = found;
    return database.inTenant(tenantId, async (manager) => {
      const site = await manager.getRepository(siteEntity).findOneByOrFail({ siteId });
      const isListed = origin !== undefined && [...site.origins, consoleOrigin].includes(origin);
      if (!isListed) return refuse('originNotAllowed');
      const engagement =
        named === undefined
          ? null
          : await manager.getRepository(engagementEntity).findOneBy({ engagementId: named, siteId });
      const from = engagement === null ? originOfSite(site.visitorCountries) : originOf(engagement);
      // Whether the number was right is told to nobody who may only have guessed it.
      const engagementId = engagement?.engagementId ?? null;
      return this.#insert(manager, start, {
        engagementId,
        cameBy: 'referral',
        identity: null,
        tenantId,
        origin: from,
      });
    });
  }

  async #insert(
    manager: EntityManager,
    { kind, details, contact, objectsTo }: CaseStart,
    { tenantId, origin, cameBy, ...facts }: NewCase,
  ): Promise<Reply<CaseOpened>> {
    if ((kind === 'objection') !== (objectsTo !== undefined)) return refuse('invalid', 'objectsTo');
    if (kind === 'rectification' && details === undefined) return refuse('invalid', 'details');
    const covered = await coverCase(this.#deps.context, manager, { tenantId, origin });
    if (!covered.ok) return covered;
    const caseId = randomUUID();
    const caseKey = makeSecret();
    const at = this.#deps.context.clock();
    const receivedAt = new Date(at);
    const isReferred = cameBy === 'referral';
    const cases = manager.getRepository(rightsCaseEntity);
    await cases.insert({
      caseId,
      kind,
      state: isReferred ? 'referred' : 'received',
      cameBy,
      contact: contact ?? null,
      details: details ?? null,
      objectsTo: objectsTo ?? null,
      keyHash: hashSecret(caseKey),
      receivedAt,
      referredAt: isReferred ? receivedAt : null,
      ...facts,
      ...covered.value,
    });
    await addHappening(manager, { caseId, at, actor: 'person', happening: 'received' }, covered.value);
    if (isReferred) {
      await addHappening(manager, { caseId, at, actor: 'system', happening: 'referred' }, covered.value);
    }
    const row = await cases.findOneByOrFail({ caseId });
    return accept({ caseId, caseKey, seen: await caseSeen(manager, row, at) });
  }

  async #restrict(
    { manager, engagement }: VisitorOfEngagement,
    { caseId }: CaseOpened,
    { kind }: CaseStart,
  ): Promise<void> {
    const { engagementId, tenantId } = engagement;
    const { context, endEngagement } = this.#deps;
    const at = context.clock();
    const restrictedAt = new Date(at);
    const end =
      kind === 'minor' && engagement.endedAt === null
        ? ({
            phase: 'closed',
            closedAt: restrictedAt,
            endedAt: restrictedAt,
            endedBy: 'visitor',
            endReason: 'visitorEnded',
          } as const)
        : {};
    await manager
      .getRepository(engagementEntity)
      .update({ engagementId }, { restrictedAt, ...end, version: engagement.version + 1 });
    const covered = await coverCase(context, manager, { tenantId, origin: originOf(engagement) });
    if (covered.ok)
      await addHappening(manager, { caseId, at, actor: 'system', happening: 'restricted' }, covered.value);
    if ('phase' in end)
      context.database.afterCommit(manager, () => endEngagement(engagementId as EngagementId));
  }
}
