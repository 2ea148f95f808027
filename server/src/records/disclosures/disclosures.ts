/** Demands of authorities: recorded, approved by two officers, handed out once or refused, and counted for a report. */

import { randomUUID } from 'node:crypto';
import {
  accept,
  type DisclosureCounted,
  type DisclosureCreate,
  type DisclosureShown,
  type EngagementId,
  type Reply,
  refuse,
} from '@alongside/protocol';
import { isCountryCode, regimeOfCountry } from '@alongside/transfer';
import { type EntityManager, In } from 'typeorm';
import type { AuditAction } from '../accounts/audit-trail.js';
import type { Caller } from '../accounts/caller.js';
import { wrongSecond } from '../accounts/four-eyes.js';
import { hashSecret, makeSecret } from '../crypto/secrets.js';
import { customerEntity } from '../entities/customer-entity.js';
import { type DisclosureRow, disclosureEntity } from '../entities/disclosure-entity.js';
import { disclosureHistoryEntity } from '../entities/disclosure-history-entity.js';
import { engagementEntity } from '../entities/engagement-entity.js';
import { personEntity } from '../entities/person-entity.js';
import type { RecordsContext } from '../records-context.js';
import { coverCase, originOfRow } from '../rights/cases/cover-case.js';
import type { ExportText } from '../rights/export-text.js';
import type { Exports } from '../rights/exports.js';
import { decideTakenOut } from '../transfer/shown-to-person.js';
import { coverDemand, isAboutVisitors } from './cover-demand.js';

/** Whoever has begun may begin again for so long: a connection that broke is no second disclosure. */
const AGAIN_MS = 24 * 3_600_000;

export class Disclosures {
  readonly #context: RecordsContext;
  readonly #exports: Pick<Exports, 'listOf'>;

  constructor(context: RecordsContext, exports: Pick<Exports, 'listOf'>) {
    this.#context = context;
    this.#exports = exports;
  }

  /** Newest first. */
  async list(manager: EntityManager, caller: Caller): Promise<readonly DisclosureShown[]> {
    const rows = await manager
      .getRepository(disclosureEntity)
      .find({ order: { receivedOn: 'DESC', disclosureId: 'ASC' } });
    const shown: DisclosureShown[] = [];
    for (const row of rows) shown.push(await this.#shown(manager, row, caller));
    return shown;
  }

  async add(
    manager: EntityManager,
    caller: Caller,
    created: DisclosureCreate,
  ): Promise<Reply<DisclosureShown>> {
    const { tenantId, personId } = caller;
    const wrong = await wrongField(manager, tenantId, created);
    if (wrong !== undefined) return refuse('invalid', wrong);
    const covered = await coverDemand(this.#context, manager, {
      caller,
      engagementIds: created.engagementIds,
    });
    if (!covered.ok) return covered;
    const disclosureId = randomUUID();
    const { groundReference, tellsOn, silenceReason, ...rest } = created;
    await manager.getRepository(disclosureEntity).insert({
      ...rest,
      disclosureId,
      groundReference: groundReference ?? null,
      tellsOn: tellsOn ?? null,
      silenceReason: silenceReason ?? null,
      recordedBy: personId,
      recordedAt: new Date(this.#context.clock()),
      ...covered.value,
    });
    return this.#done(manager, caller, { disclosureId, happening: 'received' });
  }

  /** Twice, by two people; whoever recorded it may be one of them. */
  async approve(
    manager: EntityManager,
    caller: Caller,
    disclosureId: string,
  ): Promise<Reply<DisclosureShown>> {
    const row = await lock(manager, disclosureId);
    if (row === null) return refuse('notFound');
    // What was begun and not finished takes two approvals anew; not while its receipt may still come.
    const isAnew = row.state === 'approved' && this.#isSpent(row);
    if (!isAnew && row.state !== 'received' && row.state !== 'approvedOnce') return refuse('wrongState');
    const first = isAnew ? null : row.firstApprover;
    const { personId } = caller;
    const wrong = await wrongSecond(manager, caller, {
      ...{ first, begunAt: row.recordedAt },
      now: this.#context.clock(),
    });
    if (wrong !== undefined) return wrong;
    if (row.ground !== 'ownLaw' && row.groundReference === null) return refuse('invalid', 'groundReference');
    const at = new Date(this.#context.clock());
    const approval =
      first === null
        ? ({
            state: 'approvedOnce',
            firstApprover: personId,
            firstApprovedAt: at,
            ...nothingSettled,
          } as const)
        : ({ state: 'approved', secondApprover: personId, secondApprovedAt: at } as const);
    await manager.getRepository(disclosureEntity).update({ disclosureId }, approval);
    return this.#done(manager, caller, { disclosureId, happening: 'approved' });
  }

  async refuse(
    manager: EntityManager,
    caller: Caller,
    { disclosureId, outcome }: { disclosureId: string; outcome: string },
  ): Promise<Reply<DisclosureShown>> {
    const row = await lock(manager, disclosureId);
    if (row === null) return refuse('notFound');
    if (row.closedAt !== null) return refuse('wrongState');
    const closed = { state: 'refused', outcome, closedAt: new Date(this.#context.clock()) } as const;
    await manager.getRepository(disclosureEntity).update({ disclosureId }, closed);
    return this.#done(manager, caller, { disclosureId, happening: 'refused', detail: outcome });
  }

  /**
   * What is held of what it names, after both approvals; whom it concerns is told, or a law forbids that. It is read as
   * it is taken, and counts as handed out once the receipt at its end has come back.
   */
  async package(manager: EntityManager, caller: Caller, disclosureId: string): Promise<Reply<ExportText>> {
    const row = await lock(manager, disclosureId);
    if (row === null) return refuse('notFound');
    if (row.state === 'received' || row.state === 'approvedOnce')
      return refuse('notPermitted', 'twoApprovers');
    if (row.state !== 'approved') return refuse('wrongState');
    if (row.begunAt !== null && !this.#mayBeginAgain(row, caller))
      return refuse('notPermitted', 'begunBefore');
    if (row.tellsOn === null && row.silenceReason === null) return refuse('invalid', 'tellsOn');
    const engagements = await manager
      .getRepository(engagementEntity)
      .findBy({ engagementId: In(row.engagementIds) });
    // It is handed to the officer, where they are: without a basis there nothing is, and the demand stays open.
    for (const engagement of engagements) {
      const taken = await decideTakenOut(this.#context, manager, { caller, engagement });
      if (!taken.ok) return taken;
    }
    const receipt = makeSecret();
    const begunAt = row.begunAt ?? new Date(this.#context.clock());
    const begun = { begunAt, begunBy: caller.personId, receiptHash: hashSecret(receipt) };
    await manager.getRepository(disclosureEntity).update({ disclosureId }, begun);
    const done = await this.#done(manager, caller, { disclosureId, happening: 'begun' });
    if (!done.ok) return done;
    const before = `{"disclosureId":${JSON.stringify(disclosureId)},"held":`;
    return accept(this.#exports.listOf(before, engagements, `,"receipt":${JSON.stringify(receipt)}}`));
  }

  /** By whoever has read the package to its end, where the receipt is. */
  async received(
    manager: EntityManager,
    caller: Caller,
    { disclosureId, receipt }: { disclosureId: string; receipt: string },
  ): Promise<Reply<DisclosureShown>> {
    const row = await lock(manager, disclosureId);
    if (row === null) return refuse('notFound');
    if (row.state !== 'approved' || row.begunBy !== caller.personId) return refuse('wrongState');
    if (row.receiptHash !== hashSecret(receipt)) return refuse('invalid', 'receipt');
    const closed = { state: 'disclosed', closedAt: new Date(this.#context.clock()) } as const;
    await manager.getRepository(disclosureEntity).update({ disclosureId }, closed);
    return this.#done(manager, caller, { disclosureId, happening: 'disclosed' });
  }

  /** Ends the alarm of it, which begins on the day that was named. */
  async told(manager: EntityManager, caller: Caller, disclosureId: string): Promise<Reply<DisclosureShown>> {
    const row = await lock(manager, disclosureId);
    if (row === null) return refuse('notFound');
    if (row.state !== 'disclosed' || row.tellsOn === null || row.toldAt !== null) return refuse('wrongState');
    const toldAt = new Date(this.#context.clock());
    await manager.getRepository(disclosureEntity).update({ disclosureId }, { toldAt });
    return this.#done(manager, caller, { disclosureId, happening: 'told' });
  }

  /** Names nobody: it can be published as it is. */
  async report(manager: EntityManager): Promise<readonly DisclosureCounted[]> {
    const rows = await manager.query<Record<keyof DisclosureCounted, string>[]>(counted);
    return rows.map(({ country, ...counts }) => ({
      country,
      year: Number(counts.year),
      demanded: Number(counts.demanded),
      begun: Number(counts.begun),
      disclosed: Number(counts.disclosed),
      refused: Number(counts.refused),
      engagements: Number(counts.engagements),
    }));
  }

  async purge(): Promise<void> {
    const { database, clock } = this.#context;
    await database.eachTenant((tenantId) =>
      database.inTenant(tenantId, (manager) =>
        manager.query('SELECT purge_disclosures($1)', [new Date(clock())]),
      ),
    );
  }

  #isSpent({ begunAt }: DisclosureRow): boolean {
    return begunAt !== null && this.#context.clock() - begunAt.getTime() >= AGAIN_MS;
  }

  #mayBeginAgain(row: DisclosureRow, { personId }: Caller): boolean {
    return row.begunBy === personId && !this.#isSpent(row);
  }

  #begun(row: DisclosureRow, caller: Caller): Pick<DisclosureShown, 'begun'> {
    if (row.state !== 'approved' || row.begunAt === null) return {};
    const again = this.#mayBeginAgain(row, caller);
    return { begun: { at: row.begunAt.getTime(), again, spent: this.#isSpent(row) } };
  }

  async #done(
    manager: EntityManager,
    caller: Caller,
    happened: { disclosureId: string; happening: Happening; detail?: string },
  ): Promise<Reply<DisclosureShown>> {
    const { tenantId, personId: actorId } = caller;
    const { disclosureId, happening, detail = null } = happened;
    const demands = manager.getRepository(disclosureEntity);
    const about = await demands.findOneByOrFail({ disclosureId });
    const writing = { tenantId, origin: originOfRow(about), byOfficer: isAboutVisitors(about) };
    const covered = await coverCase(this.#context, manager, writing);
    if (!covered.ok) return covered;
    const at = new Date(this.#context.clock());
    const line = { disclosureId, happening, detail, actorId, at, ...covered.value };
    await manager.getRepository(disclosureHistoryEntity).insert(line);
    const action: AuditAction = `disclosure.${happening}`;
    await this.#context.audit.add(manager, { tenantId, actorId, action, subject: disclosureId });
    return accept(await this.#shown(manager, about, caller));
  }

  async #shown(manager: EntityManager, row: DisclosureRow, caller: Caller): Promise<DisclosureShown> {
    const { personId } = caller;
    const people = await manager.getRepository(personEntity).find();
    const names = new Map(people.map((each) => [each.personId, each.displayName ?? each.email]));
    const approval = (by: string | null, at: Date | null) =>
      by === null || at === null ? [] : [{ by: names.get(by) ?? by, own: by === personId, at: at.getTime() }];
    const { disclosureId, authority, country, instrument, ground, scope, receivedOn, state } = row;
    return {
      ...{ disclosureId, authority, country, instrument, ground, scope, receivedOn, state },
      ...(row.groundReference === null ? {} : { groundReference: row.groundReference }),
      ...(row.tellsOn === null ? {} : { tellsOn: row.tellsOn }),
      ...(row.silenceReason === null ? {} : { silenceReason: row.silenceReason }),
      engagementIds: row.engagementIds as EngagementId[],
      approvals: [
        ...approval(row.firstApprover, row.firstApprovedAt),
        ...approval(row.secondApprover, row.secondApprovedAt),
      ],
      ...this.#begun(row, caller),
      ...(row.toldAt === null ? {} : { toldAt: row.toldAt.getTime() }),
      outcome: row.outcome ?? undefined,
      closedAt: row.closedAt?.getTime(),
      holds: await historyHolds(manager, disclosureId),
    };
  }
}

type Happening = 'received' | 'approved' | 'refused' | 'begun' | 'disclosed' | 'told';

const nothingSettled = {
  ...{ secondApprover: null, secondApprovedAt: null },
  ...{ begunAt: null, begunBy: null, receiptHash: null },
};

function lock(manager: EntityManager, disclosureId: string): Promise<DisclosureRow | null> {
  return manager
    .getRepository(disclosureEntity)
    .createQueryBuilder('disclosure')
    .setLock('pessimistic_write')
    .where({ disclosureId })
    .getOne();
}

/** An order from elsewhere is no ground by itself (Art. 48): another law's own orders are not the customer's law. */
async function wrongField(
  manager: EntityManager,
  tenantId: string,
  { country, ground, engagementIds, receivedOn }: DisclosureCreate,
): Promise<string | undefined> {
  if (!isCountryCode(country)) return 'country';
  if (Number.isNaN(Date.parse(receivedOn))) return 'receivedOn';
  const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
  const home = customer.country ?? '';
  const regime = isCountryCode(home) ? regimeOfCountry(home) : undefined;
  const isOwn = country === home || (regime === 'EU' && regimeOfCountry(country) === 'EU');
  if (ground === 'ownLaw' && !isOwn) return 'ground';
  const found = await manager.getRepository(engagementEntity).countBy({ engagementId: In(engagementIds) });
  return found === new Set(engagementIds).size ? undefined : 'engagementIds';
}

async function historyHolds(manager: EntityManager, disclosureId: string): Promise<boolean> {
  const [found] = await manager.query<{ faults: string; entries: string }[]>(brokenLinks, [disclosureId]);
  return Number(found?.faults) === 0 && Number(found?.entries) > 0;
}

const names = 'tenant_id,disclosure_id,number,at,actor_id,happening,detail,previous_hash';

const brokenLinks = `SELECT count(*) AS entries, count(*) FILTER (WHERE hash <> is_hash OR previous_hash <> before
    OR number <> place) AS faults
  FROM (SELECT number, hash, previous_hash, chain_hash(to_jsonb(h), '{${names}}') AS is_hash,
      coalesce(lag(hash) OVER (ORDER BY number), '') AS before, row_number() OVER (ORDER BY number) AS place
    FROM disclosure_history h WHERE disclosure_id = $1) AS links`;

const counted = `SELECT extract(year FROM received_on) AS year, country, count(*) AS demanded,
    count(*) FILTER (WHERE state <> 'disclosed' AND EXISTS (SELECT FROM disclosure_history h
      WHERE h.disclosure_id = d.disclosure_id AND h.happening = 'begun')) AS begun,
    count(*) FILTER (WHERE state = 'disclosed') AS disclosed, count(*) FILTER (WHERE state = 'refused') AS refused,
    coalesce(sum(cardinality(engagement_ids)) FILTER (WHERE state = 'disclosed'), 0) AS engagements
  FROM disclosure d GROUP BY 1, 2 ORDER BY 1 DESC, 2`;
