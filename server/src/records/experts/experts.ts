/** Experts: invited by who leads a call, let into it once by their link, and into nothing else. */

import { randomUUID } from 'node:crypto';
import type { Revocation } from '@alongside/engagement';
import {
  type AgentId,
  accept,
  type Done,
  type EngagementId,
  type ExpertInvite,
  type ExpertInvited,
  type ExpertJoined,
  type ExpertLinkEnd,
  type ExpertLooked,
  type ExpertsShown,
  limits,
  type Reply,
  refuse,
  type TenantId,
} from '@alongside/protocol';
import { isCountryCode } from '@alongside/transfer';
import { type EntityManager, IsNull } from 'typeorm';
import type { AuditAction } from '../accounts/audit-trail.js';
import type { Caller } from '../accounts/caller.js';
import { hashSecret, makeSecret } from '../crypto/secrets.js';
import { lockEngagement } from '../engagements/lock-engagement.js';
import { originOf } from '../engagements/visitor-engagements.js';
import { callEntity } from '../entities/call-entity.js';
import { type CallExpertRow, callExpertEntity } from '../entities/call-expert-entity.js';
import { callPresenceEntity } from '../entities/call-presence-entity.js';
import { customerEntity } from '../entities/customer-entity.js';
import { type EngagementRow, engagementEntity } from '../entities/engagement-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { type SiteRow, siteEntity } from '../entities/site-entity.js';
import type { TransferDecisionRow } from '../entities/transfer-decision-entity.js';
import { carriedBy } from '../journal/let-in.js';
import { renewDecisions } from '../journal/renew-decisions.js';
import type { RecordsContext } from '../records-context.js';
import type { EngagementHomes } from '../tickets/engagement-homes.js';
import type { Tickets } from '../tickets/tickets.js';
import { basisShown } from '../transfer/decision-desk.js';
import { receiverOf } from '../transfer/flow.js';
import { approvedName, knownOrganisations } from './known-organisations.js';

interface Parts {
  readonly homes: EngagementHomes;
  readonly tickets: Tickets;
  readonly revoke: (revocation: Revocation) => void;
}

/** What a good link opens. */
interface Opened {
  readonly manager: EntityManager;
  readonly row: CallExpertRow;
  readonly engagement: EngagementRow;
  readonly site: SiteRow;
  readonly viewing: TransferDecisionRow;
}

export class Experts {
  readonly #context: RecordsContext;
  readonly #parts: Parts;

  constructor(context: RecordsContext, parts: Parts) {
    this.#context = context;
    this.#parts = parts;
  }

  async show(manager: EntityManager, caller: Caller, engagementId: string): Promise<Reply<ExpertsShown>> {
    const engagement = await manager.getRepository(engagementEntity).findOneBy({ engagementId });
    const callId = engagement && (await this.#callLedBy(manager, caller, engagement));
    if (engagement === null || !callId) return refuse('notFound');
    const site = await siteOf(manager, engagement);
    const rows = await this.#openLinks(manager, { engagementId, callId });
    const open = rows.map(({ expertId, displayName, organisation, expiresAt }) => ({
      ...{ expertId: expertId as AgentId, displayName, organisation, expiresAt: expiresAt.getTime() },
    }));
    return accept({
      mayInvite: site.experts,
      organisations: await knownOrganisations(manager, engagement.tenantId, this.#context.clock()),
      open,
    });
  }

  /** Whether what is said may be shown where they work is decided before there is a link. */
  async invite(
    manager: EntityManager,
    caller: Caller,
    { engagementId, invite }: { readonly engagementId: string; readonly invite: ExpertInvite },
  ): Promise<Reply<ExpertInvited>> {
    const locked = await lockEngagement(manager, engagementId);
    const callId = locked && (await this.#callLedBy(manager, caller, locked));
    if (locked === null || !callId) return refuse('notFound');
    if (locked.restrictedAt !== null) return refuse('wrongState');
    if (!(await siteOf(manager, locked)).experts) return refuse('notPermitted', 'experts');
    if (!isCountryCode(invite.country)) return refuse('invalid', 'country');
    // Whoever else receives something is for two officers to decide, not for who leads a call.
    const { tenantId } = locked;
    const organisation = await approvedName(manager, tenantId, invite.organisation, this.#context.clock());
    if (organisation === undefined) return refuse('notPermitted', 'expertOrganisation');
    const { experts, places } = await this.#taken(manager, callId);
    if (experts >= limits.callExperts) return refuse('conflict', 'experts');
    if (places >= limits.callPresent) return refuse('conflict', 'callFull');
    const viewing = await this.#decide(manager, locked, invite);
    if (!viewing.ok) {
      await this.#audit(manager, caller, { action: 'expert.refused', subject: engagementId });
      return viewing;
    }
    const covering = await renewDecisions(this.#context, manager, locked);
    if (!covering.ok) return covering;
    const [expertId, secret, now] = [randomUUID(), makeSecret(), this.#context.clock()];
    const expiresAt = now + limits.expertLinkMs;
    await manager.getRepository(callExpertEntity).insert({
      ...{ expertId, engagementId, callId, invitedBy: caller.personId, ...invite, organisation },
      ...{ viewingDecisionId: viewing.value.decisionId, secretHash: hashSecret(secret) },
      ...{ invitedAt: new Date(now), expiresAt: new Date(expiresAt) },
      ...{ usedAt: null, revokedAt: null, refusedAt: null },
      ...carriedBy(covering.value),
    });
    await this.#audit(manager, caller, { action: 'expert.invited', subject: expertId });
    // Behind the number sign, which no request carries.
    const link = `${this.#context.consoleOrigin}/expert#${secret}`;
    return accept({ expertId: expertId as AgentId, link, expiresAt });
  }

  /** The link is good no more, and who came by it leaves. */
  async revoke(
    manager: EntityManager,
    caller: Caller,
    { engagementId, expertId }: { readonly engagementId: string; readonly expertId: string },
  ): Promise<Reply<Done>> {
    const engagement = await lockEngagement(manager, engagementId);
    if (engagement?.agentId !== caller.personId) return refuse('notFound');
    const experts = manager.getRepository(callExpertEntity);
    const row = await experts.findOneBy({ engagementId, expertId });
    if (row === null) return refuse('notFound');
    if (row.revokedAt !== null) return accept({});
    await experts.update({ expertId }, { revokedAt: new Date(this.#context.clock()) });
    await this.#audit(manager, caller, { action: 'expert.revoked', subject: expertId });
    const revoked = { engagementId: engagementId as EngagementId, expertId: expertId as AgentId };
    this.#context.database.afterCommit(manager, () =>
      this.#parts.revoke({ type: 'expertRevoked', ...revoked }),
    );
    return accept({});
  }

  /** What the expert reads before they decide; nothing is spent by it. */
  look(secret: string): Promise<Reply<ExpertLooked>> {
    return this.#open(secret, async ({ manager, row, site, viewing }) => {
      const engagementId = row.engagementId as EngagementId;
      const { tenantId, invitedBy, displayName, organisation, country, expiresAt } = row;
      const inviter = await manager.getRepository(personEntity).findOneByOrFail({ personId: invitedBy });
      const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
      return accept({
        engagementId,
        invitedBy: inviter.displayName ?? '',
        customerName: customer.legalName ?? customer.name,
        siteName: site.name,
        ...{ displayName, organisation, country },
        storageCountry: this.#context.storageCountry,
        months: customer.metadataMonths,
        basis: basisShown(viewing),
        expiresAt: expiresAt.getTime(),
      });
    });
  }

  /** Answered again until they are in the call: the answer, or the connection that it was for, may have been lost. */
  join(secret: string): Promise<Reply<ExpertJoined>> {
    return this.#open(secret, async ({ manager, row, engagement, viewing }) => {
      const { present } = await this.#taken(manager, row.callId);
      if (present >= limits.callPresent) return refuse('conflict', 'callFull');
      const { tenantId, engagementId, callId, displayName, organisation } = row;
      const expertId = row.expertId as AgentId;
      const home = await this.#parts.homes.settle(manager, engagement);
      const place = { tenantId: tenantId as TenantId, origin: this.#context.consoleOrigin };
      const invited = { engagementId: engagementId as EngagementId, callId, expertId };
      const issued = this.#parts.tickets.issue(
        { role: 'expert', sub: expertId, ...place, ...invited, displayName, organisation },
        home,
      );
      if (!issued.ok) return issued;
      await manager
        .getRepository(callExpertEntity)
        .update(
          { expertId },
          { usedAt: new Date(this.#context.clock()), viewingDecisionId: viewing.decisionId },
        );
      if (row.usedAt === null) await this.#auditLink(manager, row, 'expert.joined');
      return accept(issued.value);
    });
  }

  /** Locks the engagement first, as the journal does. Both uses ask again whether it may be. */
  async #open<T>(secret: string, work: (opened: Opened) => Promise<Reply<T>>): Promise<Reply<T>> {
    const { database } = this.#context;
    const secretHash = hashSecret(secret);
    const [found] = await database.lookUp<{ tenant_id: string }>('tenant_of_expert', secretHash);
    if (found === undefined) return refuse('notFound');
    return database.inTenant(found.tenant_id, async (manager) => {
      const experts = manager.getRepository(callExpertEntity);
      const known = await experts.findOneBy({ secretHash });
      const engagement = known && (await lockEngagement(manager, known.engagementId));
      const row = await experts.findOneBy({ secretHash });
      if (row === null || !engagement) return refuse('notFound');
      const site = await siteOf(manager, engagement);
      const end = await this.#endOf(manager, { row, engagement, site });
      const viewing =
        end === undefined ? await this.#decide(manager, engagement, row) : refuse('expired', end);
      if (viewing.ok) return work({ manager, row, engagement, site, viewing: viewing.value });
      await this.#turnAway(manager, row);
      return viewing;
    });
  }

  /** The first time says that somebody tries it; the others would let whoever has a link fill the log. */
  async #turnAway(manager: EntityManager, row: CallExpertRow): Promise<void> {
    if (row.refusedAt !== null) return;
    const refusedAt = new Date(this.#context.clock());
    await manager.getRepository(callExpertEntity).update({ expertId: row.expertId }, { refusedAt });
    await this.#auditLink(manager, row, 'expert.turnedAway');
  }

  async #endOf(
    manager: EntityManager,
    { row, engagement, site }: Pick<Opened, 'row' | 'engagement' | 'site'>,
  ): Promise<ExpertLinkEnd | undefined> {
    const { expertId, organisation, invitedBy: personId } = row;
    if (await manager.getRepository(callPresenceEntity).existsBy({ expertId })) return 'used';
    if (!site.experts) return 'switchedOff';
    if (row.revokedAt !== null) return 'revoked';
    if ((await this.#callOf(manager, engagement)) !== row.callId) return 'callEnded';
    const now = this.#context.clock();
    if (row.expiresAt.getTime() <= now) return 'tooLate';
    const isGood =
      (await manager.getRepository(personEntity).existsBy({ personId, disabled: false })) &&
      (await approvedName(manager, row.tenantId, organisation, now)) !== undefined;
    return isGood ? undefined : 'revoked';
  }

  #decide(
    manager: EntityManager,
    engagement: EngagementRow,
    { country, organisation }: Pick<ExpertInvite, 'country' | 'organisation'>,
  ): Promise<Reply<TransferDecisionRow>> {
    return this.#context.decisions.decide(manager, {
      ...{ tenantId: engagement.tenantId, dataClass: 'live', access: 'view' },
      ...{ origin: originOf(engagement), ...receiverOf({ country, employer: organisation }) },
    });
  }

  /** Of the call that this person leads now. */
  async #callLedBy(
    manager: EntityManager,
    { personId, siteIds }: Caller,
    engagement: EngagementRow,
  ): Promise<string | undefined> {
    const leads = engagement.agentId === personId && siteIds.includes(engagement.siteId);
    return leads ? this.#callOf(manager, engagement) : undefined;
  }

  async #callOf(
    manager: EntityManager,
    { engagementId, phase, endedAt }: EngagementRow,
  ): Promise<string | undefined> {
    if (phase !== 'active' || endedAt !== null) return undefined;
    const call = await manager.getRepository(callEntity).findOneBy({ engagementId, endedAt: IsNull() });
    return call?.callId;
  }

  #openLinks(
    manager: EntityManager,
    of: { readonly engagementId: string; readonly callId: string },
  ): Promise<readonly CallExpertRow[]> {
    return manager
      .getRepository(callExpertEntity)
      .createQueryBuilder('expert')
      .where({ ...of, revokedAt: IsNull() })
      .andWhere('NOT EXISTS (SELECT FROM call_presence p WHERE p.expert_id = expert.expert_id)')
      .andWhere('expert.expiresAt > :now', { now: new Date(this.#context.clock()) })
      .orderBy('expert.invitedAt', 'ASC')
      .getMany();
  }

  /** Who is in the call beside its lead, and who may come: by a link that is open, or with a ticket on their way. */
  async #taken(manager: EntityManager, callId: string) {
    const now = this.#context.clock();
    const [counted] = await manager.query<{ present: number; experts: number; coming: number }[]>(taken, [
      ...[callId, new Date(now), new Date(now - limits.ticketMs)],
    ]);
    const { present = 0, experts = 0, coming = 0 } = counted ?? {};
    return { present, experts: experts + coming, places: present + coming };
  }

  /** Nobody is signed in: it stands under the name of who answers for it. */
  #auditLink(
    manager: EntityManager,
    { tenantId, invitedBy: personId, expertId: subject }: CallExpertRow,
    action: AuditAction,
  ): Promise<void> {
    return this.#audit(manager, { tenantId, personId }, { action, subject });
  }

  #audit(
    manager: EntityManager,
    { tenantId, personId }: Pick<Caller, 'tenantId' | 'personId'>,
    { action, subject }: { action: AuditAction; subject: string },
  ): Promise<void> {
    return this.#context.audit.add(manager, { tenantId, actorId: personId, action, subject });
  }
}

const taken = `SELECT count(p.call_id)::int AS present, count(p.expert_id)::int AS experts,
    (SELECT count(*)::int FROM call_expert x WHERE x.call_id = $1 AND x.revoked_at IS NULL
      AND (x.expires_at > $2 OR x.used_at > $3)
      AND NOT EXISTS (SELECT FROM call_presence c WHERE c.expert_id = x.expert_id)) AS coming
  FROM call_presence p WHERE p.call_id = $1 AND p.left_at IS NULL`;

function siteOf(manager: EntityManager, { siteId }: EngagementRow): Promise<SiteRow> {
  return manager.getRepository(siteEntity).findOneByOrFail({ siteId });
}
