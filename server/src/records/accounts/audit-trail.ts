/** Who did what, by code and id. Kept with the transaction that did it, so neither is without the other. */

import { randomUUID } from 'node:crypto';
import type { AuditCheck, AuditListed, CaseActName } from '@alongside/protocol';
import type { EntityManager } from 'typeorm';
import { auditEntryEntity } from '../entities/audit-entry-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { coveredBy } from '../transfer/covered-values.js';
import type { DecisionDesk } from '../transfer/decision-desk.js';

export type AuditAction =
  | 'customer.created'
  | 'customer.edited'
  | `agreement.${'recorded' | 'confirmed' | 'confirmedOnMachine' | 'ended'}`
  | 'contract.added'
  | 'contract.approved'
  | 'contract.ended'
  | 'contract.verified'
  | 'register.proposed'
  | 'register.approved'
  | 'register.rejected'
  | 'lapse.packageRead'
  | 'lapse.repatriated'
  | 'lapse.erased'
  | 'recipient.added'
  | 'recipient.approved'
  | 'recipient.ended'
  | 'site.created'
  | 'site.edited'
  | 'site.textShown'
  | 'site.delivered'
  | 'site.keptHere'
  | 'site.previewed'
  | 'site.textMasked'
  | 'document.added'
  | 'document.edited'
  | 'document.removed'
  | 'notice.published'
  | 'survey.published'
  | 'person.invited'
  | 'person.enrolled'
  | 'person.pledged'
  | 'person.edited'
  | 'person.employerConfirmed'
  | 'person.disabled'
  | `person.${'eraseAsked' | 'eraseCalledOff' | 'erased'}`
  | 'person.linkRenewed'
  | 'person.linkMadeOnMachine'
  | 'person.passwordChanged'
  | 'session.started'
  | 'session.ended'
  | 'session.reuseFound'
  | `record.${'read' | 'followed' | 'listed'}`
  | `case.${CaseActName | 'read'}`
  | 'record.missed'
  | 'case.packMade'
  | 'case.recorded'
  | 'hold.placed'
  | 'hold.lifted'
  | 'restriction.lifted'
  | 'retention.reviewed'
  | `expert.${'invited' | 'refused' | 'joined' | 'turnedAway' | 'revoked'}`
  | `emergency.${'opened' | 'listed' | 'seen' | 'ended'}`
  | `disclosure.${'received' | 'approved' | 'refused' | 'begun' | 'disclosed' | 'told'}`
  | 'customer.deactivated'
  | 'customer.eraseAsked'
  | 'customer.restored';

export interface AuditFact {
  readonly tenantId: string;
  readonly actorId: string;
  readonly action: AuditAction;
  /** An id of ours. */
  readonly subject: string;
}

const PAGE = 100;
const LAST_NUMBER = 2 ** 31 - 1;

export class AuditTrail {
  readonly #decisions: DecisionDesk;
  readonly #storageCountry: string;

  constructor({ decisions, storageCountry }: { decisions: DecisionDesk; storageCountry: string }) {
    this.#decisions = decisions;
    this.#storageCountry = storageCountry;
  }

  async add(manager: EntityManager, { tenantId, actorId, action, subject }: AuditFact): Promise<void> {
    const { country } = await manager.getRepository(personEntity).findOneByOrFail({ personId: actorId });
    const decided = await this.#decisions.decide(manager, {
      tenantId,
      dataClass: 'metadata',
      access: 'store',
      direct: true,
      origin: { country: country ?? undefined, evidence: country === null ? 'unknown' : 'personSetting' },
      toCountry: this.#storageCountry,
    });
    if (!decided.ok) throw new Error(`the store of this installation refuses: ${decided.refusal.detail}`);
    await manager.getRepository(auditEntryEntity).insert({
      auditId: randomUUID(),
      actorId,
      action,
      subject,
      ...coveredBy(decided.value, 'accountability'),
    });
  }

  /** Whether each entry is as it was written, follows the one before, and none between them is missing. */
  async check(manager: EntityManager): Promise<AuditCheck> {
    const [found] = await manager.query<{ entries: number; faults: number }[]>(brokenLinks);
    const entries = found?.entries ?? 0;
    return { entries, holds: entries > 0 && found?.faults === 0 };
  }

  /** Newest first; the numbers of a chain have no two alike, which the moments of its entries may. */
  async list(manager: EntityManager, before = LAST_NUMBER): Promise<readonly AuditListed[]> {
    const entries = await manager
      .getRepository(auditEntryEntity)
      .createQueryBuilder('entry')
      .where('entry.number < :before', { before })
      .orderBy('entry.number', 'DESC')
      .limit(PAGE)
      .getMany();
    const people = await manager.getRepository(personEntity).find();
    const names = new Map(people.map((each) => [each.personId, each.displayName ?? each.email]));
    return entries.map(({ number, at, actorId, action, subject }) => ({
      number,
      at: at.getTime(),
      actor: names.get(actorId) ?? actorId,
      action,
      subject,
    }));
  }
}

const names = 'tenant_id,audit_id,number,at,actor_id,action,subject,previous_hash';

/**
 * The oldest ones are purged in time: the first that is left names one before it that nobody has any more. That the
 * newest were taken away does not show before another one follows; the app role cannot take any away.
 */
const brokenLinks = `SELECT count(*)::int AS entries, (count(*) FILTER (WHERE hash <> is_hash
    OR (before IS NOT NULL AND (previous_hash <> before OR number <> place))))::int AS faults
  FROM (SELECT number, hash, previous_hash, chain_hash(to_jsonb(a), '{${names}}') AS is_hash,
      lag(hash) OVER (ORDER BY number) AS before, lag(number) OVER (ORDER BY number) + 1 AS place
    FROM audit_entry a) AS links`;
