/** How a case begins: from a visitor's receipt, handed on for somebody who kept none, or by letter to the customer. */

import { randomUUID } from 'node:crypto';
import {
  accept,
  type CaseOpened,
  type CaseRecord,
  type CaseRecorded,
  type CaseReferral,
  type CaseStart,
  type Reply,
  refuse,
} from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../accounts/caller.js';
import { hashSecret, makeSecret } from '../../crypto/secrets.js';
import type { PageAsks, VisitorAccess } from '../../engagements/visitor-access.js';
import { originOf } from '../../engagements/visitor-engagements.js';
import { type EngagementRow, engagementEntity } from '../../entities/engagement-entity.js';
import { type RightsCaseRow, rightsCaseEntity } from '../../entities/rights-case-entity.js';
import { siteEntity } from '../../entities/site-entity.js';
import type { RecordsContext } from '../../records-context.js';
import { type Origin, originOfSite } from '../../transfer/flow.js';
import type { CaseEffects } from './case-effects.js';
import { addHappening } from './case-rows.js';
import { caseSeen } from './case-seen.js';
import { coverCase } from './cover-case.js';

export interface CaseIntakeDeps {
  readonly context: RecordsContext;
  readonly access: VisitorAccess;
  readonly effects: CaseEffects;
}

type NewCase = Pick<RightsCaseRow, 'cameBy' | 'identity'> & {
  /** What it is about, where that is known. */
  readonly engagement: EngagementRow | null;
  readonly tenantId: string;
  readonly origin: Origin;
  /** Where it came before it was written down, and by whom. */
  readonly came?: { readonly at: number; readonly actorId: string };
};

const DAY_MS = 24 * 3_600_000;
/** What came longer ago was due long since. */
const OLDEST_DAYS = 366;

export class CaseIntake {
  readonly #deps: CaseIntakeDeps;

  constructor(deps: CaseIntakeDeps) {
    this.#deps = deps;
  }

  /** Who holds the return secret is who wrote: nothing more is asked of them. */
  open(asks: PageAsks, start: CaseStart): Promise<Reply<CaseOpened>> {
    return this.#deps.access.toEngagement(asks, async ({ manager, engagement }) => {
      const { tenantId } = engagement;
      const origin = originOf(engagement);
      const facts = { engagement, cameBy: 'receipt', identity: 'returnSecret', tenantId, origin } as const;
      return this.#insert(manager, start, facts);
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
      const facts = { engagement, cameBy: 'referral', identity: null, tenantId, origin: from } as const;
      return this.#insert(manager, start, facts);
    });
  }

  /** Its time counts from the day that it came; who wrote it has shown nothing yet. */
  async record(
    manager: EntityManager,
    { tenantId, personId: actorId }: Caller,
    { siteId, receivedOn, engagementId: named, ...start }: CaseRecord,
  ): Promise<Reply<CaseRecorded>> {
    const { clock, audit } = this.#deps.context;
    const at = Date.parse(`${receivedOn}T00:00:00Z`);
    if (!(at <= clock() && at > clock() - OLDEST_DAYS * DAY_MS)) return refuse('invalid', 'receivedOn');
    const site = await manager.getRepository(siteEntity).findOneBy({ siteId });
    if (site === null) return refuse('invalid', 'siteId');
    const engagement =
      named === undefined
        ? null
        : await manager.getRepository(engagementEntity).findOneBy({ engagementId: named, siteId });
    if (named !== undefined && engagement === null) return refuse('invalid', 'engagementId');
    const opened = await this.#insert(manager, start, {
      engagement,
      ...{ cameBy: 'letter', identity: null, tenantId, came: { at, actorId } },
      origin: engagement === null ? originOfSite(site.visitorCountries) : originOf(engagement),
    });
    if (!opened.ok) return opened;
    const { caseId } = opened.value;
    await audit.add(manager, { tenantId, actorId, action: 'case.recorded', subject: caseId });
    return accept({ caseId });
  }

  async #insert(
    manager: EntityManager,
    { kind, details, contact, objectsTo, language }: CaseStart,
    { tenantId, origin, cameBy, came, engagement, identity }: NewCase,
  ): Promise<Reply<CaseOpened>> {
    if ((kind === 'objection') !== (objectsTo !== undefined)) return refuse('invalid', 'objectsTo');
    if (kind === 'rectification' && details === undefined) return refuse('invalid', 'details');
    const byOfficer = came !== undefined;
    const covered = await coverCase(this.#deps.context, manager, { tenantId, origin, byOfficer });
    if (!covered.ok) return covered;
    const caseId = randomUUID();
    const caseKey = makeSecret();
    const at = this.#deps.context.clock();
    const receivedAt = new Date(came?.at ?? at);
    const isReferred = cameBy === 'referral';
    const cases = manager.getRepository(rightsCaseEntity);
    await cases.insert({
      caseId,
      kind,
      state: isReferred ? 'referred' : 'received',
      cameBy,
      identity,
      engagementId: engagement?.engagementId ?? null,
      language: language ?? (engagement?.language === 'de' ? 'de' : 'en'),
      contact: contact ?? null,
      details: details ?? null,
      objectsTo: objectsTo ?? null,
      keyHash: hashSecret(caseKey),
      receivedAt,
      referredAt: isReferred ? new Date(at) : null,
      ...covered.value,
    });
    const by =
      came === undefined
        ? ({ actor: 'person' } as const)
        : ({ actor: 'officer', actorId: came.actorId } as const);
    await addHappening(manager, { caseId, at, ...by, happening: 'received' }, covered.value);
    if (isReferred) {
      await addHappening(manager, { caseId, at, actor: 'system', happening: 'referred' }, covered.value);
    }
    const row = await cases.findOneByOrFail({ caseId });
    const others = byOfficer ? 'officer' : 'system';
    await this.#deps.effects.restrictAtOnce({
      ...{ manager, row, covered: covered.value },
      by: cameBy === 'receipt' ? 'visitor' : others,
    });
    return accept({ caseId, caseKey, seen: await caseSeen(manager, row, at) });
  }
}
