/** Customers: signing up, what they say of themselves, and what they still lack. */

import { randomUUID } from 'node:crypto';
import {
  accept,
  type CustomerCreated,
  type CustomerEdit,
  type CustomerShown,
  keptClasses,
  type Reply,
  refuse,
  type TenantId,
} from '@alongside/protocol';
import { isCountryCode, isFresh } from '@alongside/transfer';
import { type EntityManager, IsNull } from 'typeorm';
import { agreementAlarm } from '../agreements/agreement-state.js';
import { disclosureAlarms } from '../disclosures/disclosure-alarms.js';
import { unseenEmergencies } from '../emergencies/emergencies.js';
import { type CustomerRow, customerEntity, type FormerTerm } from '../entities/customer-entity.js';
import { noticeEntity } from '../entities/notice-entity.js';
import { personEntity } from '../entities/person-entity.js';
import { rightsCaseEntity } from '../entities/rights-case-entity.js';
import { siteEntity } from '../entities/site-entity.js';
import type { Lapses } from '../lapses/lapses.js';
import { silentStores } from '../recipients/recipient-alarms.js';
import type { RecordsContext } from '../records-context.js';
import { overdueReviews } from '../retention/review-dates.js';
import { factsOf } from '../rights/cases/case-rows.js';
import { dueAlarmOf } from '../rights/rules/due-alarms.js';
import type { Caller } from './caller.js';
import type { Enrolments } from './enrolments.js';
import { lockCustomer } from './lock-customer.js';
import { unusualReading } from './unusual-reading.js';

export class Customers {
  readonly #context: RecordsContext;
  readonly #enrolments: Enrolments;
  readonly #lapses: Lapses;

  constructor(context: RecordsContext, { enrolments, lapses }: { enrolments: Enrolments; lapses: Lapses }) {
    this.#context = context;
    this.#enrolments = enrolments;
    this.#lapses = lapses;
  }

  async create({ name, email }: { name: string; email: string }): Promise<Reply<CustomerCreated>> {
    const tenantId = randomUUID();
    const personId = randomUUID();
    const enrolSecret = await this.#context.database.inTenant(tenantId, async (manager) => {
      await manager.getRepository(customerEntity).insert({ tenantId, name });
      await manager.getRepository(personEntity).insert({ personId, tenantId, email, roles: ['officer'] });
      const { audit } = this.#context;
      await audit.add(manager, {
        tenantId,
        actorId: personId,
        action: 'customer.created',
        subject: tenantId,
      });
      return this.#enrolments.start(manager, { tenantId, personId });
    });
    return accept({ tenantId: tenantId as TenantId, enrolSecret });
  }

  async show(manager: EntityManager, { tenantId, country }: Caller): Promise<CustomerShown> {
    const row = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
    return {
      tenantId: row.tenantId as TenantId,
      name: row.name,
      ...(row.legalName === null ? {} : { legalName: row.legalName }),
      ...(row.country === null ? {} : { country: row.country }),
      ...(row.privacyContact === null ? {} : { privacyContact: row.privacyContact }),
      retentionMonths: retentionOf(row),
      storageCountry: this.#context.storageCountry,
      missing: [
        ...(await missing(manager, row)),
        // Of whoever asks: until it is stated, nothing of visitors is shown to them.
        ...(country === undefined ? ['workCountry'] : []),
        ...(await agreementAlarm(manager, this.#context.clock())),
        ...(await this.#staleRegister(manager, tenantId)),
        ...(await unseenEmergencies(manager)),
        ...(await disclosureAlarms(manager, new Date(this.#context.clock()))),
        ...(await this.#dueCases(manager)),
        ...(await unusualReading(manager, new Date(this.#context.clock()))),
        ...(await silentStores(this.#context, manager)),
        ...(await overdueReviews(manager, row, new Date(this.#context.clock()))),
      ],
    };
  }

  /** It stops no conversation by itself; officers are to see it wherever something is missing. */
  async #staleRegister(manager: EntityManager, tenantId: string): Promise<readonly string[]> {
    const { registers, clock } = this.#context;
    return isFresh(await registers.of(manager, tenantId), clock()) ? [] : ['register'];
  }

  async #dueCases(manager: EntityManager): Promise<readonly string[]> {
    const open = await manager.getRepository(rightsCaseEntity).findBy({ closedAt: IsNull() });
    const alarm = dueAlarmOf(open.map(factsOf), this.#context.clock());
    return alarm === undefined ? [] : [alarm];
  }

  async edit(manager: EntityManager, caller: Caller, edit: CustomerEdit): Promise<Reply<CustomerShown>> {
    if (edit.country !== undefined && !isCountryCode(edit.country)) return refuse('invalid', 'country');
    const { tenantId, personId } = caller;
    const before = await lockCustomer(manager, caller);
    const months = edit.retentionMonths ?? retentionOf(before);
    await manager.getRepository(customerEntity).update(
      { tenantId },
      {
        name: edit.name,
        legalName: edit.legalName ?? null,
        country: edit.country ?? null,
        privacyContact: edit.privacyContact ?? null,
        transcriptMonths: months.transcript,
        surveyMonths: months.survey,
        metadataMonths: months.metadata,
        formerTerms: termsTold(before, months, this.#context.clock()),
      },
    );
    const { audit, decisions } = this.#context;
    if ((edit.country ?? null) !== before.country) {
      await decisions.endAll(manager);
      this.#lapses.lookAfter(manager, tenantId);
    }
    await audit.add(manager, { tenantId, actorId: personId, action: 'customer.edited', subject: tenantId });
    return accept(await this.show(manager, caller));
  }
}

/** What visitors were told so far holds for them; of an earlier term that is no shorter nothing is left to say. */
function termsTold(
  before: CustomerRow,
  months: ReturnType<typeof retentionOf>,
  until: number,
): readonly FormerTerm[] {
  const former = retentionOf(before);
  const lengthened = keptClasses.filter((dataClass) => months[dataClass] > former[dataClass]);
  const stays = (each: FormerTerm) =>
    !lengthened.includes(each.dataClass) || each.months < former[each.dataClass];
  return [
    ...before.formerTerms.filter(stays),
    ...lengthened.map((dataClass) => ({ dataClass, months: former[dataClass], until })),
  ];
}

export function retentionOf(row: CustomerRow): { transcript: number; survey: number; metadata: number } {
  return { transcript: row.transcriptMonths, survey: row.surveyMonths, metadata: row.metadataMonths };
}

/** What a notice must be able to say before anybody is asked to trust it. */
export function missingOfCustomer(row: CustomerRow): readonly string[] {
  return [
    ...(row.country === null ? ['country'] : []),
    ...(row.privacyContact === null ? ['privacyContact'] : []),
  ];
}

async function missing(manager: EntityManager, row: CustomerRow): Promise<readonly string[]> {
  const sites = await manager.getRepository(siteEntity).find({ select: { siteId: true } });
  const noticed = new Set((await manager.getRepository(noticeEntity).find()).map((each) => each.siteId));
  return [
    ...missingOfCustomer(row),
    ...(sites.length === 0 ? ['site'] : []),
    ...(sites.some((each) => !noticed.has(each.siteId)) ? ['notice'] : []),
  ];
}
