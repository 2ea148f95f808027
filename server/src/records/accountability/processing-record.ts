/**
 * The record of processing (Art. 30) and what an impact assessment begins with (Art. 35(7)), made from the registers as
 * they stand: what is done with whose data, for what, on which ground, who receives it, where, and for how long.
 */

import type { AgreementCreate, ProcessingActivity, ProcessingRecord } from '@alongside/protocol';
import { type EntityManager, IsNull, Not } from 'typeorm';
import { retentionOf } from '../accounts/customers.js';
import { agreementInForce } from '../agreements/agreement-state.js';
import { dataDictionary } from '../dictionary/data-dictionary.js';
import type { TableClass } from '../dictionary/described-table.js';
import { contractEntity } from '../entities/contract-entity.js';
import { type CustomerRow, customerEntity } from '../entities/customer-entity.js';
import { recipientEntity } from '../entities/recipient-entity.js';
import { type SiteRow, siteEntity } from '../entities/site-entity.js';
import { transferDecisionEntity } from '../entities/transfer-decision-entity.js';
import { knownOrganisations } from '../experts/known-organisations.js';
import { hostShown, mayReceive } from '../recipients/recipient-state.js';
import type { RecordsContext } from '../records-context.js';
import { exportSources } from '../rights/export-sources.js';
import { interestOf, legalBases } from '../rights/rules/legal-bases.js';

const activities = [
  { dataClass: 'transcript', purpose: 'conversation', of: 'visitors' },
  { dataClass: 'survey', purpose: 'feedback', of: 'visitors' },
  { dataClass: 'metadata', purpose: 'accountability', of: 'visitors' },
  { dataClass: 'case', purpose: 'rights', of: 'visitors' },
] as const;

/** Of the software; what an installation adds to them is its operator's to say. */
const measures = [
  'Page content is sealed from browser to browser and is never stored; what passes it on has no database and writes no file.',
  'Everything of a page is masked unless a rule allows it; passwords, cards and one-time codes cannot be allowed.',
  'Each view, control and call wants a yes of its own, which is recorded before it takes effect and can be taken back at once.',
  'Row-level security separates customers in the database; every row names the transfer decision that covers it.',
  'The audit trail and the histories of cases and demands are chains of hashes; every reading of a record is in the trail.',
  'What widens access to data abroad takes two officers; whoever operates the service has no standing access.',
] as const;

export class ProcessingRecords {
  readonly #context: RecordsContext;

  constructor(context: RecordsContext) {
    this.#context = context;
  }

  async make(manager: EntityManager, tenantId: string): Promise<ProcessingRecord> {
    const customer = await manager.getRepository(customerEntity).findOneByOrFail({ tenantId });
    const sites = await manager.getRepository(siteEntity).find({ order: { createdAt: 'ASC' } });
    return {
      format: 'alongside-processing-record/1',
      madeAt: this.#context.clock(),
      controller: {
        name: customer.legalName ?? customer.name,
        ...(customer.country === null ? {} : { country: customer.country }),
        ...(customer.privacyContact === null ? {} : { contact: customer.privacyContact }),
      },
      ...(await agreement(manager, this.#context.clock())),
      storageCountry: this.#context.storageCountry,
      activities: activities.map((each) => activityOf(each, customer)),
      recipients: await this.#recipients(manager),
      ...(await this.#experts(manager, tenantId, sites)),
      transfers: await transfers(manager),
      contracts: await contracts(manager),
      measures,
      automatedDecisions: false,
      assessment: sites.map(siteFacts),
    };
  }

  async #experts(
    manager: EntityManager,
    tenantId: string,
    all: readonly SiteRow[],
  ): Promise<Pick<ProcessingRecord, 'experts'>> {
    const sites = all.filter(({ experts }) => experts).map(({ name }) => name);
    if (sites.length === 0) return {};
    const known = await knownOrganisations(manager, tenantId, this.#context.clock());
    const organisations = [...new Set(known.map(({ name }) => name))];
    return { experts: { sites, receive: 'soundAndPictureOfCalls', organisations } };
  }

  async #recipients(manager: EntityManager): Promise<ProcessingRecord['recipients']> {
    const rows = await manager
      .getRepository(recipientEntity)
      .find({ where: { endedAt: IsNull(), approvedAt: Not(IsNull()) }, order: { announcedAt: 'ASC' } });
    const host = hostShown(this.#context).map(
      ({ name, country, role, purpose, dataClasses, contractReference, active }) => ({
        ...{ name, country, role, purpose, dataClasses, contractReference, active },
      }),
    );
    const registered = rows.map((row) => ({
      name: row.name,
      country: row.country,
      role: row.role,
      purpose: row.purpose,
      dataClasses: row.dataClasses,
      contractReference: row.contractReference ?? '',
      active: mayReceive(row, this.#context.clock()),
    }));
    return [...host, ...registered];
  }
}

function activityOf(
  { dataClass, purpose, of }: (typeof activities)[number],
  customer: CustomerRow,
): ProcessingActivity {
  const months = { ...retentionOf(customer), case: 36 };
  return {
    ...{ dataClass, purpose, of },
    legalBasis: legalBases[purpose],
    ...interestOf(purpose),
    categories: categoriesOf(dataClass),
    sources: exportSources[dataClass],
    keptMonths: months[dataClass],
    countsFrom: dataClass === 'case' ? 'endOfCase' : 'endOfEngagement',
  };
}

/** As the data dictionary says, which a test holds against the tables: none can be left out. */
function categoriesOf(dataClass: TableClass): ProcessingActivity['categories'] {
  return Object.entries(dataDictionary).flatMap(([table, described]) =>
    described.class === dataClass
      ? Object.entries(described.columns).map(([column, what]) => ({ table, column, what }))
      : [],
  );
}

async function transfers(manager: EntityManager): Promise<ProcessingRecord['transfers']> {
  const rows = await manager
    .getRepository(transferDecisionEntity)
    .find({ where: { endedAt: IsNull(), outcome: 'ALLOW' }, order: { decidedAt: 'ASC' } });
  return rows.flatMap(({ dataClass, access, originCountry, toCountry, basis, reference }) =>
    basis === null || basis === 'NONE_DIRECT_FROM_SUBJECT'
      ? []
      : [
          {
            ...{ dataClass, access, fromCountry: originCountry, toCountry, basis },
            ...(reference === null ? {} : { reference }),
          },
        ],
  );
}

async function agreement(
  manager: EntityManager,
  now: number,
): Promise<{ readonly agreement?: AgreementCreate }> {
  const row = await agreementInForce(manager, now);
  if (row === undefined) return {};
  const { version, controller, processor, signedOn, validUntil } = row;
  const until = validUntil === null ? {} : { validUntil };
  return { agreement: { version, controller, processor, signedOn, ...until } };
}

async function contracts(manager: EntityManager): Promise<ProcessingRecord['contracts']> {
  const rows = await manager
    .getRepository(contractEntity)
    .find({ where: { endedAt: IsNull(), approvedAt: Not(IsNull()) }, order: { createdAt: 'ASC' } });
  return rows.map(({ module, importerName, importerCountry, reference, signedOn }) => ({
    ...{ module, importerName, importerCountry, reference, signedOn },
  }));
}

/** What decides how much of a person can be seen at all, site by site. */
function siteFacts(site: SiteRow): ProcessingRecord['assessment'][number] {
  return {
    name: site.name,
    visitorCountries: site.visitorCountries,
    text: site.maskingText,
    nets: site.nets,
    allowedSelectors: site.allowSelectors.length,
    blockedPages: site.blockPages.length,
    agentsClick: site.clicks,
    contentKept: site.deliverTo === null ? 'here' : 'atCustomer',
  };
}
